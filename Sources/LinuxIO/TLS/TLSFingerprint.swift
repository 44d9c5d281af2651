import Wire

/// SHA-256 of a certificate, by which exactly this one is trusted: `openssl x509 -noout -fingerprint -sha256` prints
/// it.
package struct TLSFingerprint: Hashable, Sendable {
    /// 32 bytes.
    package let bytes: [UInt8]

    /// - Parameter text: 64 hexadecimal digits; colons, hyphens and blanks between them do not count.
    package init?(_ text: String) {
        guard let bytes = try? Hex.bytes(text), bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    init(digest: [UInt8]) {
        bytes = digest
    }
}

extension TLSFingerprint: CustomStringConvertible {
    package var description: String { Hex.string(bytes, separator: ":") }
}
