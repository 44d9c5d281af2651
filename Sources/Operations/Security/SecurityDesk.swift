package import Library
package import Logging
import Readers
package import Store
import Synchronization
package import Tags

/// Releases and secures items on pads: asks the policy, keeps the journal, and believes only what is read back.
package actor SecurityDesk {
    let store: Store
    let time: Timekeeper
    let policy: SecurityPolicy
    let password: SecurityPassword?
    let status: StatusQuestion?
    let events: EventHub
    let logger: Logger
    let book: TagBook
    /// How old the words of journal and holdings are.
    var ages: WordAges
    private nonisolated let inbox = Mutex(SecurityInbox())
    /// Something has come in.
    private let bell: AsyncStream<Void>
    private let ring: AsyncStream<Void>.Continuation
    /// What lies in front of each reader, as far as its last look said.
    var lying: [String: Set<TagUID>] = [:]
    /// Items whose change is under way: nobody else takes it up from the journal meanwhile.
    var underWay: [String: Int] = [:]
    /// Items that somebody is changing: whoever asks for one of them waits.
    private var taken: Set<String> = []
    private var waiting: [CheckedContinuation<Void, Never>] = []
    /// The youngest loan or return of each item that had its turn, of those that stood before their tags were changed.
    var followed: [String: FollowedLoan] = [:]
    /// Numbers them all, in the order in which they were told.
    let tellings = LoanTellings()
    /// When an open change is tried again while its tags lie there.
    var retries: [SecurityRecord.ID: SecurityRetry] = [:]
    /// Tags that lay down on a pad and could not be judged, with what each waits for.
    var unjudged: [TagUID: Unjudged] = [:]
    /// Tags that lay down on a pad and could not be written down.
    var unremembered: [TagUID: HeardTag] = [:]
    /// The holdings as they were when tags were looked at again last.
    var holdings: SnapshotInfo?
    /// When a tag that says the wrong thing, or could not be judged, is looked at again while it lies on a pad.
    var rechecks: [TagUID: SecurityRetry] = [:]
    /// Open changes that are being taken up now.
    var takenUp: Set<SecurityRecord.ID> = []

    /// - Parameters:
    ///   - password: the site's password for EAS and AFI; given only to tags that refuse to be written without.
    ///   - status: asks the library system how an item stands, before anything is repaired or a cut-off loan is taken
    ///     up.
    package init(
        store: Store,
        time: Timekeeper,
        policy: SecurityPolicy,
        password: SecurityPassword? = nil,
        status: StatusQuestion? = nil,
        events: EventHub,
        logger: Logger
    ) {
        self.store = store
        self.time = time
        self.policy = policy
        self.password = password
        self.status = status
        self.events = events
        self.logger = logger
        book = TagBook(store: store)
        ages = WordAges(at: time.instant, said: try? store.said())
        (bell, ring) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Changes the security of an item that lies on the station's reader. A loan or return stands already when it is
    /// told here: it is left open in the journal where the tags cannot be reached, although this throws then.
    ///
    /// - Parameter tags: reads only these, asked when it is the item's turn on the reader; `nil` for all that lie there.
    package func change(
        _ barcode: String,
        to wanted: SecurityState,
        cause: SecurityCause,
        on station: Station,
        among tags: @escaping @Sendable () async -> Set<TagUID>? = { nil }
    ) async throws -> SecurityReport {
        let since = cause.isLoan ? try loanNow() : nil
        let reports = try await flip([barcode], to: wanted, cause: cause, on: station, standing: since, among: tags)
        return reports[0]
    }

    /// Changes the security of items that lie on the station's reader: reads all parts, asks the library system where a
    /// question is given, writes, reads back. One report for each barcode, in their order.
    ///
    /// The intent is on the disk before the question, and again before the first write that the loan stands. While the
    /// question is out the reader works on. A refusal is found before the question: nothing is lent that cannot be
    /// released. A second request for the same item waits for the end of the first: the tags say what was agreed last.
    /// Throws only while nothing was asked and nothing written.
    ///
    /// - Parameters:
    ///   - atKiosk: a patron asks, and the table's column for kiosks has its say.
    ///   - since: since when the loan or return stands, whatever becomes of the tags: what cannot be reached is left
    ///     open in the journal, and where a younger one of these items came before it all are refused. `nil` where it
    ///     does not stand yet, or whoever asks can ask again.
    ///   - question: asks for the loan or return; `nil` where it stands already or nobody has to be asked.
    ///   - tags: reads only these tags; asked when it is the items' turn on the reader, since more may be laid down while
    ///     others are waited for. `nil` for all that lie there.
    package func flip(
        _ barcodes: [String],
        to wanted: SecurityState,
        cause: SecurityCause,
        on station: Station,
        atKiosk: Bool = false,
        standing since: LoanStanding? = nil,
        asking question: LoanQuestion? = nil,
        among tags: @escaping @Sendable () async -> Set<TagUID>? = { nil }
    ) async throws -> [SecurityReport] {
        let (store, time, password) = (store, time, password)
        let names = try barcodes.map { barcode in try store.names(ofItem: barcode) }
        for item in names { underWay[item.own, default: 0] += 1 }
        defer { for item in names { underWay[item.own] = underWay[item.own].flatMap { $0 > 1 ? $0 - 1 : nil } } }
        let own = Set(names.map(\.own))
        await takeTurn(own)
        defer { endTurn(own) }
        let items = try store.items(barcodes: barcodes)
        var requests: [SecurityRequest] = []
        for (barcode, names) in zip(barcodes, names) {
            requests.append(
                SecurityRequest(
                    barcode: barcode,
                    names: names,
                    wanted: wanted,
                    cause: cause,
                    reader: station.setup.name,
                    standingAtKiosk: atKiosk ? try await standingAtKiosk(barcode, items[barcode]?.item) : nil
                )
            )
        }
        if let since, let refusal = try younger(than: since, of: requests) {
            let reports = requests.map { SecurityReport(request: $0, end: .refused(refusal)) }
            for report in reports { await tell(report) }
            return reports
        }
        defer { if let since { noteTurn(of: requests, since) } }
        let batch = FlipBatch(requests: requests) { intent in
            FlipRun(
                flip: SecurityFlip(intent, asks: question != nil, onFailure: SecurityFlip.OnFailure(of: intent)),
                store: store,
                time: time,
                password: password,
                question: question
            )
        }
        var done: FlipBatch
        do throws(StationError) {
            done = try await look(batch, items, among: tags, asks: question != nil, on: station)
        } catch {
            if let since {
                for request in requests {
                    await leaveOpen(request, since, isKept: question != nil, isAway: true, "\(error)")
                }
            }
            throw error
        }
        if question != nil { done = await ask(done, on: station) }
        for report in done.reports {
            await tell(report)
            if case .alreadySo(let uids) = report.end { overtake(uids, by: report.request) }
            guard let since, case .refused(let why) = report.end else { continue }
            await leaveOpen(report.request, since, isKept: question != nil, isAway: false, "\(why)")
        }
        return done.reports
    }

    /// Reads what lies there and decides; what nobody has to be asked for is carried out at once.
    private func look(
        _ batch: FlipBatch,
        _ items: [String: ShelvedItem],
        among tags: @escaping @Sendable () async -> Set<TagUID>?,
        asks: Bool,
        on station: Station
    ) async throws(StationError) -> FlipBatch {
        let (policy, time) = (policy, time)
        let looked = try await station.perform { reader -> Result<FlipBatch, ReaderError> in
            var batch = batch
            do throws(ReaderError) {
                let named = await tags()
                let found = try await reader.readForSecurity(policy, by: station.setup.reading, among: named)
                for (index, request) in batch.requests.enumerated() {
                    let item = items[request.barcode]?.item
                    batch.take(policy.decide(request, onPad: found, item: item, at: time.now()), of: index)
                }
            } catch {
                return .failure(error)
            }
            // Nobody has to be asked: everything is done in one go, and the reader looks around only afterwards.
            if !asks {
                await batch.begin()
                await batch.carryOut(on: &reader)
            }
            return .success(batch)
        }
        do throws(ReaderError) {
            return try looked.get()
        } catch {
            throw .reader(name: station.setup.name, error)
        }
    }

    /// Waits until nobody else changes any of these items; all are taken at once, so that no two wait for each other.
    private func takeTurn(_ items: Set<String>) async {
        while !taken.isDisjoint(with: items) { await withCheckedContinuation { waiting.append($0) } }
        taken.formUnion(items)
    }

    private func endTurn(_ items: Set<String>) {
        taken.subtract(items)
        let woken = waiting
        waiting = []
        for one in woken { one.resume() }
    }

    private func ask(_ batch: FlipBatch, on station: Station) async -> FlipBatch {
        var batch = batch
        await batch.begin()
        guard batch.needsReader else { return batch }
        let begun = batch
        do throws(StationError) {
            return try await station.perform { reader in
                var batch = begun
                await batch.carryOut(on: &reader)
                return batch
            }
        } catch {
            await batch.abandon("\(error)")
            return batch
        }
    }

    /// Hears of a look at a field: what is open is taken up, and what is wrong is told, by ``run(on:)``.
    package nonisolated func take(_ round: StationRound) {
        // A gate tells every look that it takes, and a wand each in which it hears something.
        guard !round.arrived.isEmpty || !round.left.isEmpty else { return }
        inbox.withLock { $0.take(round) }
        ring.yield()
    }

    /// Forgets what lay in front of a reader that is gone: another one of its name begins with an empty field, and of
    /// that nobody tells.
    nonisolated func forget(_ reader: String) {
        inbox.withLock { $0.forget(reader) }
        ring.yield()
    }

    private nonisolated func tick() {
        inbox.withLock { $0.tick() }
        ring.yield()
    }

    private func next() -> SecurityNews? { inbox.withLock { $0.next() } }

    /// Finishes changes that a power cut or a tag pulled away left open, as soon as their tags are heard again, and
    /// watches for bits that say the wrong thing. Says at the beginning what was left open.
    ///
    /// - Parameter stations: asked for anew each time: readers may be plugged in.
    package func run(on stations: @autoclosure @escaping @Sendable () -> [Station]) async {
        let comebacks = await events.events { event in
            if case .librarySystem(isOnline: true) = event { true } else { false }
        }
        await tellOpen()
        let time = time
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in comebacks { await self.libraryIsBack() } }
            group.addTask {
                while (try? await time.sleep(SecurityRetry.tick)) != nil { self.tick() }
            }
            for await _ in bell {
                while !Task.isCancelled, let news = next() { await take(news, on: stations()) }
            }
            group.cancelAll()
        }
    }

    private func take(_ news: SecurityNews, on stations: [Station]) async {
        do {
            switch news {
            case .round(let round):
                guard let station = stations.first(where: { $0.setup.name == round.reader }) else { return }
                try await attend(round, on: station)
            case .gone(let reader): lying[reader] = nil
            case .tick:
                try watchClock()
                try await retry(on: stations)
                try await recheck(on: stations)
            }
        } catch {
            logger.warning("security watch", metadata: ["cause": "\(error)"])
        }
    }

    func tell(_ report: SecurityReport) async {
        let item = report.request
        var ended: Int?
        switch report.end {
        case .flipped(let intent, let result) where result.outcome == .done:
            let uids = intent.changes.map(\.uid)
            // It was read back: what waited for a judgement of what the tags said before has been overtaken.
            for uid in uids { unjudged[uid] = nil }
            let end: DivergenceEnd = item.cause == .repair ? .repaired : .heardRight
            ended = try? store.end(divergencesOf: uids, as: end, at: time.now())
        case .alreadySo(let uids) where item.cause == .repair:
            ended = try? store.end(divergencesOf: uids, as: .heardRight, at: time.now())
        case .flipped, .alreadySo, .refused: break
        }
        logger.info(
            "security",
            metadata: [
                "item": "\(item.barcode)", "wanted": "\(item.wanted.rawValue)", "cause": "\(item.cause.rawValue)",
                "reader": "\(item.reader)", "outcome": "\(report.end)",
            ]
        )
        await events.send(.security(report))
        if let ended, ended > 0 { await tellDivergences() }
    }
}

/// When an open change is tried again while its tags lie there: at once, then ever more rarely.
///
/// Counted on the clock that nobody can set: one that is put right must not hold up the tries, nor bring all at once.
struct SecurityRetry: Sendable {
    static let tick = Duration.seconds(1)
    /// The longest that a library system is left alone which did not know how a loan stands.
    static let question = Duration.seconds(30)

    private(set) var due: Duration
    private var pause = Duration.seconds(1)
    private let longest: Duration

    init(at now: Duration, longest: Duration = .seconds(300)) {
        due = now
        self.longest = longest
    }

    mutating func failed(at now: Duration) {
        due = now + pause
        pause = min(pause * 2, longest)
    }

    /// Something has happened that lets the next try hope: it is made at once, and the pauses behind it stay as long.
    mutating func hurry(at now: Duration) { due = min(due, now) }
}
