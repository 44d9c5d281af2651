package import Library
package import Logging
import Readers
package import Store
import Tags

/// Releases and secures items on pads: asks the policy, keeps the journal, and believes only what is read back.
package actor SecurityDesk {
    private let store: Store
    private let time: Timekeeper
    private let policy: SecurityPolicy
    private let events: EventHub
    private let logger: Logger
    private let heard: AsyncStream<StationRound>
    private let hear: AsyncStream<StationRound>.Continuation

    package init(store: Store, time: Timekeeper, policy: SecurityPolicy, events: EventHub, logger: Logger) {
        self.store = store
        self.time = time
        self.policy = policy
        self.events = events
        self.logger = logger
        (heard, hear) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(64))
    }

    /// Changes the security of an item that lies on the station's reader.
    package func change(
        _ barcode: String,
        to wanted: SecurityState,
        cause: SecurityCause,
        on station: Station
    ) async throws -> SecurityReport {
        let request = SecurityRequest(
            barcode: barcode,
            wanted: wanted,
            cause: cause,
            reader: station.setup.name
        )
        let (store, policy, time) = (store, policy, time)
        let item = try store.item(barcode: barcode)?.item
        let result = try await station.perform { reader -> Result<SecurityReport, ReaderError> in
            do throws(ReaderError) {
                let tags = try await reader.readAllTags()
                let decision = policy.decide(request, onPad: tags.compactMap(PadTag.init), item: item, at: time.now())
                switch decision {
                case .refused(let refusal): return .success(SecurityReport(request: request, end: .refused(refusal)))
                case .alreadySo(let uids): return .success(SecurityReport(request: request, end: .alreadySo(uids)))
                case .flip(let intent, let notes):
                    var run = FlipRun(flip: SecurityFlip(intent), store: store, time: time)
                    let result = await run.carryOut(run.flip.start(), on: &reader)
                    return .success(SecurityReport(request: request, end: .flipped(intent, result), notes: notes))
                }
            } catch {
                return .failure(error)
            }
        }
        let report: SecurityReport
        do throws(ReaderError) {
            report = try result.get()
        } catch {
            throw StationError.reader(name: station.setup.name, error)
        }
        log(report)
        await events.send(.security(report))
        return report
    }

    /// Changes that were begun and whose end is not known.
    package func open() throws -> [SecurityRecord] {
        try store.openIntents()
    }

    /// Hears of tags that came to a reader: an unfinished change of theirs is taken up by ``run(on:)``.
    package nonisolated func take(_ round: StationRound) {
        hear.yield(round)
    }

    /// Finishes changes that a power cut or a tag pulled away left open, as soon as their tags are heard again.
    package func run(on stations: [Station]) async {
        for await round in heard {
            guard let station = stations.first(where: { $0.setup.name == round.reader }) else { continue }
            do {
                try await finishOpen(among: Set(round.present), on: station)
            } catch {
                logger.warning("open security change", metadata: ["reader": "\(round.reader)", "cause": "\(error)"])
            }
        }
    }

    private func finishOpen(among present: Set<TagUID>, on station: Station) async throws {
        let (store, time) = (store, time)
        for record in try store.openIntents() where present.isSuperset(of: record.intent.changes.map(\.uid)) {
            let result = try await station.perform { reader -> SecurityResult in
                var run = FlipRun(flip: SecurityFlip(record.intent), store: store, time: time, record: record.id)
                return await run.carryOut(run.flip.resume(), on: &reader)
            }
            let report = SecurityReport(
                request: SecurityRequest(
                    barcode: record.intent.barcode,
                    wanted: record.intent.wanted,
                    cause: record.intent.cause,
                    reader: station.setup.name
                ),
                end: .flipped(record.intent, result),
                notes: ["taken up again after it was cut off"]
            )
            log(report)
            await events.send(.security(report))
        }
    }

    private func log(_ report: SecurityReport) {
        logger.info(
            "security",
            metadata: [
                "item": "\(report.request.barcode)", "wanted": "\(report.request.wanted.rawValue)",
                "reader": "\(report.request.reader)", "outcome": "\(report.end)",
            ]
        )
    }
}

extension PadTag {
    /// `nil` for a tag that could not be read: nothing is known of it, so it takes no part.
    init?(_ tag: TagOnReader) {
        guard let memory = tag.memory, let content = tag.content else { return nil }
        self.init(uid: tag.uid, content: content, afi: memory.afi)
    }
}
