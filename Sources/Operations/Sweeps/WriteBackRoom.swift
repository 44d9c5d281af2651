import Importers
package import Library
package import Logging
import SIP2
package import Store

/// Tells library systems what sweeps saw: a portion at a time, each item's result on the disk before the next one goes.
///
/// Whoever asks gets the result of the portion and asks again until nothing remains; who stops asking stops the
/// telling. What is done is never sent again, whoever asks and however often. Before a check-in goes out it is on the
/// disk that it does: after a power cut the item is uncertain, and a person looks it up.
package actor WriteBackRoom {
    private let store: Store
    private let sweeps: SweepRoom
    private let link: CirculationLink?
    private let time: Timekeeper
    private let logger: Logger
    /// Library systems that may be told over HTTP, in the order of the configuration.
    package nonisolated let targets: [WriteBackSetup]
    /// Sweeps and routes that somebody tells of at this moment.
    private var busy: Set<String> = []
    /// When each target was asked last, so that the pause holds from one portion to the next.
    private var lastAsked: [String: Moment] = [:]

    /// Items of one portion at most: some ten seconds at the usual pause.
    package static let portion = 50

    package init(
        store: Store,
        sweeps: SweepRoom,
        link: CirculationLink?,
        targets: [WriteBackSetup],
        time: Timekeeper,
        logger: Logger
    ) {
        self.store = store
        self.sweeps = sweeps
        self.link = link
        self.targets = targets
        self.time = time
        self.logger = logger
    }

    /// Where FOLIO checks in, for files; `nil` where it is not set up.
    package nonisolated var servicePoint: String? {
        targets.first { $0.target.system == .folio }?.target.servicePoint
    }

    /// The systems that may be told, each with its route; `name` is `nil` for the one over SIP2.
    package nonisolated var places: [(route: WriteBackRoute, name: String?, place: String)] {
        let overHTTP = targets.map { setup -> (route: WriteBackRoute, name: String?, place: String) in
            (setup.target.system == .folio ? .folio : .kohaFields, setup.name, setup.label)
        }
        return overHTTP + (link.map { [(.sip2, nil, $0.settings.place)] } ?? [])
    }

    /// Everything that was told of a sweep, in the order of telling.
    package func results(of sweep: Sweep.ID) async throws -> [WriteBackResult] {
        _ = try await sweeps.sweep(sweep)
        return try store.writeBacks(of: sweep)
    }

    /// Tells the next portion; with `dryRun` only what it would be. `picked` narrows it to these items.
    package func tell(
        _ sweep: Sweep.ID,
        route: WriteBackRoute,
        target name: String?,
        picked: [String],
        dryRun: Bool
    ) async throws -> WriteBackProgress {
        guard route.isLive else { throw WriteBackRefusal.onlyFile(route) }
        if route.wantsPicked, picked.isEmpty { throw WriteBackRefusal.notPicked(route) }
        let place = try place(route, name)
        let key = "\(sweep) \(route.rawValue)"
        guard busy.insert(key).inserted else { throw WriteBackRefusal.busy }
        defer { busy.remove(key) }
        var report = WriteBackProgress(route: route, place: place.words)
        let waiting = try await waiting(sweep, route, picked, &report)
        report.remaining = waiting.count
        guard !dryRun, !waiting.isEmpty else {
            report.next = waiting.prefix(Self.portion).map(\.barcode)
            return report
        }
        let portion = Array(waiting.prefix(Self.portion))
        switch place {
        case .link(let link): try await tell(portion, of: sweep, over: link, &report)
        case .target(let setup): try await tell(portion, of: sweep, route, to: setup, &report)
        }
        return report
    }

    private enum Place {
        case link(CirculationLink)
        case target(WriteBackSetup)

        var words: String {
            switch self {
            case .link(let link): link.settings.place
            case .target(let setup): "\(setup.name) (\(setup.label))"
            }
        }
    }

    private func place(_ route: WriteBackRoute, _ name: String?) throws -> Place {
        if route == .sip2 {
            guard let link else { throw WriteBackRefusal.noLink }
            return .link(link)
        }
        let system: PullSource.System = route == .folio ? .folio : .koha
        let fitting = targets.filter { $0.target.system == system }
        guard let setup = name.map({ name in fitting.first { $0.name == name } }) ?? fitting.first,
            name != nil || fitting.count == 1
        else { throw WriteBackRefusal.noTarget(name: name, known: fitting.map(\.name), system: system) }
        return .target(setup)
    }

    /// The items that are still to be told of, in shelf order; what is left out or told already goes into the report.
    private func waiting(
        _ sweep: Sweep.ID,
        _ route: WriteBackRoute,
        _ picked: [String],
        _ report: inout WriteBackProgress
    ) async throws -> [WriteBackItem] {
        let seen = try await sweeps.seenItems(sweep)
        let wanted = Set(picked)
        if let stranger = wanted.subtracting(seen.map(\.item.barcode)).min() {
            throw WriteBackRefusal.notSeen(stranger)
        }
        let told = try store.latestWriteBacks(of: sweep, route: route)
        let file = WriteBack(route, seen: seen, secondsAhead: time.secondsAhead)
        var waiting: [WriteBackItem] = []
        for ((item, at), line) in zip(seen, file.results) where wanted.isEmpty || wanted.contains(item.barcode) {
            if let before = told[item.barcode], before.state.isSettled(isRepeatable: route.isRepeatable) {
                report.count(before.state)
                continue
            }
            guard line.isWritten else {
                report.leftOut.append(
                    WriteBackAnswer(barcode: item.barcode, state: .leftOut, result: line.result)
                )
                continue
            }
            let secondsAhead = time.secondsAhead(at)
            waiting.append(WriteBackItem(barcode: item.barcode, seenAt: at, secondsAhead: secondsAhead))
        }
        return waiting
    }

    private func keep(
        _ answers: [WriteBackAnswer],
        of sweep: Sweep.ID,
        _ route: WriteBackRoute,
        _ report: inout WriteBackProgress
    ) throws {
        guard !answers.isEmpty else { return }
        let now = time.now()
        try store.recordWriteBack(
            of: sweep,
            answers.map {
                WriteBackResult(
                    route: route,
                    barcode: $0.barcode,
                    at: now,
                    state: $0.state,
                    result: $0.result
                )
            }
        )
        report.answers += answers
        for answer in answers { report.count(answer.state) }
        report.remaining -= answers.count
    }

    private func announce(_ barcodes: [String], of sweep: Sweep.ID, _ route: WriteBackRoute) throws {
        let now = time.now()
        try store.recordWriteBack(
            of: sweep,
            barcodes.map {
                WriteBackResult(
                    route: route,
                    barcode: $0,
                    at: now,
                    state: .sent,
                    result: "on its way; if nothing follows, look it up in the library system"
                )
            }
        )
    }
}

/// Over HTTP.
extension WriteBackRoom {
    private func tell(
        _ items: [WriteBackItem],
        of sweep: Sweep.ID,
        _ route: WriteBackRoute,
        to setup: WriteBackSetup,
        _ report: inout WriteBackProgress
    ) async throws {
        let door = try await setup.open()
        var call = WriteBackCall(setup.target, door.credentials, items: items, at: time.now())
        do {
            try await run(&call, of: sweep, route, setup, door, &report)
        } catch {
            await door.close()
            throw error
        }
        await door.close()
    }

    private func run(
        _ call: inout WriteBackCall,
        of sweep: Sweep.ID,
        _ route: WriteBackRoute,
        _ setup: WriteBackSetup,
        _ door: WriteBackDoor,
        _ report: inout WriteBackProgress
    ) async throws {
        // Told to be on their way, and nothing came of them yet.
        var open: [String] = []
        while true {
            try Task.checkCancellation()
            switch call.next() {
            case .send(let request, let barcodes):
                if !barcodes.isEmpty {
                    try await pause(setup)
                    if !call.isRepeatable, barcodes != open {
                        try announce(barcodes, of: sweep, route)
                        open = barcodes
                    }
                }
                let answers: [WriteBackAnswer]
                do {
                    let response = try await door.send(request)
                    answers = call.received(response, at: time.now())
                } catch let loss as WriteBackLoss {
                    answers = call.lost(loss.cause, wasSent: loss.wasSent)
                }
                try keep(answers, of: sweep, route, &report)
                if !answers.isEmpty { open = [] }
            case .wait(let duration): try await time.sleep(duration)
            case .finished: return
            case .failed(let failure):
                report.trouble = failure
                // The system has said itself that it did not do it, or it never heard of it.
                let waiting = open.map { WriteBackAnswer(barcode: $0, state: .leftOut, result: "not taken yet") }
                try keep(waiting, of: sweep, route, &report)
                report.remaining += waiting.count
                logger.warning("write-back stopped", metadata: ["place": "\(setup.name)", "cause": "\(failure)"])
                return
            }
        }
    }

    /// Keeps the requests to one system apart.
    private func pause(_ setup: WriteBackSetup) async throws {
        if let last = lastAsked[setup.name] {
            let left = setup.pause - time.now().since(last)
            // A clock that was set back must not stop everything.
            if left > .zero { try await time.sleep(min(left, setup.pause)) }
        }
        lastAsked[setup.name] = time.now()
    }
}

/// Over SIP2, one picked item after the other.
extension WriteBackRoom {
    private func tell(
        _ items: [WriteBackItem],
        of sweep: Sweep.ID,
        over link: CirculationLink,
        _ report: inout WriteBackProgress
    ) async throws {
        for item in items {
            try announce([item.barcode], of: sweep, .sip2)
            let answer: WriteBackAnswer
            do {
                answer = Self.answer(item.barcode, try await link.checkIn(item.barcode))
            } catch let error where error.isUnreachable {
                // Nothing was asked: the item waits for the next time.
                try keep(
                    [WriteBackAnswer(barcode: item.barcode, state: .leftOut, result: "not sent: \(error)")],
                    of: sweep,
                    .sip2,
                    &report
                )
                report.remaining += 1
                report.away = "\(error)"
                return
            } catch {
                answer = WriteBackAnswer(barcode: item.barcode, state: .uncertain, result: "\(error)")
            }
            try keep([answer], of: sweep, .sip2, &report)
        }
    }

    private static func answer(_ barcode: String, _ outcome: CheckinOutcome) -> WriteBackAnswer {
        switch outcome {
        case .made: WriteBackAnswer(barcode: barcode, state: .done, result: "checked in")
        case .madeBefore: WriteBackAnswer(barcode: barcode, state: .done, result: "checked in, the answer was lost")
        case .refused: WriteBackAnswer(barcode: barcode, state: .refused, result: "the library system did not take it")
        case .uncertain(let error): WriteBackAnswer(barcode: barcode, state: .uncertain, result: "\(error)")
        }
    }
}
