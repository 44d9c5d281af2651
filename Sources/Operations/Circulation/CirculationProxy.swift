import Library
package import Logging
import SIP2
import Synchronization
package import Wire

/// Stands between kiosks that know nothing of radio tags and their library system: every byte passes as it is, and the
/// items on the kiosk's pad follow the answers.
///
/// The loan is the library system's affair alone: nothing here refuses, delays beyond a limit or takes back a loan.
package actor CirculationProxy {
    /// Makes the tags of an item on the pad follow an answer.
    package typealias Follow = @Sendable (ProxyOrder) async -> ProxyEnd
    /// Learns what an answer means, whatever becomes of the tags.
    package typealias Hear = @Sendable (ProxyOrder) -> Void
    /// Tells where in the security journal stands what is answered now; `nil` where it cannot be read.
    package typealias Place = @Sendable () -> LoanStanding?

    /// As they stood at the start; others need a restart.
    package nonisolated let settings: ProxySettings
    private let time: Timekeeper
    private let logger: Logger
    private let place: Place
    private let hear: Hear
    private let follow: Follow
    private let orders: AsyncStream<(Int, ProxyOrder)>
    private let order: AsyncStream<(Int, ProxyOrder)>.Continuation
    private var count = 0
    private var waiting: [Int: CheckedContinuation<String?, Never>] = [:]
    /// Counts since the start, and how many kiosks are connected now.
    package private(set) var report: ProxyReport

    /// Items that may wait for their tags to be changed; a pad holds some ten.
    private static let limit = 64
    private static let tooMany = "too many items wait"
    /// How long a system is waited for that has not answered a kiosk before it hung up, and how soon its answer is seen.
    private static let lastWord = (patience: Duration.seconds(30), step: Duration.milliseconds(250))

    /// Makes a proxy that has no kiosk yet; ``serve(kiosk:system:)`` takes each one that calls.
    ///
    /// - Parameters:
    ///   - place: asked as each answer passes, since an order may wait long for its turn.
    ///   - hear: is told of each loan, renewal and return as its answer passes, also of one whose tags cannot follow.
    ///   - follow: changes the tags of one item on the pad and reads them back.
    package init(
        _ settings: ProxySettings,
        time: Timekeeper,
        logger: Logger,
        place: @escaping Place = { nil },
        hear: @escaping Hear = { _ in },
        follow: @escaping Follow
    ) {
        self.settings = settings
        self.time = time
        self.logger = logger
        self.place = place
        self.hear = hear
        self.follow = follow
        (orders, order) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.limit))
        report = ProxyReport(name: settings.name, reader: settings.reader)
    }

    /// Notes why no kiosk can call, or with `nil` that the port is had.
    package func note(_ trouble: LinkError?) {
        report.trouble = trouble.map { "\($0)" }
        report.hint = trouble?.hint
    }

    /// Notes why the library system could not be called for a kiosk, or with `nil` that it was.
    package func note(system trouble: LinkError?) {
        report.systemTrouble = trouble.map { "\($0)" }
        report.systemHint = trouble?.hint
    }

    /// Changes tags as answers pass, one item after the other, until cancelled.
    package func run() async {
        for await (number, order) in orders {
            let end = await follow(order)
            var failure: String?
            switch end {
            case .followed: report.changed += 1
            case .nothing: break
            case .failed(let why):
                failure = why
                failed(order, why)
            }
            finish(number, failure)
        }
    }

    /// Serves one kiosk until either side hangs up; what it has asked is heard out, since a loan or a return stands
    /// although nobody waits for the answer any more.
    package func serve(kiosk: ParkedCall, system: ParkedCall) async {
        report.kiosks += 1
        defer { report.kiosks -= 1 }
        let question = ProxyQuestion()
        let watch = ProxyWatch(encoding: settings.encoding, rules: settings.rules)
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await Self.pass(from: kiosk.listening, to: system.speaking, question, watch)
                await self.hearOut(question)
            }
            group.addTask { await self.answer(from: system.listening, to: kiosk.speaking, question, watch) }
            await group.next()
            group.cancelAll()
        }
    }

    private func hearOut(_ question: ProxyQuestion) async {
        var rest = Self.lastWord.patience
        while question.isOpen, rest > .zero, (try? await time.sleep(Self.lastWord.step)) != nil {
            rest -= Self.lastWord.step
        }
    }

    /// From the kiosk to the system: as it comes.
    private static func pass(
        from source: ParkedLink,
        to target: ParkedLink,
        _ question: ProxyQuestion,
        _ watch: ProxyWatch
    ) async {
        guard var source = await source.take(), var target = await target.take() else { return }
        var decoder = SIP2Decoder()
        while !Task.isCancelled {
            let bytes: [UInt8]
            do throws(LinkError) {
                bytes = try await source.receive(within: .seconds(600))
            } catch .timedOut {
                continue
            } catch {
                return
            }
            question.ask()
            decoder.append(bytes)
            while let found = decoder.next() {
                if case .frame(let frame) = found, let isLate = watch.isLate(frame) { question.isLate = isLate }
            }
            // What did not leave in time is a hole in the talk: nothing may pass behind it.
            guard (try? await target.send(bytes)) != nil else { return }
        }
    }

    /// From the system to the kiosk: as it comes, or line by line where the kiosk's patron may have to be told.
    private func answer(
        from source: ParkedLink,
        to target: ParkedLink,
        _ question: ProxyQuestion,
        _ watch: ProxyWatch
    ) async {
        guard var source = await source.take(), var target = await target.take() else { return }
        var decoder = SIP2Decoder()
        var lines = ProxyLines()
        while !Task.isCancelled {
            let bytes: [UInt8]
            do throws(LinkError) {
                bytes = try await source.receive(within: .seconds(600))
            } catch .timedOut {
                continue
            } catch {
                let rest = lines.rest()
                if !rest.isEmpty { try? await target.send(rest) }
                return
            }
            // The kiosk asks on as soon as it has its answer, whatever is still to be done here.
            let (asked, isLate) = (question.number, question.isLate)
            // A kiosk that takes nothing any more does not undo a loan: the tags follow what has come.
            var isTaken = true
            if settings.tellsKiosk {
                lines.append(bytes)
                while let line = lines.next() {
                    let words = await told(line, isLate, watch)
                    if isTaken { isTaken = (try? await target.send(words)) != nil }
                }
            } else {
                isTaken = (try? await target.send(bytes)) != nil
                decoder.append(bytes)
                while let found = decoder.next() {
                    if case .frame(let frame) = found { take(meaning(of: frame, isLate, watch)) }
                }
            }
            if bytes.last.map(ProxyLines.isEnd) == true { question.answered(asked) }
            guard isTaken else { return }
        }
    }

    /// What an answer means for tags, and whether the kiosk told late of what it answers.
    private func meaning(of frame: SIP2Frame, _ isLate: Bool, _ watch: ProxyWatch) -> [ProxyOrder] {
        watch.orders(of: frame).map { order in
            var order = order
            order.isLate = isLate
            return order
        }
    }

    /// The line as the kiosk gets it: changed only when the tags of its item could not be.
    private func told(_ line: ProxyLines.Line, _ isLate: Bool, _ watch: ProxyWatch) async -> [UInt8] {
        guard let frame = try? SIP2Frame(line.content) else { return line.bytes }
        let orders = meaning(of: frame, isLate, watch)
        guard orders.count == 1, var order = orders.first, case .change = order.verdict else {
            take(orders)
            return line.bytes
        }
        passed(&order)
        report.answers += 1
        guard await outcome(of: order) != nil else { return line.bytes }
        return line.before + watch.adding(settings.notice, to: frame).bytes + line.end
    }

    /// Notes when an order's answer passes, and lets it be heard.
    private func passed(_ order: inout ProxyOrder) {
        order.standing = place()
        hear(order)
    }

    private func take(_ orders: [ProxyOrder]) {
        if !orders.isEmpty { report.answers += 1 }
        for var order in orders {
            if case .leave = order.verdict { continue }
            count += 1
            // Before its tags wait their turn: the loan stands, also where no turn is left for them.
            passed(&order)
            if case .dropped = self.order.yield((count, order)) { failed(order, Self.tooMany) }
        }
    }

    /// Why the tags are not as wanted after the settings' patience; `nil` when they are.
    private func outcome(of order: ProxyOrder) async -> String? {
        count += 1
        let (number, time, patience) = (count, time, settings.patience)
        return await withTaskGroup(of: Void.self) { group in
            group.addTask {
                try? await time.sleep(patience)
                await self.finish(number, "not done in time")
            }
            let failure = await waited(for: order, number)
            group.cancelAll()
            return failure
        }
    }

    private func waited(for order: ProxyOrder, _ number: Int) async -> String? {
        await withCheckedContinuation { continuation in
            waiting[number] = continuation
            if case .dropped = self.order.yield((number, order)) {
                failed(order, Self.tooMany)
                finish(number, Self.tooMany)
            }
        }
    }

    private func finish(_ number: Int, _ failure: String?) {
        waiting.removeValue(forKey: number)?.resume(returning: failure)
    }

    private func failed(_ order: ProxyOrder, _ why: String) {
        report.failed += 1
        report.lastFailure = "\(order.item): \(why)"
        logger.warning(
            "tags do not follow the loan",
            metadata: [
                "proxy": "\(settings.name)", "item": "\(order.item)", "after": "\(order.cause.rawValue)",
                "cause": "\(why)",
            ]
        )
    }
}

/// What a kiosk has asked last.
private final class ProxyQuestion: Sendable {
    private let last = Atomic(0)
    private let lastAnswered = Atomic(0)
    private let wasMade = Atomic(false)

    /// Its number, where each portion of a question counts as one.
    var number: Int { last.load(ordering: .acquiring) }

    /// Whether the library system has not answered it yet.
    var isOpen: Bool { lastAnswered.load(ordering: .acquiring) < number }

    func ask() { last.wrappingAdd(1, ordering: .acquiringAndReleasing) }

    /// The answer to this one has passed; the kiosk may have asked another one since it came.
    func answered(_ number: Int) { lastAnswered.store(number, ordering: .releasing) }

    /// Whether it was a loan or return that the kiosk had made before, while it could not ask. Its answer is the next
    /// one: neither side says anything out of its turn.
    var isLate: Bool {
        get { wasMade.load(ordering: .acquiring) }
        set { wasMade.store(newValue, ordering: .releasing) }
    }
}
