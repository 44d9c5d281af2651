import Library
package import Logging
package import SIP2

/// Keeps the connections to the library system: takes questions, gives each to a free connection, asks now and then how
/// the system is, and knows whether it is there.
///
/// A connection is a local variable of its loop, so that one request is under way on it at a time.
package actor CirculationLink {
    /// As they stood at the start; others need a restart.
    package nonisolated let settings: CirculationSettings
    let time: Timekeeper
    let logger: Logger
    private let open: SIP2Connection.Open
    private let announce: @Sendable (_ isOnline: Bool) async -> Void
    private let traced: AsyncStream<(SIP2Session.Direction, TraceLine)>
    private let trace: AsyncStream<(SIP2Session.Direction, TraceLine)>.Continuation
    private let wakes: [(stream: AsyncStream<Void>, call: AsyncStream<Void>.Continuation)]

    private var queue: [CirculationJob] = []
    private var pingDue: Set<Int> = []
    private var openNow: Set<Int> = []
    private var state = CirculationReport.State.unknown
    private var since: Moment?
    /// Whether anything may go on without the system, as it said when it was there last; `nil` before it said anything.
    private(set) var offlineWord: Bool?
    private var lines: [CirculationTraceEntry] = []
    private var isStopped = false
    /// Whether the system refused our login: systems lock an account that is tried again and again, so that nothing is
    /// tried before somebody asks for it.
    private var isLoginRefused = false
    /// The pause until the system is asked again, while it lasts.
    private var resting: AsyncStream<Void>.Continuation?
    /// Turns that the loop which asks after the system has made: grows as long as it is alive.
    package private(set) var turns: UInt64 = 0
    /// How long the system took to answer.
    package private(set) var answers = Histogram.answers

    /// Questions that may wait at once.
    private static let queueLimit = 128
    /// Lines of the trace that are kept, in memory only.
    private static let traceLimit = 500

    /// - Parameter announce: told each time the system goes or comes back, before anything else is asked of it.
    package init(
        _ settings: CirculationSettings,
        time: Timekeeper,
        logger: Logger,
        announce: @escaping @Sendable (_ isOnline: Bool) async -> Void = { _ in },
        open: @escaping SIP2Connection.Open
    ) {
        self.settings = settings
        self.time = time
        self.logger = logger
        self.open = open
        self.announce = announce
        (traced, trace) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(Self.traceLimit))
        wakes = (0..<settings.connections).map { _ in
            let (stream, call) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
            return (stream, call)
        }
    }

    /// How the link stands at this moment; nothing is asked of the system for it.
    package var report: CirculationReport {
        CirculationReport(
            place: settings.place,
            system: settings.dialect.title,
            notes: settings.notes + lacking,
            encoding: settings.account.encoding.rawValue,
            hasErrorDetection: settings.account.hasErrorDetection,
            state: state,
            since: since,
            open: openNow.count,
            connections: settings.connections
        )
    }

    private var lacking: [String] {
        if case .online(let word) = state { word.lacking } else { [] }
    }

    /// Whether it answered when it was asked last.
    var isOnline: Bool {
        if case .online = state { true } else { false }
    }

    /// The latest lines, oldest first.
    package var recentLines: [CirculationTraceEntry] { lines }

    /// Keeps the connections until cancelled; never throws because of the library system.
    ///
    /// - Parameter whenOnline: called after each time the system was found to be there.
    package func run(whenOnline: @escaping @Sendable () async -> Void = {}) async {
        await withDiscardingTaskGroup { group in
            for number in wakes.indices { group.addTask { await self.serve(number) } }
            group.addTask { await self.keepLines() }
            await watch(whenOnline)
            group.cancelAll()
        }
        isStopped = true
        for job in queue { job.refuse(.stopping) }
        queue = []
    }

    /// Asks over the next free connection.
    ///
    /// - Parameter tryingLogin: tries the login once more although the system refused it.
    package func ask<Value: Sendable>(
        tryingLogin: Bool = false,
        _ work: @escaping @Sendable (inout SIP2Connection) async throws(SIP2Error) -> Value
    ) async throws(CirculationError) -> Value {
        guard !isStopped else { throw .stopping }
        guard queue.count < Self.queueLimit else { throw .busy }
        let result: Result<Value, CirculationError> = await withCheckedContinuation { continuation in
            queue.append(
                CirculationJob(
                    triesLogin: tryingLogin,
                    perform: { connection in
                        do throws(SIP2Error) {
                            continuation.resume(returning: .success(try await work(&connection)))
                            return nil
                        } catch {
                            continuation.resume(returning: .failure(.system(error)))
                            return error
                        }
                    },
                    refuse: { continuation.resume(returning: .failure($0)) }
                )
            )
            for wake in wakes { wake.call.yield() }
        }
        return try result.get()
    }

    /// Asks the system how it is, over a fresh connection when there is none; a login that it refused is tried again
    /// once, since somebody asks.
    package func ping() async throws(CirculationError) {
        try await ask(tryingLogin: true) { (connection: inout SIP2Connection) async throws(SIP2Error) in
            try await connection.ping()
        }
    }

    private func serve(_ number: Int) async {
        let write = trace
        var connection = SIP2Connection(
            account: settings.account,
            trace: { direction, line in write.yield((direction, line)) },
            open: open
        )
        for await _ in wakes[number].stream {
            // An idle connection is asked now and then: systems drop those that say nothing.
            let mayCall = number == 0 && !isLoginRefused
            if pingDue.remove(number) != nil, connection.isOpen || mayCall, queue.isEmpty {
                let openings = connection.openings
                var failure: SIP2Error?
                do throws(SIP2Error) {
                    try await connection.ping()
                } catch {
                    failure = error
                }
                if connection.openings != openings { isLoginRefused = false }
                await note(number, connection.isOpen, connection.status, failure)
            }
            while let next = queue.first, !Task.isCancelled {
                if isLoginRefused, !connection.isOpen, !next.triesLogin {
                    // A connection that stands from before answers it.
                    guard openNow.isEmpty else { break }
                    queue.removeFirst()
                    next.refuse(.system(.loginRefused))
                    await note(number, false, nil, .loginRefused)
                    continue
                }
                let job = queue.removeFirst()
                let (start, openings) = (time.uptime(), connection.openings)
                let error = await job.perform(&connection)
                answers.observe(time.uptime() - start)
                // Only a login that was taken ends the refusal: over a connection that stands nobody has tried one.
                if connection.openings != openings { isLoginRefused = false }
                await note(number, connection.isOpen, connection.status, error)
            }
        }
    }

    private func watch(_ whenOnline: @Sendable () async -> Void) async {
        var recall = Recall(interval: settings.pingInterval)
        var pause = Pause.whole
        repeat {
            turns &+= 1
            if pause == .whole {
                pingDue = Set(wakes.indices)
                for wake in wakes { wake.call.yield() }
            }
            if isOnline {
                recall.reset()
                await whenOnline()
            }
            pause = await rest(isOnline ? settings.pingInterval : recall.next())
        } while pause != .cancelled && !Task.isCancelled
    }

    /// How a pause between two questions ended.
    private enum Pause {
        case whole, cut, cancelled
    }

    /// Waits for so long, or until the system is back because somebody has asked it something.
    private func rest(_ duration: Duration) async -> Pause {
        let time = time
        let (news, resting) = AsyncStream.makeStream(of: Void.self)
        self.resting = resting
        let end = await withTaskGroup(of: Pause.self) { group in
            group.addTask { (try? await time.sleep(duration)) == nil ? .cancelled : .whole }
            group.addTask {
                for await _ in news {}
                return .cut
            }
            let first = await group.next() ?? .cancelled
            group.cancelAll()
            return first
        }
        self.resting = nil
        return end
    }

    private func keepLines() async {
        for await (direction, line) in traced {
            if lines.count >= Self.traceLimit { lines.removeFirst(lines.count - Self.traceLimit + 1) }
            lines.append(CirculationTraceEntry(at: time.now(), direction: direction, line: line))
        }
    }

    private func note(_ number: Int, _ isOpen: Bool, _ status: SystemStatus?, _ error: SIP2Error?) async {
        let before = isOnline
        if error == .loginRefused { isLoginRefused = true }
        if isOpen { openNow.insert(number) } else { openNow.remove(number) }
        switch error {
        // Words of its own are an answer as well.
        case nil, .answeredInWords?:
            guard let status else { return }
            if case .online = state {} else { changed("library system is there") }
            state = .online(CirculationWord(status))
            offlineWord = status.allowsOffline
        case .notCarried?: return
        case .some(let error):
            if case .away = state {} else { changed("\(error)") }
            state = .away(.system(error))
        }
        // From not asked yet to away is no change for those who were told that it is not there.
        guard isOnline != before else { return }
        await announce(isOnline)
        if isOnline { resting?.finish() }
    }

    /// One line in the log when it goes, one when it is back.
    private func changed(_ what: String) {
        since = time.now()
        logger.notice("library system", metadata: ["place": "\(settings.place)", "now": "\(what)"])
    }
}
