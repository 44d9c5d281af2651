extension NXP {
    /// A password covered for its way over the air: the two random bytes the tag gave, r0 r1 in air order, laid over it
    /// twice. The same step uncovers it (iso15693 §7.5).
    package static func cover(_ password: [UInt8], with random: [UInt8]) -> [UInt8] {
        guard random.count == 2 else { return password }
        return password.enumerated().map { index, byte in byte ^ random[index % 2] }
    }
}
