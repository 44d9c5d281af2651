import ArgumentParser
import Wire

/// One byte on the command line: `3E`, `3e`, `0x3E`.
struct HexByte: ExpressibleByArgument, Equatable {
    var value: UInt8

    init?(argument: String) {
        let digits = argument.lowercased().hasPrefix("0x") ? argument.dropFirst(2) : argument[...]
        guard digits.count == 2, let bytes = try? Hex.bytes(digits), let byte = bytes.first else { return nil }
        value = byte
    }
}
