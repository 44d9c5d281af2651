/// The spellings that requests need.
enum PullText {
    /// A value of a query or form with everything but letters, digits and `-._~` as percent signs (RFC 3986, 2.1).
    static func encoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            let isPlain = (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || [0x2D, 0x2E, 0x5F, 0x7E].contains(byte)
            if isPlain {
                bytes.append(byte)
            } else {
                bytes += [0x25, hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 0x0F)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Base64 with padding (RFC 4648, 4), for basic authentication.
    static func base64(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var output: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for place in 0..<4 {
                output.append(place <= group.count ? alphabet[bits >> (18 - 6 * place) & 0x3F] : 0x3D)
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// A text in quotes as JSON has it (RFC 8259, 7).
    static func json(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    /// How far the clock of `2026-11-24T08:05:00-05:00` is ahead of UTC; `nil` when the text does not end so, and for
    /// more than the fourteen hours that any clock is.
    static func secondsAhead(_ text: String) -> Int? {
        let end = Array(text.utf8.suffix(6))
        guard end.count == 6, end[3] == 0x3A, end[0] == 0x2B || end[0] == 0x2D else { return nil }
        let digits = [end[1], end[2], end[4], end[5]]
        guard digits.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
        let numbers = digits.map { Int($0) - 0x30 }
        let seconds = (numbers[0] * 10 + numbers[1]) * 3600 + (numbers[2] * 10 + numbers[3]) * 60
        guard seconds <= 14 * 3600 else { return nil }
        return end[0] == 0x2D ? -seconds : seconds
    }

    private static let hexadecimal = Array("0123456789ABCDEF".utf8)
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
}
