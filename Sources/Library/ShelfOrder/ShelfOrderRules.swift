/// How this library files where libraries differ: the site's switches for shelf order.
package struct ShelfOrderRules: Hashable, Sendable {
    /// Words before the class that stand for a place, such as REF or Oversize, each with its rank.
    package var prefixes: [ShelfPrefix]
    /// Where a cutter with a work mark stands: `.A101m` before or after `.A101 A101`.
    package var workMark: WorkMarkPlace
    /// Whether a small `x` that ends a cutter (`.B52x`) is left out of the order.
    package var ignoresCutterX: Bool
    /// In which order dates, volumes and copies stand when a number has some of each; `nil` files them as plain words.
    package var partOrder: [CallNumberPart]?
    /// Whether `v.IV` is filed as volume 4.
    package var readsRomanVolumes: Bool
    /// Whether the number of a thematic index (`K.240`, `op.8`) counts as a whole number rather than as decimals.
    package var thematicNumbersAreWhole: Bool
    /// Whether letters stand before numbers in a SuDoc number; years stand before both.
    package var sudocLettersFirst: Bool
    /// Whether words stand before numbers in local and alphabetical order; else numbers do.
    package var localLettersFirst: Bool
    /// How accented letters are filed in local and alphabetical order.
    package var alphabet: FilingAlphabet
    /// Whether the library system's own sort key decides where an item has one.
    package var trustsSystemKey: Bool

    /// Where a cutter with a work mark stands beside the same cutter with a second one behind it.
    package enum WorkMarkPlace: String, Hashable, Sendable, CaseIterable {
        /// Nothing before something: `.A101 A101` before `.A101m`.
        case afterSecondCutter = "after second cutter"
        /// `.A101m` before `.A101 A101`.
        case beforeSecondCutter = "before second cutter"
    }

    package init(
        prefixes: [ShelfPrefix] = ShelfPrefix.common,
        workMark: WorkMarkPlace = .afterSecondCutter,
        ignoresCutterX: Bool = false,
        partOrder: [CallNumberPart]? = nil,
        readsRomanVolumes: Bool = true,
        thematicNumbersAreWhole: Bool = true,
        sudocLettersFirst: Bool = true,
        localLettersFirst: Bool = false,
        alphabet: FilingAlphabet = .accentsIgnored,
        trustsSystemKey: Bool = false
    ) {
        self.prefixes = prefixes
        self.workMark = workMark
        self.ignoresCutterX = ignoresCutterX
        self.partOrder = partOrder
        self.readsRomanVolumes = readsRomanVolumes
        self.thematicNumbersAreWhole = thematicNumbersAreWhole
        self.sudocLettersFirst = sudocLettersFirst
        self.localLettersFirst = localLettersFirst
        self.alphabet = alphabet
        self.trustsSystemKey = trustsSystemKey
    }

    /// The order of most libraries: nothing before something, cutters as decimals.
    package static let standard = ShelfOrderRules()

    /// One more whenever some call number comes to another key: what was filed before is no order with what is filed now.
    static let revision = 2

    /// A number that tells one set of switches from another, and one way of filing from the next, never 0: keys made by
    /// different ones are no order.
    package var fingerprint: Int32 {
        // FNV-1a over all of them, as they are written out.
        let hash = "\(self) \(Self.revision)".utf8.reduce(0x811C_9DC5 as UInt32) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
        return hash == 0 ? 1 : Int32(bitPattern: hash)
    }
}

/// The parts behind the class and cutters whose order differs from library to library.
package enum CallNumberPart: String, Hashable, Sendable, CaseIterable {
    case date, volume, copy
}
