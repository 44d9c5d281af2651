package import Tags

/// Replaces tag numbers in stored reads by others that nobody can turn back without the key: SipHash-2-4.
///
/// With the same key a tag always gets the same pseudonym, so that its passages can be replayed; throwing the key away
/// makes all of them anonymous at once.
package struct TagPseudonym: Hashable, Sendable {
    /// The key's two halves, k0 and k1 of SipHash: whoever has them can work out the pseudonym of any tag number.
    package var key: (UInt64, UInt64) { (first, second) }
    private let first: UInt64
    private let second: UInt64

    package init(key first: UInt64, _ second: UInt64) {
        self.first = first
        self.second = second
    }

    /// The tag's pseudonym: 64 bits that look like a tag's number and are none.
    package func callAsFunction(_ uid: TagUID) -> TagUID {
        // The message is the eight bytes of the number, most significant first, as FEIG frames carry it.
        TagUID(hash(uid.bytes))
    }

    /// SipHash-2-4 (Aumasson and Bernstein, 2012).
    func hash(_ message: [UInt8]) -> UInt64 {
        var state = State(first, second)
        var index = 0
        while index + 8 <= message.count {
            state.take((0..<8).reduce(0) { $0 | UInt64(message[index + $1]) << UInt64(8 * $1) })
            index += 8
        }
        var last = UInt64(message.count & 0xFF) << 56
        for place in index..<message.count { last |= UInt64(message[place]) << UInt64(8 * (place - index)) }
        state.take(last)
        return state.end()
    }

    private struct State {
        var v0, v1, v2, v3: UInt64

        init(_ k0: UInt64, _ k1: UInt64) {
            v0 = k0 ^ 0x736f_6d65_7073_6575
            v1 = k1 ^ 0x646f_7261_6e64_6f6d
            v2 = k0 ^ 0x6c79_6765_6e65_7261
            v3 = k1 ^ 0x7465_6462_7974_6573
        }

        mutating func take(_ word: UInt64) {
            v3 ^= word
            round()
            round()
            v0 ^= word
        }

        mutating func end() -> UInt64 {
            v2 ^= 0xFF
            for _ in 0..<4 { round() }
            return v0 ^ v1 ^ v2 ^ v3
        }

        private mutating func round() {
            v0 = v0 &+ v1
            v1 = rotated(v1, 13) ^ v0
            v0 = rotated(v0, 32)
            v2 = v2 &+ v3
            v3 = rotated(v3, 16) ^ v2
            v0 = v0 &+ v3
            v3 = rotated(v3, 21) ^ v0
            v2 = v2 &+ v1
            v1 = rotated(v1, 17) ^ v2
            v2 = rotated(v2, 32)
        }

        private func rotated(_ value: UInt64, _ bits: UInt64) -> UInt64 { value << bits | value >> (64 - bits) }
    }
}
