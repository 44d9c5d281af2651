package import FoundationEssentials

/// Where tags and library system may disagree: `GET /v1/security/divergence`.
package struct DivergenceReport: Codable, Hashable, Sendable {
    /// How many are open of one cause at one device.
    package struct Group: Codable, Hashable, Sendable {
        /// Why a change was made, `check-out`, or what a wrong bit says and its item: `armed, item on loan`.
        package var cause: String
        /// The reader that made the change, or that heard the wrong bit last.
        package var device: String
        /// Changes or wrong bits, 1 or more; the groups come with the most first.
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
    /// 16 hexadecimal digits, beginning with `E0`.
    package var uid: String
    /// The barcode of the tag's item.
    package var barcode: String
    /// As the holdings have it; `nil` when they do not know the item or its title.
    package var title: String?
    /// As printed on the spine, by the holdings; `nil` when they do not tell.
    package var callNumber: String?
    /// What the tag says: armed, disarmed, mixed parts.
    package var says: String
    /// How the item stands.
    package var item: String
    /// What the tag must say.
    package var want: SecurityRequest.Want
    /// The reader that heard it last.
    package var device: String
    /// When it was first heard saying the wrong thing.
    package var first: Date
    /// When it was last heard saying the wrong thing.
    package var last: Date
    /// How often it was heard saying it, 1 or more.
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
    /// Tags that say something else than they must at this moment; 0 when all is well.
    package var open: Int

    package init(open: Int) {
        self.open = open
    }
}
