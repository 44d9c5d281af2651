import Library
import SIP2
import Store

/// Lends and takes back items that lie on a pad: reads all parts, writes the intent down, asks the library system,
/// changes the tags, reads them back, and only then says done.
///
/// Nothing is asked about an item whose tags could not be changed anyway, and no loan is ever taken back here: where
/// the tags do not follow, that is what is told. An answer that a power cut swallows is looked up from the journal
/// later.
package struct CirculationDesk: Sendable {
    private let link: CirculationLink
    private let returns: ReturnsDesk
    private let security: SecurityDesk

    init(link: CirculationLink, returns: ReturnsDesk, security: SecurityDesk) {
        self.link = link
        self.returns = returns
        self.security = security
    }

    /// Lends the item to the borrower, of whom nothing is kept.
    ///
    /// - Parameter atKiosk: the borrower asks, and no staff stand by: what the table refuses kiosks is not asked for.
    package func checkOut(
        _ barcode: String,
        for borrower: Borrower,
        on station: Station,
        atKiosk: Bool = false
    ) async throws -> LoanReport {
        try await carryOut(barcode, to: .disarmed, .checkout, on: station, atKiosk: atKiosk) {
            await lend(barcode, to: borrower)
        }
    }

    /// Takes the item back. While the library system is away the return is kept for it, where it allows that.
    package func checkIn(_ barcode: String, on station: Station) async throws -> LoanReport {
        try await carryOut(barcode, to: .armed, .checkin, on: station) {
            await takeBack(barcode)
        }
    }

    private func carryOut(
        _ barcode: String,
        to wanted: SecurityState,
        _ cause: SecurityCause,
        on station: Station,
        atKiosk: Bool = false,
        asking ask: @escaping @Sendable () async -> LoanWord
    ) async throws -> LoanReport {
        let note = LoanNote()
        let changes = try await security.flip([barcode], to: wanted, cause: cause, on: station, atKiosk: atKiosk) { _ in
            await note.take(await ask())
        }
        guard let word = await note.word else {
            return LoanReport(barcode: barcode, end: LoanReport.End(unasked: changes[0]))
        }
        var report = word.report
        switch word.answer {
        case .agreed: report.tags = .changed(changes[0])
        case .agreedWithoutChange(let why): report.tags = .left(why)
        case .declined, .unknown: break
        }
        return report
    }

    private func lend(_ barcode: String, to borrower: Borrower) async -> LoanWord {
        if let why = untoldReturn(of: barcode) {
            return LoanWord(LoanReport(barcode: barcode, end: .notAsked(why)), .declined(why))
        }
        let outcome: CheckoutOutcome
        do throws(CirculationError) {
            outcome = try await link.checkOut(barcode, for: borrower)
        } catch {
            return .away(barcode, error)
        }
        switch outcome {
        case .refused(let answer): return .refused(barcode, answer.screenMessages.map(\.revealed))
        case .uncertain(let error): return .uncertain(barcode, error)
        case .made(let answer):
            let report = LoanReport(
                barcode: barcode,
                end: .stands,
                messages: answer.screenMessages.map(\.revealed),
                due: answer.dueDate.isEmpty ? nil : SIP2Date.words(of: answer.dueDate)
            )
            return LoanWord(report, LoanAnswer(link.settings.rules.verdict(answer)))
        }
    }

    /// Why an item that was returned while the library system was away cannot be lent yet; `nil` when it can.
    private func untoldReturn(of barcode: String) -> String? {
        do {
            let isWaiting = try returns.isWaiting(barcode)
            return isWaiting ? "the library system has yet to be told of the item's last return" : nil
        } catch {
            return "\(error)"
        }
    }

    private func takeBack(_ barcode: String) async -> LoanWord {
        let outcome: CheckinOutcome
        do throws(CirculationError) {
            outcome = try await link.checkIn(barcode)
        } catch {
            return await keep(barcode, error)
        }
        switch outcome {
        case .made(let answer):
            var report = LoanReport(barcode: barcode, end: .stands, messages: answer.screenMessages.map(\.revealed))
            report.destination = answer.destination
            report.sortBin = answer.sortBin
            return LoanWord(report, LoanAnswer(link.settings.rules.verdict(answer)))
        case .madeBefore: return LoanWord(LoanReport(barcode: barcode, end: .stands), .agreed)
        case .uncertain(let error): return .uncertain(barcode, error)
        case .refused(let answer):
            let refused = LoanWord.refused(barcode, answer.screenMessages.map(\.revealed))
            guard link.settings.rules.securesWhatWasNotLent, await isSurelyNotLent(barcode) else { return refused }
            return LoanWord(refused.report, .agreed)
        }
    }

    /// A return while the library system is away: it stands once it is on the disk for it.
    private func keep(_ barcode: String, _ error: CirculationError) async -> LoanWord {
        var away = LoanWord.away(barcode, error)
        guard error.isUnreachable else { return away }
        do {
            guard let reason = try await returns.store(barcode) else {
                return LoanWord(LoanReport(barcode: barcode, end: .kept), .agreed)
            }
            away.report.messages = [reason]
        } catch {
            away.report.messages = ["\(error)"]
        }
        return away
    }

    private func isSurelyNotLent(_ barcode: String) async -> Bool {
        let status = try? await link.item(barcode).status
        return status != nil && status?.itemStatus != .onLoan
    }
}
