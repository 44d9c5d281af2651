package import Logging
import Readers
package import Wire

/// Speaks with a gate that calls us, on its own command port: whether it is alive, and whom it has counted.
///
/// A gate in notification mode says nothing while nobody passes, or only now and then that it is alive; asking it is
/// the quickest way to learn that it is dead. It answers for itself in that mode, but not for tags.
package struct GateAttendant: Sendable {
    private let gate: String
    private let open: @Sendable () async throws(LinkError) -> any Link & ~Copyable
    private let keeper: GateKeeper
    private let countsPeople: Bool
    private let time: Timekeeper
    private let logger: Logger

    /// Rest between two questions; two that stay unanswered are within the five seconds in which staff want to know.
    private static let rest: Duration = .milliseconds(1500)
    /// Questions between two looks at the counters, while nobody is busy.
    private static let countEvery = 6

    package init(
        gate: String,
        keeper: GateKeeper,
        countsPeople: Bool,
        time: Timekeeper,
        logger: Logger,
        open: @escaping @Sendable () async throws(LinkError) -> any Link & ~Copyable
    ) {
        self.gate = gate
        self.keeper = keeper
        self.countsPeople = countsPeople
        self.time = time
        self.logger = logger
        self.open = open
    }

    /// Asks until cancelled; a port that cannot be reached is tried again.
    package func run() async {
        var backoff = Backoff()
        var saidLost = false
        while !Task.isCancelled {
            do throws(ReaderError) {
                var reader = try await FEIGDriver.open(try await ReaderError.opened(open))
                backoff = Backoff()
                saidLost = false
                try await attend(&reader)
            } catch {
                if !saidLost, !Task.isCancelled {
                    logger.warning("command port", metadata: ["gate": "\(gate)", "cause": "\(error)"])
                }
                saidLost = true
            }
            guard (try? await time.sleep(backoff.next(time.jitter()))) != nil else { return }
        }
    }

    private func attend(_ reader: inout any Reader & ~Copyable) async throws(ReaderError) {
        let counts = countsPeople && reader.information.abilities.contains(.peopleCount)
        var patience = BoardPatience()
        var refusedAt: Duration?
        var turn = 0
        while !Task.isCancelled {
            try await reader.ping()
            await keeper.takeSignOfLife(gate: gate)
            if counts, refusedAt.map({ time.uptime() - $0 >= BoardPatience.rest }) ?? true {
                let isBusy = await keeper.isBusy(gate)
                if isBusy || turn.isMultiple(of: Self.countEvery) {
                    refusedAt = try await count(&reader, &patience) ? nil : time.uptime()
                }
            }
            turn &+= 1
            guard (try? await time.sleep(Self.rest)) != nil else { return }
        }
    }

    /// Whether the board is to be asked on.
    private func count(
        _ reader: inout any Reader & ~Copyable,
        _ patience: inout BoardPatience
    ) async throws(ReaderError) -> Bool {
        do throws(ReaderError) {
            await keeper.count(try await reader.readPeopleCount().readings, at: gate)
            patience.answered()
            return true
        } catch {
            if case .link = error { throw error }
            guard patience.failed(error) else { return true }
            logger.notice("people not counted", metadata: ["gate": "\(gate)", "cause": "\(error)"])
            return false
        }
    }
}
