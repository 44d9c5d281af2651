import CLinux
import Glibc

/// A GPIO chip of this machine and its lines, as the kernel describes them.
struct GPIOChip: Hashable, Sendable {
    struct Line: Hashable, Sendable {
        var name: String
        /// Who uses the line; empty when it is free.
        var consumer: String
    }

    /// The device file, which changes from start to start and plug to plug.
    var path: String
    var label: String
    var lines: [Line]

    /// Every chip below `folder`; what cannot be opened or is no chip is left out, unless nothing else is left.
    static func all(in folder: String = "/dev") throws(GPIOError) -> [GPIOChip] {
        var chips: [GPIOChip] = []
        var refusal: GPIOError?
        for path in paths(in: folder) {
            do throws(GPIOError) {
                chips.append(try GPIOChip(at: path))
            } catch {
                refusal = error
            }
        }
        if chips.isEmpty, let refusal { throw refusal }
        return chips
    }

    private init(at path: String) throws(GPIOError) {
        let descriptor = try Self.open(path)
        var information = gpiochip_info()
        guard ioctl(descriptor.raw, clinux_gpio_chip_info, &information) == 0 else {
            throw .system(code: errno, call: "read chip \(path)")
        }
        self.path = path
        label = text(information.label)
        lines = []
        for offset in 0..<information.lines {
            var line = gpio_v2_line_info()
            line.offset = offset
            guard ioctl(descriptor.raw, clinux_gpio_line_info, &line) == 0 else {
                throw .system(code: errno, call: "read line \(offset) of \(path)")
            }
            let used = line.flags & UInt64(GPIO_V2_LINE_FLAG_USED.rawValue) != 0
            let consumer = text(line.consumer)
            lines.append(Line(name: text(line.name), consumer: used ? consumer.isEmpty ? "the kernel" : consumer : ""))
        }
    }

    init(path: String, label: String, lines: [Line]) {
        self.path = path
        self.label = label
        self.lines = lines
    }

    static func open(_ path: String) throws(GPIOError) -> Descriptor {
        let number = Glibc.open(path, O_RDWR | O_CLOEXEC)
        guard number >= 0 else {
            guard errno == EACCES || errno == EPERM else { throw .system(code: errno, call: "open \(path)") }
            throw .notPermitted(path: path, hint: DeviceNode.permissionHint(path))
        }
        return Descriptor(owning: number)
    }

    private static func paths(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var paths: [String] = []
        while let entry = readdir(directory) {
            let name = text(entry.pointee.d_name)
            if name.hasPrefix("gpiochip") { paths.append("\(folder)/\(name)") }
        }
        return paths.sorted()
    }
}

/// The text in one of the kernel's fixed character fields.
private func text<Field>(_ field: Field) -> String {
    withUnsafeBytes(of: field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
}
