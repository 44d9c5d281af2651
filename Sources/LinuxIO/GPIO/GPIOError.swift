import Wire

/// Why the lines of a layout could not be taken.
package enum GPIOError: Error, Hashable, Sendable {
    /// No chip has this label; the labels of those that are there.
    case unknownChip(label: String, found: [String])
    /// The chip has no line of this name or number; the names of those that it has.
    case unknownLine(place: GPIOPlace, found: [String])
    /// The same name or the same line stands twice in the layout.
    case duplicate(name: String)
    /// Somebody else has the line, a program or the kernel, under the name that it gave there.
    case busy(name: String, consumer: String)
    /// This user may not open the chip's device file.
    case notPermitted(path: String, hint: String)
    /// The kernel takes up to 64 lines and 10 kinds of settings for one chip.
    case tooMany(chip: String)
    /// The kernel refused for another reason; its errno, and what was asked of it.
    case system(code: Int32, call: String)
}

extension GPIOError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknownChip(let label, let found): "gpio chip: found \(Self.list(found)), wanted \(label)"
        case .unknownLine(let place, let found):
            "gpio chip \(place.chip): found \(Self.list(found)), wanted \(place.line)"
        case .duplicate(let name): "gpio line \(name): stands twice"
        case .busy(let name, let consumer): "gpio line \(name): in use by \(consumer)"
        case .notPermitted(let path, _): "\(path): not permitted for this user"
        case .tooMany(let chip): "gpio chip \(chip): too many lines or kinds of settings"
        case .system(let code, let call): "\(call): \(LinkError.meaning(of: code)) (errno \(code))"
        }
    }

    /// What somebody at the desk can do about it.
    package var hint: String? {
        switch self {
        case .unknownChip: "compare the label with gpiodetect, and check that the adapter is plugged in"
        case .unknownLine: "compare the line with gpioinfo"
        case .duplicate: "give each line one name"
        case .busy: "stop that program or choose another line"
        case .notPermitted(_, let hint): hint
        case .tooMany: "use up to 64 lines with similar settings"
        case .system: nil
        }
    }

    private static func list(_ names: [String]) -> String {
        names.isEmpty ? "none" : names.joined(separator: ", ")
    }
}

extension GPIOPlace.Line: CustomStringConvertible {
    package var description: String {
        switch self {
        case .named(let name): name
        case .offset(let offset): "line \(offset)"
        }
    }
}
