package import Library

/// What became of a loan or a return, and of the tags. Nothing in it says whose loan it is.
package struct LoanReport: Sendable {
    /// How the loan or return itself ended, whatever became of the tags.
    package enum End: Sendable {
        /// The tags could not be changed: nobody was asked.
        case refusedAtPad(SecurityRefusal)
        /// What is to be done could not be written down, the reader went away, or a return that is still to be told
        /// would end the loan: nobody was asked.
        case notAsked(String)
        /// The library system did not agree.
        case refused
        case stands
        /// A return that the library system will be told of when it is back.
        case kept
        /// The library system could not be asked.
        case away(CirculationError)
        /// It was asked, and whether it agreed is not known.
        case uncertain(CirculationError)
    }

    /// What became of the item's tags.
    package enum Tags: Sendable {
        /// Not touched, and why.
        case left(String)
        case changed(SecurityReport)
        case failed(String)
    }

    /// As whoever asked calls the item.
    package var barcode: String
    /// Whether the loan or return stands.
    package var end: End
    /// Whether they followed; ``shortfall`` is the short answer.
    package var tags: Tags
    /// The library system's words for the screen; they may name a person, so they are shown and not logged.
    package var messages: [String]
    /// When it is due back, in words made of SIP2 field AH; `nil` where nothing was lent or the system does not say.
    package var due: String?
    /// Where a returned item goes.
    package var destination: String?
    /// SIP2 field CL of a return: the bin of a sorter; `nil` when the system names none.
    package var sortBin: String?

    package init(
        barcode: String,
        end: End,
        tags: Tags = .left("nothing was lent or returned"),
        messages: [String] = [],
        due: String? = nil
    ) {
        self.barcode = barcode
        self.end = end
        self.tags = tags
        self.messages = messages
        self.due = due
    }

    /// Why the tags are not as they should be; `nil` when they are.
    package var shortfall: String? {
        switch tags {
        case .left: nil
        case .changed(let report): report.shortfall
        case .failed(let reason): reason
        }
    }
}

extension LoanReport.End {
    /// Of a change that ended before the library system was asked.
    init(unasked change: SecurityReport) {
        switch change.end {
        case .refused(let refusal): self = .refusedAtPad(refusal)
        case .flipped(_, let result): self = .notAsked(result.reason)
        case .alreadySo: self = .notAsked(change.end.description)
        }
    }
}
