import Glibc

/// Bytes as they travel in lines.
enum Hex {
    /// `-` for none.
    static func text(_ bytes: [UInt8]) -> String {
        guard !bytes.isEmpty else { return "-" }
        return bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    static func bytes(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = text[...]
        while rest.count >= 2, let byte = UInt8(rest.prefix(2), radix: 16) {
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        return bytes
    }
}

/// Lines leave at once, also into a pipe.
func flush() { fflush(nil) }
