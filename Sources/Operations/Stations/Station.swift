package import Library
package import Logging
package import Readers
package import Tags
import Wire

/// The keeper of one reader: opens it, looks at its field, does jobs on it, and opens it again when it is lost.
///
/// The reader is a local variable of ``run()``, so that every exchange on its line stands in one row; others leave
/// jobs in a bounded mailbox. Cancelling `run()` is the only stop.
package actor Station {
    /// As configured, or as found where it was plugged in.
    package nonisolated let setup: StationSetup
    /// What has gone over its line.
    package nonisolated let line = LineCount()
    private let seat: Seat
    package nonisolated var unownedExecutor: UnownedSerialExecutor { seat.executor }
    let time: Timekeeper
    let logger: Logger
    let knows: @Sendable (TagUID) async -> Bool
    let deliver: @Sendable (StationRound) async -> Void
    private let announce: @Sendable (StationReport) async -> Void

    private var state = StationState.connecting
    var lastAnswer: Moment?
    var presence: Presence
    /// Tags that left and were not told to have left.
    var departed: Set<TagUID> = []
    /// By which values a gate's site tells its armed items; `nil` for other readers, which look at everything.
    let security: SecurityPolicy?
    /// What a gate asks the air next; `nil` for other readers.
    var scan: GateScan?
    private var mailbox: [StationJob] = []
    /// No more jobs are taken: the reader is about to be let go.
    private var isClosed = false
    /// The rest between two looks, while it lasts.
    private var resting: AsyncStream<Void>.Continuation?
    private var backoff = Backoff()
    var rhythm: PollingRhythm
    /// Somebody knows that the reader may be back: the pause between two attempts ends.
    private var isWoken = false
    /// Takes what goes over the line while it is recorded.
    private var recorder: (@Sendable (Transcript.Line) -> Void)?
    /// The line shall be opened afresh, though nothing is wrong with it.
    private var reopens = false
    /// Turns that the loop has made: grows as long as it is alive, reader or no reader.
    package private(set) var turns: UInt64 = 0
    /// Why the reader is not there; `nil` while it is.
    package private(set) var trouble: ReaderError?
    /// Whether being lost was logged already: one line out, one line back.
    private var saidLost = false

    /// Why it does no more jobs, to whoever comes too late.
    private static let letGo = "it was taken away, or the service is stopping"
    /// Jobs that may wait at once.
    private static let mailboxLimit = 32
    /// Failed looks in a row after which the reader is opened afresh.
    private static let strikes = 3
    /// How soon a pause is seen to have ended.
    private static let pauseStep = Duration.milliseconds(250)
    /// Lines of a recording: some twenty minutes of a busy pad.
    private static let recordedLines = 100_000

    /// - Parameters:
    ///   - seat: the thread of the gates, for a gate.
    ///   - security: for a gate, the values its site's armed items carry; its looks then ask for those first.
    ///   - knows: whether a tag's item is known already, so that its memory need not be read again.
    ///   - deliver: takes each look at the field that brought something.
    ///   - announce: takes every change of the station's state.
    package init(
        setup: StationSetup,
        time: Timekeeper,
        logger: Logger,
        seat: Seat = Seat(),
        security: SecurityPolicy? = nil,
        knows: @escaping @Sendable (TagUID) async -> Bool,
        deliver: @escaping @Sendable (StationRound) async -> Void,
        announce: @escaping @Sendable (StationReport) async -> Void
    ) {
        self.setup = setup
        self.seat = seat
        self.time = time
        self.logger = logger
        self.security = security
        self.knows = knows
        self.deliver = deliver
        self.announce = announce
        presence = Presence(removal: setup.role.removal)
        rhythm = PollingRhythm(role: setup.role, interval: setup.interval)
    }

    /// How it stands at this moment; the reader is not asked.
    package var report: StationReport {
        StationReport(
            name: setup.name,
            role: setup.role,
            driver: setup.driver.identity.name,
            place: setup.place,
            state: state,
            lastAnswer: lastAnswer,
            tagsPresent: presence.count
        )
    }

    /// Keeps the reader until cancelled; never throws because of a reader.
    package func run() async {
        (state, isClosed) = (.connecting, false)
        while !Task.isCancelled {
            turns &+= 1
            do throws(ReaderError) {
                try await openAndServe()
                if reopens { continue }
            } catch {
                // What a wait says that was given up is no word of the reader.
                if Task.isCancelled { break }
                await lost(error)
            }
            guard await pause(backoff.next(time.jitter())) else { break }
        }
        // Whoever comes from now on is told so: nobody would ever do their job.
        if case .offline = state {} else { state = .offline(cause: Self.letGo, hint: nil) }
        refuseWaiting(cause: Self.letGo)
    }

    /// Ends the pause between two attempts: a device was plugged in, and it may be this one.
    package func wake() {
        guard case .online = state else {
            backoff = Backoff()
            isWoken = true
            return
        }
    }

    /// Writes down what goes over the line for so long, from the opening of the reader on, as the text of a transcript;
    /// it replays.
    package func record(for duration: Duration) async throws(StationError) -> String {
        guard recorder == nil else { throw .busy(name: setup.name) }
        let (lines, record) = AsyncStream.makeStream(
            of: Transcript.Line.self,
            bufferingPolicy: .bufferingOldest(Self.recordedLines)
        )
        record.yield(Transcript.heading(driver: setup.driver.identity.name))
        recorder = { record.yield($0) }
        reopens = true
        wake()
        try? await time.sleep(duration)
        recorder = nil
        record.finish()
        var transcript = Transcript()
        for await line in lines { transcript.lines.append(line) }
        return transcript.text
    }

    private func openAndServe() async throws(ReaderError) {
        reopens = false
        let link = CountingLink(try await ReaderError.opened(setup.openLink), in: line)
        guard let recorder else {
            var reader = try await setup.driver.open(link)
            await found(reader.information)
            return try await serve(&reader)
        }
        let opened = try await setup.driver.open(RecordingLink(link, to: recorder))
        var reader: any Reader & ~Copyable = RecordingReader(opened, to: recorder)
        await found(reader.information)
        try await serve(&reader)
    }

    /// Waits for so long, or until woken; whether to go on.
    private func pause(_ duration: Duration) async -> Bool {
        var rest = duration
        while rest > .zero, !isWoken {
            let step = min(rest, Self.pauseStep)
            guard (try? await time.sleep(step)) != nil else { return false }
            rest -= step
        }
        isWoken = false
        return !Task.isCancelled
    }

    /// Does `work` on the reader, between two looks at the field, and returns its result.
    package func perform<Value: Sendable>(
        _ work: @escaping @Sendable (inout any Reader & ~Copyable) async -> Value
    ) async throws(StationError) -> Value {
        guard !isClosed else { throw .offline(name: setup.name, cause: Self.letGo) }
        guard mailbox.count < Self.mailboxLimit else { throw .busy(name: setup.name) }
        return try await leave(work)
    }

    private func leave<Value: Sendable>(
        _ work: @escaping @Sendable (inout any Reader & ~Copyable) async -> Value
    ) async throws(StationError) -> Value {
        guard case .online = state else {
            throw .offline(name: setup.name, cause: offlineCause)
        }
        let result: Result<Value, StationError> = await withCheckedContinuation { continuation in
            mailbox.append(
                StationJob(
                    perform: { reader in continuation.resume(returning: .success(await work(&reader))) },
                    refuse: { continuation.resume(returning: .failure($0)) }
                )
            )
            resting?.finish()
        }
        return try result.get()
    }

    /// Takes no more jobs, and returns when those are done that were left before; at once where the reader is away.
    package func finishJobs() async {
        isClosed = true
        // Its own place is beside those of the mailbox: where that is full most is left to be done.
        _ = try? await leave { _ in }
    }

    /// Alternates between jobs and looks at the field until the reader is lost or the station is cancelled.
    private func serve(_ reader: inout any Reader & ~Copyable) async throws(ReaderError) {
        var failures = 0
        while !Task.isCancelled, !reopens {
            turns &+= 1
            // What is not begun when the reader is let go is refused, and does not fail at its first question.
            while !mailbox.isEmpty, !Task.isCancelled {
                let job = mailbox.removeFirst()
                await job.perform(&reader)
            }
            do throws(ReaderError) {
                try await look(&reader)
                failures = 0
                // Being opened alone is no proof: what fails at its first question would be opened twice a second.
                backoff = Backoff()
            } catch {
                failures += 1
                if error.meansGone || failures >= Self.strikes { throw error }
                // Silence may be a slow tag; a reader that does not answer for itself either is gone.
                if case .noReply = error { try await reader.ping() }
                logger.debug("look failed", metadata: ["reader": "\(setup.name)", "cause": "\(error)"])
            }
            let rest = max(rhythm.rest(at: time.uptime()), failures > 0 ? .milliseconds(50) : .zero)
            if rest > .zero, mailbox.isEmpty {
                await self.rest(rest)
            } else {
                // A line that answers at once never suspends, and those who leave jobs must get their turn.
                await Task.yield()
            }
        }
    }

    /// Lets the field be for so long; a job ends the rest at once.
    private func rest(_ duration: Duration) async {
        let time = time
        let (disturbances, resting) = AsyncStream.makeStream(of: Void.self)
        self.resting = resting
        // Children, which stay on the station's own thread where it has one.
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await time.sleep(duration) }
            group.addTask { for await _ in disturbances {} }
            await group.next()
            group.cancelAll()
        }
        self.resting = nil
    }

    private func found(_ information: ReaderInformation) async {
        scan = security.map {
            GateScan(
                $0,
                GateScan.Means(
                    hasAFI: information.abilities.contains(.inventoryByAFI),
                    hasPoll: information.abilities.contains(.oneSlotPoll),
                    hasEAS: information.abilities.contains(.easPoll)
                )
            )
        }
        state = .online(information)
        trouble = nil
        lastAnswer = time.now()
        saidLost = false
        logger.notice(
            "reader online",
            metadata: ["reader": "\(setup.name)", "model": "\(information.model)", "place": "\(setup.place)"]
        )
        await announce(report)
    }

    private func lost(_ error: ReaderError) async {
        state = .offline(cause: "\(error)", hint: error.hint)
        trouble = error
        refuseWaiting(cause: "\(error)")
        await emptyField()
        guard !saidLost else { return }
        saidLost = true
        logger.warning(
            "reader offline",
            metadata: ["reader": "\(setup.name)", "place": "\(setup.place)", "cause": "\(error)"]
        )
        await announce(report)
    }

    private func refuseWaiting(cause: String) {
        let waiting = mailbox
        mailbox = []
        for job in waiting {
            job.refuse(.offline(name: setup.name, cause: cause))
        }
    }

    private var offlineCause: String {
        switch state {
        case .offline(let cause, _): cause
        case .connecting, .online: "still connecting"
        }
    }
}
