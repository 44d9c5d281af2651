import LinuxIO

extension USBSelection {
    /// `0ab1:0002`, `0ab1:*` or, with a port, `0ab1:0002@1-2`.
    init?(configured text: String) {
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        let numbers = parts[0].split(separator: ":", omittingEmptySubsequences: false)
        guard numbers.count == 2, let vendor = UInt16(numbers[0], radix: 16) else { return nil }
        let product = UInt16(numbers[1], radix: 16)
        guard product != nil || numbers[1] == "*" else { return nil }
        guard parts.count == 1 || !parts[1].isEmpty else { return nil }
        self.init(vendor: vendor, product: product, port: parts.count == 2 ? String(parts[1]) : nil)
    }
}
