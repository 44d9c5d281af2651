package import Tags

/// What a tag's security bit shall say.
package enum SecurityState: String, Hashable, Sendable, CaseIterable {
    /// The gate rings: the item is the library's and in the library.
    case armed
    /// The gate stays silent: the item is on loan.
    case disarmed
}

/// Why a security bit is to be changed.
package enum SecurityCause: String, Hashable, Sendable, CaseIterable {
    case checkout = "check-out"
    case checkin = "check-in"
    /// Somebody at the desk asked for it.
    case staff
    /// A wrong bit was heard and policy says to put it right.
    case repair

    /// Whether the library system has its own opinion: a loan or return that stands stays, whatever becomes of the
    /// tags.
    package var isLoan: Bool {
        switch self {
        case .checkout, .checkin: true
        case .staff, .repair: false
        }
    }
}

/// One tag of an item and what its security mark was and shall be.
package struct SecurityChange: Hashable, Sendable {
    /// The tag that is written to, addressed by this number alone.
    package var uid: TagUID
    /// As read before the first write: what an undo goes back to, never a constant.
    package var before: SecurityMark
    /// Names only what the site uses on this tag.
    package var wanted: SecurityMark

    package init(uid: TagUID, before: SecurityMark, wanted: SecurityMark) {
        self.uid = uid
        self.before = before
        self.wanted = wanted
    }
}

/// What is about to be written to the tags of one item; on disk before the first write.
package struct SecurityIntent: Hashable, Sendable {
    /// The item's own barcode, under which the journal files the change.
    package var barcode: String
    /// Every part's tag, each once.
    package var changes: [SecurityChange]
    /// What every part shall say in the end.
    package var wanted: SecurityState
    /// Why; a loan or return goes on where a change by hand would be taken back.
    package var cause: SecurityCause
    /// The reader's name in the configuration: `pad-1`.
    package var reader: String
    /// When it was decided; clocks jump, and what is younger the journal's order says.
    package var at: Moment

    package init(
        barcode: String,
        changes: [SecurityChange],
        wanted: SecurityState,
        cause: SecurityCause,
        reader: String,
        at: Moment
    ) {
        self.barcode = barcode
        self.changes = changes
        self.wanted = wanted
        self.cause = cause
        self.reader = reader
        self.at = at
    }
}
