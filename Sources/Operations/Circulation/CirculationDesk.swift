import Library
import Readers
import SIP2
import Store
import Tags

/// Lends and takes back items that lie on a pad: reads all parts, asks the library system, changes the tags, reads them
/// back, and only then says done.
///
/// Nothing is asked about an item whose tags could not be changed anyway, and no loan is ever taken back here: where the
/// tags do not follow, that is what is told.
package struct CirculationDesk: Sendable {
    private let link: CirculationLink
    private let returns: ReturnsDesk
    private let security: SecurityDesk
    private let store: Store
    private let policy: SecurityPolicy
    private let time: Timekeeper

    init(
        link: CirculationLink,
        returns: ReturnsDesk,
        security: SecurityDesk,
        store: Store,
        policy: SecurityPolicy,
        time: Timekeeper
    ) {
        self.link = link
        self.returns = returns
        self.security = security
        self.store = store
        self.policy = policy
        self.time = time
    }

    /// Lends the item to the borrower, of whom nothing is kept.
    package func checkOut(_ barcode: String, for borrower: Borrower, on station: Station) async throws -> LoanReport {
        if let refusal = try await refusal(of: barcode, to: .disarmed, .checkout, on: station) {
            return LoanReport(barcode: barcode, end: .refusedAtPad(refusal))
        }
        let outcome: CheckoutOutcome
        do throws(CirculationError) {
            outcome = try await link.checkOut(barcode, for: borrower)
        } catch {
            return LoanReport(barcode: barcode, end: .away(error))
        }
        switch outcome {
        case .refused(let answer):
            return LoanReport(barcode: barcode, end: .refused, messages: answer.screenMessages.map(\.revealed))
        case .uncertain(let error):
            return LoanReport(barcode: barcode, end: .uncertain(.system(error)))
        case .made(let answer):
            return try await follow(
                link.settings.rules.verdict(answer),
                LoanReport(
                    barcode: barcode,
                    end: .stands,
                    messages: answer.screenMessages.map(\.revealed),
                    due: answer.dueDate.isEmpty ? nil : answer.dueDate
                ),
                .checkout,
                on: station
            )
        }
    }

    /// Takes the item back. While the library system is away the return is kept for it, where it allows that.
    package func checkIn(_ barcode: String, on station: Station) async throws -> LoanReport {
        if let refusal = try await refusal(of: barcode, to: .armed, .checkin, on: station) {
            return LoanReport(barcode: barcode, end: .refusedAtPad(refusal))
        }
        let outcome: CheckinOutcome
        do throws(CirculationError) {
            outcome = try await link.checkIn(barcode)
        } catch {
            return try await keep(barcode, error, on: station)
        }
        switch outcome {
        case .made(let answer):
            var report = LoanReport(barcode: barcode, end: .stands, messages: answer.screenMessages.map(\.revealed))
            report.destination = answer.destination
            report.sortBin = answer.sortBin
            return try await follow(link.settings.rules.verdict(answer), report, .checkin, on: station)
        case .madeBefore:
            let report = LoanReport(barcode: barcode, end: .stands)
            return try await follow(.change(to: .armed), report, .checkin, on: station)
        case .uncertain(let error):
            return LoanReport(barcode: barcode, end: .uncertain(.system(error)))
        case .refused(let answer):
            let report = LoanReport(barcode: barcode, end: .refused, messages: answer.screenMessages.map(\.revealed))
            guard link.settings.rules.securesWhatWasNotLent, await isSurelyNotLent(barcode) else { return report }
            return try await follow(.change(to: .armed), report, .checkin, on: station)
        }
    }

    /// Why the tags could not be changed, before anybody is asked; `nil` when they could.
    private func refusal(
        of barcode: String,
        to wanted: SecurityState,
        _ cause: SecurityCause,
        on station: Station
    ) async throws -> SecurityRefusal? {
        let policy = policy
        let tags = try await station.perform { reader -> Result<[PadTag], ReaderError> in
            do throws(ReaderError) {
                return .success(try await reader.readForSecurity(policy))
            } catch {
                return .failure(error)
            }
        }
        let read: [PadTag]
        do throws(ReaderError) {
            read = try tags.get()
        } catch {
            throw StationError.reader(name: station.setup.name, error)
        }
        let decision = policy.decide(
            SecurityRequest(barcode: barcode, wanted: wanted, cause: cause, reader: station.setup.name),
            onPad: read,
            item: try store.item(barcode: barcode)?.item,
            at: time.now()
        )
        guard case .refused(let refusal) = decision else { return nil }
        return refusal
    }

    private func follow(
        _ verdict: SecurityVerdict,
        _ report: LoanReport,
        _ cause: SecurityCause,
        on station: Station
    ) async throws -> LoanReport {
        var report = report
        switch verdict {
        case .leave(let why): report.tags = .left(why)
        case .change(let wanted):
            do {
                report.tags = .changed(try await security.change(report.barcode, to: wanted, cause: cause, on: station))
            } catch {
                report.tags = .failed("\(error)")
            }
        }
        return report
    }

    private func keep(_ barcode: String, _ error: CirculationError, on station: Station) async throws -> LoanReport {
        guard error.isUnreachable else { return LoanReport(barcode: barcode, end: .away(error)) }
        if let reason = try await returns.store(barcode) {
            return LoanReport(barcode: barcode, end: .away(error), messages: [reason])
        }
        let report = LoanReport(barcode: barcode, end: .kept)
        return try await follow(.change(to: .armed), report, .checkin, on: station)
    }

    private func isSurelyNotLent(_ barcode: String) async -> Bool {
        let status = try? await link.item(barcode).status
        return status != nil && status?.itemStatus != .onLoan
    }
}
