package import Library
import Store

/// Works for the programs on staff workstations: says what lies on a pad from memory, and changes the security of items
/// in the time such a program waits.
package actor WorkstationDesk {
    /// How long a caller waits whose browser tab stands still meanwhile. The work goes on after it.
    package static let patience = Duration.seconds(5)
    /// Jobs that may be open at once: behind a pad that hangs they would pile up.
    private static let most = 64

    /// What lies on each pad.
    package nonisolated let picture: PadPicture
    private let security: SecurityDesk
    private let writer: TagWriter
    private let policy: SecurityPolicy
    private let roster: StationRoster
    private let time: Timekeeper
    private let jobs: AsyncStream<@Sendable () async -> Void>
    private let job: AsyncStream<@Sendable () async -> Void>.Continuation
    /// Jobs that were taken and are not done, whether anybody waits for them or not.
    private var open = 0
    /// How each dialect does, by its name.
    private var doors: [String: WorkstationDoor] = [:]

    /// Works for all dialects on the pads of the roster, those that are plugged in later among them.
    package init(
        picture: PadPicture,
        security: SecurityDesk,
        writer: TagWriter,
        policy: SecurityPolicy,
        roster: StationRoster,
        time: Timekeeper
    ) {
        self.picture = picture
        self.security = security
        self.writer = writer
        self.policy = policy
        self.roster = roster
        self.time = time
        (jobs, job) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.most))
    }

    /// Carries out what was asked, until cancelled.
    package func run(events: EventHub) async {
        let (jobs, roster, picture) = (jobs, roster, picture)
        await withDiscardingTaskGroup { group in
            group.addTask { await picture.run(on: roster, events: events) }
            for await job in jobs { group.addTask { await job() } }
            group.cancelAll()
        }
    }

    /// The pad of this name, or the first one there is where it was taken away; the same name where there is no pad.
    package nonisolated func pad(inPlaceOf name: String) -> String {
        if roster.station(named: name) != nil { return name }
        return roster.all.first { $0.setup.role == .pad }?.setup.name ?? name
    }

    /// What lies on the pad; at once, from what the last looks said.
    package func items(on reader: String, showingCards: Bool) async -> Result<[PadItem], WorkstationRefusal> {
        guard let view = await picture.view(of: reader) else { return .failure(.noSuchReader(reader)) }
        if let trouble = view.trouble { return .failure(.offline(reader, trouble)) }
        return .success(PadItem.group(view.tags, by: policy, showingCards: showingCards))
    }

    /// The barcode of the item that a program calls by one of its tags, or by the barcode itself; an item that is being
    /// laid down anew is not told yet, and counts.
    package func barcode(named name: String, on reader: String) async -> Result<String, WorkstationRefusal> {
        guard let view = await picture.view(of: reader) else { return .failure(.noSuchReader(reader)) }
        if let trouble = view.trouble { return .failure(.offline(reader, trouble)) }
        guard let barcode = await picture.barcode(named: name, on: reader) else { return .failure(.notOnPad(name)) }
        return .success(barcode)
    }

    /// Secures or releases the item with this barcode, all parts of it, and answers when it was read back or when the
    /// caller's time is over. Of what lies there only the item's own tags are read anew, where it was heard whole.
    package func secure(
        _ barcode: String,
        _ wanted: SecurityState,
        on reader: String
    ) async -> WorkstationRefusal? {
        guard let station = roster.station(named: reader) else { return .noSuchReader(reader) }
        let (security, picture) = (security, picture)
        return await answer { () async -> WorkstationRefusal? in
            do {
                // A page asks for one item of a stack after the other and stands still for each.
                let names = try security.store.names(ofItem: barcode).all
                let report = try await security.change(barcode, to: wanted, cause: .staff, on: station) {
                    await picture.tags(of: names, on: reader)
                }
                await picture.take(report)
                return WorkstationRefusal(report)
            } catch let error as StationError {
                return .failed("\(error)", hint: error.hint)
            } catch {
                return .failed("\(error)", hint: nil)
            }
        }
    }

    /// Writes an item on a tag that lies on the pad, as ``TagWriter`` allows it.
    package func write(_ order: TagWritingOrder, on reader: String) async -> WorkstationRefusal? {
        guard let station = roster.station(named: reader) else { return .noSuchReader(reader) }
        return await answer { await self.writeNow(order, on: station) }
    }

    /// The same for a caller who waits until the end.
    package func writeNow(_ order: TagWritingOrder, on station: Station) async -> WorkstationRefusal? {
        do throws(WorkstationRefusal) {
            let written = try await writer.write(order, on: station)
            await picture.take(written.content, mark: written.mark, of: order.uid, on: station.setup.name)
            return nil
        } catch {
            return error
        }
    }

    /// Does the work here and waits for its end, no longer than callers wait.
    private func answer(_ work: @escaping @Sendable () async -> WorkstationRefusal?) async -> WorkstationRefusal? {
        guard open < Self.most else { return .busy }
        open += 1
        let (results, result) = AsyncStream.makeStream(of: WorkstationRefusal?.self)
        let sent = job.yield {
            result.yield(await work())
            result.finish()
            await self.done()
        }
        guard case .enqueued = sent else {
            done()
            return .busy
        }
        let time = time
        return await withTaskGroup(of: WorkstationRefusal?.self) { group in
            group.addTask {
                for await result in results { return result }
                return .late
            }
            group.addTask {
                try? await time.sleep(Self.patience)
                return .late
            }
            let first = await group.next() ?? .late
            group.cancelAll()
            return first
        }
    }

    private func done() { open -= 1 }
}

/// How a dialect's door stands: whether it listens, and who was turned away.
package struct WorkstationDoor: Hashable, Sendable {
    /// The dialect's name: `bibliotheca`.
    package var dialect: String
    /// The pad that it works on.
    package var reader: String
    /// TCP port that the door listens on.
    package var port: Int
    /// Addresses on which it listens.
    package var listening: Set<String> = []
    /// Why it does not listen, by address.
    package var troubles: [String: String] = [:]
    /// The page that was turned away last because it stands in no list.
    package var lastRefusedOrigin: String?
    /// Calls that were answered, with what was asked for or with why not.
    package var answers = 0
    /// Calls that were turned away before they were looked at.
    package var refusals = 0
    /// Pages of which the log has a line.
    private var told: Set<String> = []

    /// Pages that the log is told of: any page of the internet may try.
    private static let mostTold = 16

    package init(dialect: String, reader: String, port: Int) {
        self.dialect = dialect
        self.reader = reader
        self.port = port
    }
}

extension WorkstationDoor {
    /// Notes a page that was turned away; whether the log is told of it: each page once, and the first few alone.
    package mutating func turnAway(_ origin: String) -> Bool {
        let origin = String(origin.prefix(200))
        refusals += 1
        lastRefusedOrigin = origin
        return told.count < Self.mostTold && told.insert(origin).inserted
    }
}

extension WorkstationDesk {
    /// Notes that a page was turned away at a dialect's door; whether the log is told of it.
    package func turnAway(_ origin: String, at door: WorkstationDoor) -> Bool {
        doors[door.dialect, default: door].turnAway(origin)
    }

    /// How the dialects do that are set up, by their names.
    package var report: [WorkstationDoor] { doors.values.sorted { $0.dialect < $1.dialect } }

    /// Notes something of a dialect's door.
    package func note(_ door: WorkstationDoor, _ change: @Sendable (inout WorkstationDoor) -> Void) {
        change(&doors[door.dialect, default: door])
    }
}

/// Why a workstation program does not get what it asked for.
package enum WorkstationRefusal: Error, Hashable, Sendable {
    case noSuchReader(String)
    case offline(String, PadPicture.Trouble)
    case notOnPad(String)
    /// Several items have the same barcode or the set is not whole: nothing was written.
    case refused(String, hint: String?)
    /// Begun, and not as wanted at the end.
    case failed(String, hint: String?)
    /// The caller's time is over and the work goes on.
    case late
    case busy
}

extension WorkstationRefusal {
    init?(_ report: SecurityReport) {
        switch report.end {
        case .alreadySo: return nil
        case .refused(.notOnPad(let barcode, _)): self = .notOnPad(barcode)
        case .refused(let refusal): self = .refused("\(refusal)", hint: refusal.hint)
        case .flipped(_, let result):
            if result.outcome == .done { return nil }
            self = .failed("\(result.outcome.rawValue): \(result.reason)", hint: "lay the item down again")
        }
    }

    /// What to do about it.
    package var hint: String? {
        switch self {
        case .noSuchReader: "name a pad of the configuration under reader of this [[dialect]], and restart the service"
        case .offline(_, let trouble): trouble.hint
        case .notOnPad: "lay the item flat on the pad, away from metal"
        case .refused(_, let hint), .failed(_, let hint): hint
        case .late: "leave the item on the pad: it is finished, or taken up again, by itself"
        case .busy: "wait a moment and try again"
        }
    }
}

extension WorkstationRefusal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noSuchReader(let name): "reader \(name): not configured"
        case .offline(let name, let trouble): "reader \(name): offline, \(trouble.cause)"
        case .notOnPad(let what): "item or tag \(what): not on the pad"
        case .refused(let why, _), .failed(let why, _): why
        case .late: "the tags did not answer in time, the work goes on"
        case .busy: "too much is waiting for the pad"
        }
    }
}
