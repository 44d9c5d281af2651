import Glibc

/// Why the lines of a layout could not be taken.
package enum GPIOError: Error, Hashable, Sendable {
    case unknownChip(label: String, found: [String])
    case unknownLine(place: GPIOPlace, found: [String])
    /// The same name or the same line stands twice in the layout.
    case duplicate(name: String)
    case busy(name: String, consumer: String)
    case notPermitted(path: String, hint: String)
    /// The kernel takes up to 64 lines and 10 kinds of settings for one chip.
    case tooMany(chip: String)
    case system(code: Int32, call: String)
}

extension GPIOError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknownChip(let label, let found):
            "gpio chip: found \(Self.list(found)), wanted \(label) "
                + "hint: compare the label with gpiodetect, and check that the adapter is plugged in"
        case .unknownLine(let place, let found):
            "gpio chip \(place.chip): found \(Self.list(found)), wanted \(place.line) "
                + "hint: compare the line with gpioinfo"
        case .duplicate(let name): "gpio line \(name): stands twice hint: give each line one name"
        case .busy(let name, let consumer):
            "gpio line \(name): in use by \(consumer) hint: stop that program or choose another line"
        case .notPermitted(let path, let hint): "\(path): not permitted for this user hint: \(hint)"
        case .tooMany(let chip):
            "gpio chip \(chip): too many lines or kinds of settings hint: use up to 64 lines with similar settings"
        case .system(let code, let call): "\(call): \(String(cString: strerror(code)).lowercased()) (errno \(code))"
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
