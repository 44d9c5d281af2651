import Tags

/// The passwords of a chip that has them, the random number they are covered with, and what they protect
/// (iso15693 §7.5; four bytes in air order each).
package struct TagPasswords: Hashable, Sendable {
    /// By the maker's identifier, for NXP 01 read, 02 write, 04 privacy, 08 destroy, 10 EAS/AFI; only those that the
    /// chip has.
    package private(set) var stored: [UInt8: [UInt8]] = [:]
    /// Identifiers of those that cannot be changed any more (NXP's command B5).
    package var locked: Set<UInt8> = []
    /// Protections that ask for the EAS/AFI password.
    package var protectsEAS = false
    /// The same for writing the AFI (NXP's command A6 with the option flag).
    package var protectsAFI = false
    /// Whether the tag wakes up in privacy mode, in which it answers only what lets it out (NXP's command BA).
    package var privacy = false
    private var given: Set<UInt8> = []
    private var random: NXP.RandomNumber?
    private var generator: SeededGenerator

    /// Delivery state: all zero, NXP's privacy and destroy `0F0F0F0F`.
    init(chip: Chip, seed: UInt64) {
        generator = SeededGenerator(seed: seed)
        for identifier in chip.passwords {
            let byte: UInt8 = identifier == 0x04 || identifier == 0x08 ? 0x0F : 0x00
            stored[identifier] = [UInt8](repeating: byte, count: 4)
        }
    }

    /// A fresh random number, good for one password.
    mutating func challenge() -> [UInt8] {
        let value = generator.next()
        let number = NXP.RandomNumber(UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8))
        random = number
        return [number.first, number.second]
    }

    /// Whether `covered` is this password under the random number last given out; `nil` without one or when the chip
    /// has no such password. The random number is spent either way.
    mutating func present(_ identifier: UInt8, covered: [UInt8]) -> Bool? {
        defer { random = nil }
        guard let random, let password = stored[identifier].flatMap(NXP.Password.init) else { return nil }
        let matches = password.covered(with: random) == covered
        if matches { given.insert(identifier) }
        return matches
    }

    /// Whether this is the password as it stands, on chips that have it sent in the clear; `nil` when there is none.
    mutating func present(_ identifier: UInt8, plain password: [UInt8]) -> Bool? {
        guard let wanted = stored[identifier] else { return nil }
        if wanted == password { given.insert(identifier) }
        return wanted == password
    }

    func isGiven(_ identifier: UInt8) -> Bool { given.contains(identifier) }

    /// A new password takes effect at once and has to be given again, save on ST's chips.
    mutating func replace(_ identifier: UInt8, with password: [UInt8], staysGiven: Bool = false) {
        stored[identifier] = password
        if !staysGiven { given.remove(identifier) }
    }

    /// What is lost with the field.
    mutating func forget() {
        given = []
        random = nil
    }
}
