import Wire

/// How a value is packed in an ISO 28560-2 tag (ISO/IEC 15962 compaction, bits 6 to 4 of the precursor).
package enum Compaction: UInt8, Hashable, Sendable, CaseIterable {
    /// The element's own packing: ISIL packing for institutions, plain bytes for bitmaps and codes.
    case applicationDefined
    case integer
    case numeric
    case fiveBit
    case sixBit
    case sevenBit
    case octets
    case utf8

    /// The name in ISO/IEC 15962.
    package var name: String {
        switch self {
        case .applicationDefined: "application-defined"
        case .integer: "integer"
        case .numeric: "numeric"
        case .fiveBit: "5-bit"
        case .sixBit: "6-bit"
        case .sevenBit: "7-bit"
        case .octets: "octet string"
        case .utf8: "UTF-8"
        }
    }
}

extension Compaction {
    /// The text in `data`; `nil` when the bytes break the rules of the packing. Application-defined bytes are shown in
    /// hexadecimal. Below the minimum lengths of the standard everything is accepted, as tags in the field need.
    package func text(_ data: ArraySlice<UInt8>) -> String? {
        switch self {
        case .applicationDefined: Hex.string(data)
        case .integer: Integer.text(data)
        case .numeric: Numeric.text(data)
        case .fiveBit: BitText.five.text(data)
        case .sixBit: BitText.six.text(data)
        case .sevenBit: BitText.seven.text(data)
        case .octets: Octets.text(data)
        case .utf8: String(validating: data, as: UTF8.self)
        }
    }

    /// The bytes for `text`; `nil` when the text breaks the input rule of the packing. Nothing is application-defined.
    package func bytes(_ text: String) -> [UInt8]? {
        switch self {
        case .applicationDefined: nil
        case .integer: Integer.bytes(text)
        case .numeric: Numeric.bytes(text)
        case .fiveBit: BitText.five.bytes(text)
        case .sixBit: BitText.six.bytes(text)
        case .sevenBit: BitText.seven.bytes(text)
        case .octets: Octets.bytes(text)
        case .utf8: Array(text.utf8)
        }
    }

    /// The packing a writer chooses for `text` and its bytes: the first whose input rule fits, from integer to UTF-8.
    package static func automatic(_ text: String) -> (compaction: Compaction, bytes: [UInt8]) {
        for candidate in [Compaction.integer, .numeric, .fiveBit, .sixBit, .sevenBit, .octets] {
            if let bytes = candidate.bytes(text) { return (candidate, bytes) }
        }
        return (.utf8, Array(text.utf8))
    }
}

/// Code 1: a decimal number without leading zero as a binary one, most significant byte first.
private enum Integer {
    /// Leading zero bytes are accepted; a number above 64 bits is corrupt, since 19 digits always fit.
    static func text(_ data: ArraySlice<UInt8>) -> String? {
        let digits = data.drop { $0 == 0 }
        guard !data.isEmpty, digits.count <= 8 else { return nil }
        return String(digits.reduce(0) { $0 << 8 | UInt64($1) })
    }

    /// 2 to 19 digits, the first not 0.
    static func bytes(_ text: String) -> [UInt8]? {
        let digits = text.utf8
        guard (2...19).contains(digits.count), let first = digits.first, first != 0x30 else { return nil }
        var number: UInt64 = 0
        for digit in digits {
            guard (0x30...0x39).contains(digit) else { return nil }
            number = number * 10 + UInt64(digit - 0x30)
        }
        let count = (64 - number.leadingZeroBitCount + 7) / 8
        return (0..<count).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * (count - 1 - $0))) }
    }
}

/// Code 2: one nibble a digit; an odd number of digits ends with nibble F.
private enum Numeric {
    static func text(_ data: ArraySlice<UInt8>) -> String? {
        guard let last = data.last else { return nil }
        let count = data.count * 2 - (last & 0x0F == 0x0F ? 1 : 0)
        var reader = BitReader(data)
        var isCorrupt = false
        let text = String(asciiOfAtMost: count) {
            guard let digit = reader.take(4) else { return nil }
            isCorrupt = isCorrupt || digit > 9
            return 0x30 + digit
        }
        return isCorrupt ? nil : text
    }

    /// 2 digits or more.
    static func bytes(_ text: String) -> [UInt8]? {
        let digits = text.utf8
        guard digits.count >= 2, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        var writer = BitWriter(reservingBits: digits.count * 4)
        for digit in digits { writer.append(digit - 0x30, bits: 4) }
        writer.fill(with: 0xFF)
        return writer.bytes
    }
}

/// Code 6: ISO 8859-1, a byte a character.
private enum Octets {
    static func text(_ data: ArraySlice<UInt8>) -> String? {
        if data.allSatisfy({ $0 < 0x80 }) { return String(decoding: data, as: UTF8.self) }
        var text = ""
        for byte in data { text.unicodeScalars.append(Unicode.Scalar(byte)) }
        return text
    }

    static func bytes(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            guard let byte = UInt8(exactly: scalar.value) else { return nil }
            bytes.append(byte)
        }
        return bytes
    }
}
