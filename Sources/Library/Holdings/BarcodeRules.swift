/// What a barcode of this library looks like, so that a mistyped or foreign one is noticed at the import.
package struct BarcodeRules: Hashable, Sendable {
    /// What a barcode may begin with; empty allows everything.
    package var prefixes: [String]
    /// How many characters a barcode may have; empty allows every length.
    package var lengths: [Int]
    /// How the last character is reckoned; `nil` where it is a character like the others.
    package var checkDigit: CheckDigit?

    package init(prefixes: [String] = [], lengths: [Int] = [], checkDigit: CheckDigit? = nil) {
        self.prefixes = prefixes
        self.lengths = lengths
        self.checkDigit = checkDigit
    }

    /// Every barcode is good.
    package static let none = BarcodeRules()

    /// Why a barcode breaks the rules, lower case, no period; `nil` when it does not.
    package func flaw(of barcode: String) -> String? {
        if !lengths.isEmpty {
            let length = barcode.utf8.count
            guard lengths.contains(length) else {
                let wanted = lengths.map(String.init).joined(separator: " or ")
                return "found barcode \(barcode) of \(length) characters, wanted \(wanted)"
            }
        }
        if !prefixes.isEmpty, !prefixes.contains(where: { barcode.hasPrefix($0) }) {
            return "found barcode \(barcode), wanted one that begins with \(prefixes.joined(separator: " or "))"
        }
        return checkDigit?.flaw(of: barcode)
    }
}

/// How the last character of a barcode is reckoned from the others.
package enum CheckDigit: String, Hashable, Sendable, CaseIterable {
    /// Fourteen-digit library labels and payment cards: every other digit doubled from the right, modulo 10
    /// (ISO/IEC 7812-1, annex B).
    case luhn
    /// EAN and ISBN-13: weights 3 and 1 from the right, modulo 10 (GS1 General Specifications, 7.9).
    case ean
    /// Code 39 labels with letters: the sum of the characters' values, modulo 43 (ISO/IEC 16388, annex A).
    case mod43

    func flaw(of barcode: String) -> String? {
        let bytes = Array(barcode.utf8)
        guard let last = bytes.last, bytes.count > 1, let wanted = digit(of: bytes.dropLast()) else {
            return
                "found barcode \(barcode), wanted \(self == .mod43 ? "Code 39 characters" : "digits") with a check digit"
        }
        guard last != wanted else { return nil }
        let (found, right) = (Character(Unicode.Scalar(last)), Character(Unicode.Scalar(wanted)))
        return "found barcode \(barcode) with check digit \(found), wanted \(right)"
    }

    /// The check digit behind these characters; `nil` when one of them is of no use for it.
    private func digit(of body: ArraySlice<UInt8>) -> UInt8? {
        switch self {
        case .luhn:
            return Self.weighted(body) { digit, place in
                let value = place.isMultiple(of: 2) ? digit * 2 : digit
                return value > 9 ? value - 9 : value
            }
        case .ean: return Self.weighted(body) { digit, place in place.isMultiple(of: 2) ? digit * 3 : digit }
        case .mod43:
            var sum = 0
            for byte in body {
                guard let value = Self.code39.firstIndex(of: byte) else { return nil }
                sum += value
            }
            return Self.code39[sum % 43]
        }
    }

    /// The digit that fills a weighted sum of digits up to a multiple of ten; places count from the right.
    private static func weighted(_ body: ArraySlice<UInt8>, _ weigh: (Int, Int) -> Int) -> UInt8? {
        var sum = 0
        for (place, byte) in body.reversed().enumerated() {
            guard byte &- 0x30 < 10 else { return nil }
            sum += weigh(Int(byte - 0x30), place)
        }
        return 0x30 + UInt8((10 - sum % 10) % 10)
    }

    private static let code39 = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%".utf8)
}
