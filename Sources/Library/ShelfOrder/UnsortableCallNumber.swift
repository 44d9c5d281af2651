/// A call number that cannot be put into shelf order, with the reason. It is reported, never given a guessed place.
package struct UnsortableCallNumber: Error, Hashable, Sendable {
    /// As it was to be filed, volume and copy included; of a range that ends before it begins, its end.
    package var callNumber: String
    /// The scheme by whose rules it was to be filed.
    package var scheme: CallNumberScheme
    /// What is wrong with it.
    package var reason: Reason

    /// What is wrong with a call number, or with the ends of a range.
    package enum Reason: Error, Hashable, Sendable {
        /// Nothing to file.
        case empty
        /// The scheme's class letters or agency are missing.
        case noClass
        /// The first letter is no class of the scheme.
        case unknownClass(String)
        /// No number behind the class letters, or none at the beginning of a Dewey or UDC number.
        case noClassNumber
        /// More digits before the point than a class number of the scheme has.
        case classNumberTooLong(digits: Int)
        /// Longer than any call number: `limit` bytes.
        case tooLong(limit: Int)
        /// A range whose end is filed before its beginning.
        case endsBeforeItBegins(beginning: String)
    }

    package init(callNumber: String, scheme: CallNumberScheme, reason: Reason) {
        self.callNumber = callNumber
        self.scheme = scheme
        self.reason = reason
    }
}

extension UnsortableCallNumber: CustomStringConvertible {
    package var description: String {
        // Both ends are filed well enough: it is their order that is wrong.
        if case .endsBeforeItBegins = reason { return "range: found its end \"\(callNumber.prefix(80))\" \(reason)" }
        return "call number \"\(callNumber.prefix(80))\" cannot be filed by \(scheme.rawValue): \(reason)"
    }
}

extension UnsortableCallNumber.Reason: CustomStringConvertible {
    package var description: String {
        switch self {
        case .empty: "found nothing to file"
        case .noClass: "found no class letters, wanted 1 to 3 before the number"
        case .unknownClass(let letters): "found class \(letters), which the scheme does not have"
        case .noClassNumber: "found no class number"
        case .classNumberTooLong(let digits): "found \(digits) digits in the class number, wanted 1 to 4"
        case .tooLong(let limit): "found more than \(limit) bytes"
        case .endsBeforeItBegins(let beginning): "before its beginning \"\(beginning.prefix(80))\""
        }
    }
}
