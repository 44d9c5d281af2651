/// What each device does about each pair of tags and item: `GET /v1/security/table`.
package struct TruthTable: Codable, Hashable, Sendable {
    /// One pair; all words are those of `docs/security-of-items.md`.
    package struct Row: Codable, Hashable, Sendable {
        /// What the item's tags say: armed, disarmed, mixed parts, other value, unreadable.
        package var tags: String
        /// How the item stands: in library, on loan …
        package var item: String
        /// What a pad does: `nothing`, `tell`, `arm`, `disarm`.
        package var pad: String
        /// What a kiosk does: `nothing`, `lend`, `disarm`, `refuse`.
        package var kiosk: String
        /// What a gate does, its rules included: `alarm`, `log`, `silent`.
        package var gate: String
        /// What a wand does: `nothing`, `tell`, `arm`, `disarm`.
        package var wand: String
        /// What the tags must say, when they surely say something else: armed or disarmed.
        package var right: String?
        /// What tags and item say, in words; lower case, no period.
        package var reason: String
        /// Whether the site, or its gates' rules, changed this row.
        package var isSiteRule: Bool

        package init(
            tags: String,
            item: String,
            pad: String,
            kiosk: String,
            gate: String,
            wand: String,
            right: String?,
            reason: String,
            isSiteRule: Bool
        ) {
            self.tags = tags
            self.item = item
            self.pad = pad
            self.kiosk = kiosk
            self.gate = gate
            self.wand = wand
            self.right = right
            self.reason = reason
            self.isSiteRule = isSiteRule
        }
    }

    /// How a site marks its items, and how far its devices go by themselves.
    package struct Site: Codable, Hashable, Sendable {
        /// afi, eas, both.
        package var mechanism: String
        /// AFI values that count as armed; the first is the one that is written.
        package var armed: [UInt8]
        /// AFI values that count as released; the first is the one that is written.
        package var released: [UInt8]
        /// Kinds of devices that put a wrong bit right without being asked.
        package var repairs: [String]
        /// What becomes of a change by hand that was cut off: finish, undo.
        package var unfinished: String
        /// How long holdings and journal are taken to know the loans of the moment.
        package var freshSeconds: Int

        package init(
            mechanism: String,
            armed: [UInt8],
            released: [UInt8],
            repairs: [String],
            unfinished: String,
            freshSeconds: Int
        ) {
            self.mechanism = mechanism
            self.armed = armed
            self.released = released
            self.repairs = repairs
            self.unfinished = unfinished
            self.freshSeconds = freshSeconds
        }
    }

    /// `nil`: the table as it is before any site has changed it.
    package var site: Site?
    /// Every pair once: by what the tags say, then by how the item stands.
    package var rows: [Row]

    package init(site: Site?, rows: [Row]) {
        self.site = site
        self.rows = rows
    }
}
