import Library
import SIP2
import Store
import Tags

/// A pad at which patrons lend and return by themselves. Nothing of them is kept: whoever holds the card sends it along
/// with each question.
package struct KioskDesk: Sendable {
    private let link: CirculationLink
    private let loans: CirculationDesk
    private let security: SecurityDesk

    init(link: CirculationLink, loans: CirculationDesk, security: SecurityDesk) {
        self.link = link
        self.loans = loans
        self.security = security
    }

    /// Whether a card alone is not enough.
    package var asksPassword: Bool { link.settings.rules.asksPatronPassword }

    /// Why nothing can be lent just now; `nil` when it can.
    package func trouble(on station: Station) async -> String? {
        let report = await station.report
        guard case .online = report.state else { return "\(station.setup.name): the pad does not answer" }
        switch await link.report.state {
        case .online(let word): return word.allowsCheckout ? nil : "the library system does not lend just now"
        case .away(let error): return "\(error)"
        case .unknown: return "the library system was not asked yet"
        }
    }

    /// What the library system says of a card.
    package func welcome(_ borrower: Borrower) async throws(CirculationError) -> Welcome {
        guard !asksPassword || borrower.password != nil else { return Welcome(end: .wrongPassword) }
        let answer = try await link.standing(of: borrower)
        let messages = answer.screenMessages.map(\.revealed)
        if answer.isValid == false { return Welcome(end: .unknown, messages: messages) }
        // A system that does not check passwords leaves the field out; one that was given none may say no.
        if borrower.password != nil, answer.isPasswordValid == false {
            return Welcome(end: .wrongPassword, messages: messages)
        }
        return Welcome(end: answer.status.contains(.chargeDenied) ? .blocked : .welcome, messages: messages)
    }

    /// Lends an item on the pad; what the table refuses kiosks is not asked for.
    package func checkOut(_ barcode: String, for borrower: Borrower, on station: Station) async throws -> LoanReport {
        if asksPassword {
            let welcome = try await welcome(borrower)
            guard case .welcome = welcome.end else {
                return LoanReport(barcode: barcode, end: .refused, messages: welcome.messages)
            }
        }
        return try await loans.checkOut(barcode, for: borrower, on: station, atKiosk: true)
    }

    /// Takes an item on the pad back; no card is needed for that. Throws as ``CirculationDesk/checkIn(_:on:)`` does.
    package func checkIn(_ barcode: String, on station: Station) async throws -> LoanReport {
        try await loans.checkIn(barcode, on: station)
    }

    /// The items on the pad as the last look heard them; the reader is not asked. None while it is away: nobody knows
    /// what lies there then.
    package func items(on station: Station) async throws -> [Lying] {
        guard case .online = await station.report.state else { return [] }
        return try await security.items(on: station)
    }

    /// How a card was received.
    package struct Welcome: Sendable {
        /// What the card may do: borrow, or nothing, as it is not known, its password is wrong or missing, or it is
        /// blocked.
        package enum End: Hashable, Sendable {
            case welcome, unknown, wrongPassword, blocked
        }

        /// Anything but `welcome` lends nothing.
        package var end: End
        /// The library system's words for the screen; they may name a person.
        package var messages: [String] = []
    }

    /// An item in front of a reader.
    package struct Lying: Hashable, Sendable {
        /// As the library system files the item, even when its tag bears a former barcode.
        package var barcode: String
        /// By the holdings; `nil` when they do not have the item.
        package var title: String?
        /// Tags that bear its barcode and lie there: one as a rule, several for a set.
        package var parts: Int
        /// Parts of its set that do not lie there.
        package var missing: [Int]
    }
}

extension SecurityDesk {
    /// The items whose tags were heard in the last look, in the order of their barcodes.
    func items(on station: Station) throws -> [KioskDesk.Lying] {
        let records = try store.tags(uids: lying[station.setup.name] ?? [])
        let items = try store.items(barcodes: records.values.compactMap(\.barcode))
        // A tag may bear a former barcode: the library system is asked for the one it files the item under.
        let parts = Dictionary(grouping: records.values) { record in
            record.barcode.map { items[$0]?.item.barcode ?? $0 } ?? ""
        }.filter { !$0.key.isEmpty }
        return parts.keys.sorted().compactMap { barcode in
            let tags = parts[barcode] ?? []
            guard tags.allSatisfy({ policy.owner($0.owner).isOurs }) else { return nil }
            let ordinals = Set(tags.compactMap { $0.setInformation?.ordinal })
            let total = tags.compactMap { $0.setInformation?.total }.max() ?? 0
            let isWhole = total < 1 || ordinals.contains(0)
            let missing = isWhole ? [] : (1...min(total, 999)).filter { !ordinals.contains($0) }
            return KioskDesk.Lying(
                barcode: barcode,
                title: tags.lazy.compactMap { $0.barcode.flatMap { items[$0] }?.item.title }.first,
                parts: tags.count,
                missing: missing
            )
        }
    }
}
