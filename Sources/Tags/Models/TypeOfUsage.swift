/// What the item is for (ISO 28560-1 element 5): main class in the high nibble, sub class in the low one.
package struct TypeOfUsage: Hashable, Sendable, RawRepresentable {
    /// The element's one byte, 10 (hexadecimal) for circulation.
    package var rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// The main class alone, as ISO 28560-3 keeps it; `mainClass` is 0 to 15.
    package init(mainClass: UInt8) {
        self.init(rawValue: mainClass << 4)
    }

    /// An item for circulation, nothing more said; also what a tag without the element means.
    package static let circulation = TypeOfUsage(rawValue: 0x10)

    /// 0 to 15, see ``meaning``; all that ISO 28560-3 keeps.
    package var mainClass: UInt8 { rawValue >> 4 }

    /// A patron card: never an item, never written to.
    package var isPatronCard: Bool { mainClass == 8 }
}

extension TypeOfUsage {
    /// The main class in words (ISO 28560-1, type of usage).
    package var meaning: String {
        switch mainClass {
        case 0: "acquisition item"
        case 1: "item for circulation"
        case 2: "item not for circulation"
        case 3, 4: "local use"
        case 6: "no information about usage on this tag"
        case 7: "discarded item"
        case 8: "patron card"
        case 9: "library equipment"
        default: "for future use"
        }
    }
}
