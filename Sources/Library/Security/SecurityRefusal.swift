package import Tags

/// Why an item's security bit is not touched.
package enum SecurityRefusal: Hashable, Sendable {
    /// No tag on the pad carries the barcode; `tags` lie there.
    case notOnPad(barcode: String, tags: Int)
    case patronCard
    case foreignOwner(String)
    /// The site does not take tags without an owner for its own.
    case ownerNotNamed(TagUID)
    /// The tag's content was not recognised surely enough to write to it.
    case unknownFormat(TagUID, reason: String)
    /// Two tags claim to be the same part of one item, or the whole of it: two items with one barcode.
    case twoItems(TagUID, TagUID)
    /// These parts of a set do not lie on the pad.
    case missingParts([Int], total: Int)
    /// The parts do not agree how many they are.
    case oddSet(totals: [Int])
    /// The AFI is neither of the site's values, so it means something that we do not know.
    case otherValue(TagUID, afi: UInt8)
    /// The tag did not tell its AFI, or its EAS where the site uses it.
    case unread(TagUID)
    /// The site uses EAS alone and the tag's chip has none.
    case noMeans(TagUID)
    /// The table does not let a kiosk lend it, with the row's reason.
    case notAtKiosk(String)
    /// While the loan or return waited for its tags a younger one came before it, with its place in the security
    /// journal; `nil` where nothing of that is written down.
    case overtaken(barcode: String, by: SecurityCause, change: SecurityRecord.ID?)
}

extension SecurityRefusal: Error {}

extension SecurityRefusal {
    /// What is wrong with the tags as parts of one item; `nil` when they are a single tag or a whole set.
    ///
    /// A part number 0 stands for the whole item whatever the total; tags without set information are single items
    /// (datamodels §3.5).
    init?(setOf parts: [PadTag]) {
        var carriers: [Int: TagUID] = [:]
        for part in parts {
            let ordinal = part.content.setInformation?.ordinal ?? 0
            if let other = carriers[ordinal] {
                self = .twoItems(other, part.uid)
                return
            }
            carriers[ordinal] = part.uid
        }
        let totals = Set(parts.map { $0.content.setInformation?.total ?? 0 }).sorted()
        guard totals.count == 1, let total = totals.first else {
            self = .oddSet(totals: totals)
            return
        }
        if let whole = carriers[0] {
            guard let other = carriers.first(where: { $0.key != 0 })?.value else { return nil }
            self = .twoItems(min(whole, other), max(whole, other))
            return
        }
        let lacking = total < 1 ? [] : (1...min(total, 999)).filter { carriers[$0] == nil }
        if !lacking.isEmpty {
            self = .missingParts(lacking, total: total)
        } else if carriers.count > max(total, 1) {
            self = .oddSet(totals: [total, carriers.count])
        } else {
            return nil
        }
    }
}

extension SecurityRefusal {
    /// What is wrong with these tags as parts of one item; `nil` when they are a single tag or a whole set.
    package static func wrong(with parts: [PadTag]) -> SecurityRefusal? { SecurityRefusal(setOf: parts) }
}

extension SecurityRefusal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notOnPad(let barcode, let tags): "item \(barcode) is not on the pad, found \(tags) other tags"
        case .patronCard: "a patron card lies there, never written to"
        case .foreignOwner(let owner): "the item belongs to \(owner)"
        case .ownerNotNamed(let uid): "tag \(uid) names no owner"
        case .unknownFormat(let uid, let reason): "tag \(uid) is not surely a library tag: \(reason)"
        case .twoItems(let first, let second): "tags \(first) and \(second) both claim to be the same part of the item"
        case .missingParts(let parts, let total):
            "part \(parts.map(String.init).joined(separator: ", ")) of \(total) is missing"
        case .oddSet(let totals):
            "the parts do not agree how many they are: \(totals.map(String.init).joined(separator: " or "))"
        case .otherValue(let uid, let afi):
            "tag \(uid) has AFI \(SecurityPolicy.text(afi)), which is neither of the site's values"
        case .unread(let uid): "tag \(uid) did not tell its AFI or EAS"
        case .noMeans(let uid): "tag \(uid) has no EAS, the only means that the site uses"
        case .notAtKiosk(let reason): "not lent at a kiosk: \(reason)"
        case .overtaken(let barcode, let cause, let change?):
            "item \(barcode): overtaken by a younger \(cause.rawValue), change \(change) of the security journal"
        case .overtaken(let barcode, let cause, nil): "item \(barcode): overtaken by a younger \(cause.rawValue)"
        }
    }

    /// What the person at the pad can do.
    package var hint: String {
        switch self {
        case .notOnPad: "lay the item flat on the pad, away from metal"
        case .patronCard: "take the card off the pad"
        case .foreignOwner: "send it to its library, or add its ISIL to the site's own institutions"
        case .ownerNotNamed: "write the tag anew, or let the site accept tags without an owner"
        case .unknownFormat: "look at it with 'pressmark tag read', and write the tag anew if it is yours"
        case .twoItems: "lay one item at a time on the pad"
        case .missingParts: "lay all parts on the pad together"
        case .oddSet: "read each part alone and write its set information anew"
        case .otherValue: "add the value to the site's settings if it is an old one of yours"
        case .unread:
            "lay the item flat on the pad and try again; where the site uses EAS, on a reader that can ask for it"
        case .noMeans: "put another tag on the item, or let the site use the AFI as well"
        case .notAtKiosk: "take it to the staff; 'pressmark security table' has the rule"
        case .overtaken: "look up how the library system has the item; its tags follow what came last"
        }
    }
}
