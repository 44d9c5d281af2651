package import FoundationEssentials

/// Where tags and library system may disagree: `GET /v1/security/divergence`.
package struct DivergenceReport: Codable, Hashable, Sendable {
    /// How many are open of one cause at one device.
    package struct Group: Codable, Hashable, Sendable {
        package var cause: String
        package var device: String
        package var count: Int

        package init(cause: String, device: String, count: Int) {
            self.cause = cause
            self.device = device
            self.count = count
        }
    }

    /// Changes that were begun and whose end is not known, the oldest first.
    package var changes: [SecurityEntry]
    /// Tags that say something else than they must, the oldest first.
    package var wrongBits: [WrongBit]
    /// Both, by cause and device.
    package var groups: [Group]
    /// Wrong bits that were put right by a device of ours, ever since.
    package var repaired: Int
    /// Wrong bits that were heard right later.
    package var heardRight: Int

    package init(changes: [SecurityEntry], wrongBits: [WrongBit], groups: [Group], repaired: Int, heardRight: Int) {
        self.changes = changes
        self.wrongBits = wrongBits
        self.groups = groups
        self.repaired = repaired
        self.heardRight = heardRight
    }
}

/// A tag that says something else than it must.
package struct WrongBit: Codable, Hashable, Sendable {
    package var uid: String
    package var barcode: String
    package var title: String?
    package var callNumber: String?
    /// What the tag says: armed, disarmed, mixed parts.
    package var says: String
    /// How the item stands.
    package var item: String
    package var want: SecurityRequest.Want
    /// The reader that heard it last.
    package var device: String
    package var first: Date
    package var last: Date
    package var times: Int

    package init(
        uid: String,
        barcode: String,
        title: String?,
        callNumber: String?,
        says: String,
        item: String,
        want: SecurityRequest.Want,
        device: String,
        first: Date,
        last: Date,
        times: Int
    ) {
        self.uid = uid
        self.barcode = barcode
        self.title = title
        self.callNumber = callNumber
        self.says = says
        self.item = item
        self.want = want
        self.device = device
        self.first = first
        self.last = last
        self.times = times
    }
}

/// How many tags say the wrong thing, when that has changed.
package struct DivergenceNote: Codable, Hashable, Sendable {
    package var open: Int

    package init(open: Int) {
        self.open = open
    }
}
