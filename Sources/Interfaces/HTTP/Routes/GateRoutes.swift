import API
import Foundation
import Hummingbird
import Library
import Operations
import Tags

/// The gates: how they stand, their alarms, and what staff do about them.
struct GateRoutes {
    let desk: ServiceDesk

    func add(to router: Router<some RequestContext>) {
        router.get("/v1/gate") { _, _ in try Response.json(await report()) }
        router.get("/v1/gate/alarms") { request, _ in
            let limit = try request.number("limit", in: 1...1000) ?? 50
            let records: [GateAlarmRecord]
            if let after = try request.number("after", in: 0...Int.max) {
                records = try desk.gate.alarms(after: GateAlarmRecord.ID(after), limit: limit)
            } else {
                records = try desk.gate.latest(limit).reversed()
            }
            var response = try Response.json(try alarms(records))
            if records.count == limit, let last = records.last {
                response.headers[named: "Link"] = request.next(["after": String(last.id), "limit": String(limit)])
            }
            return response
        }
        router.post("/v1/gate/alarms/:id/outcome") { request, context in
            let text = try context.word("id")
            let wanted: OutcomeRequest = try await request.json()
            let outcome = try word(wanted.outcome, "outcome", of: GateOutcome.self)
            let absent = Problem.notFound("alarm \(text)", hint: "see pressmark gate alarms")
            guard let id = GateAlarmRecord.ID(text) else { throw absent }
            if !context.caller.scope.isEverywhere {
                guard id > 0, let alarm = try desk.gate.alarms(after: id - 1, limit: 1).first, alarm.id == id else {
                    throw absent
                }
                try context.caller.check(places: [alarm.alarm.gate])
            }
            guard let record = try await desk.gate.record(outcome, of: id) else { throw absent }
            return try Response.json(try alarms([record])[0])
        }
        router.post("/v1/gate/mute") { request, _ in
            let wanted: MuteRequest = try await request.json()
            let bells = try bells()
            if let gate = wanted.gate { try await known(gate) }
            guard (0...120).contains(wanted.minutes) else {
                throw Problem.invalid("minutes", found: "\(wanted.minutes)", wanted: "0 to 120")
            }
            if wanted.minutes == 0 {
                await bells.unmute(wanted.gate)
            } else {
                await bells.mute(wanted.gate, for: .seconds(wanted.minutes * 60))
            }
            return try Response.json(await report())
        }
        router.post("/v1/gate/test") { request, _ in
            let wanted: GateTestRequest = try await request.json()
            try await known(wanted.gate)
            _ = try await bells().signal(.test, at: wanted.gate)
            return try Response.json(await report())
        }
        router.post("/v1/gate/self-test") { request, _ in
            let wanted: GateTestRequest = try await request.json()
            try await known(wanted.gate)
            guard await !desk.gate.keeper.beginSelfTest(gate: wanted.gate).isEmpty else {
                throw Problem(
                    type: "no-sentinel",
                    title: "No sentinel tag",
                    status: 409,
                    detail: "the rules name no sentinel tag of \(wanted.gate)",
                    hint: "fix a tag near each antenna and name it in the rules: sentinel ANTENNA = NUMBER"
                )
            }
            return try Response.json(await report())
        }
        router.post("/v1/gate/close-day") { _, _ in try Response.json(await desk.gate.keeper.closeDay()) }
        addWalkTest(to: router)
        addKnowledge(to: router)
    }

    private func addWalkTest(to router: Router<some RequestContext>) {
        router.post("/v1/gate/walk-test") { request, _ in
            let wanted: WalkTestRequest = try await request.json()
            guard (1...WalkTest.mostWalks).contains(wanted.walks) else {
                throw Problem.invalid("walks", found: "\(wanted.walks)", wanted: "1 to \(WalkTest.mostWalks)")
            }
            let uid = try tag(wanted)
            let walk = await desk.gate.keeper.beginWalkTest(gate: wanted.gate, uid: uid, planned: wanted.walks)
            guard let walk else { throw await unknown(wanted.gate) }
            return try Response.json(WalkTestState(walk), status: .created)
        }
        router.get("/v1/gate/walk-test") { request, _ in
            let gate = request.word("gate") ?? ""
            guard let walk = await desk.gate.keeper.walkTest(gate: gate) else { throw noWalk(gate) }
            return try Response.json(WalkTestState(walk))
        }
        router.post("/v1/gate/walk-test/next") { request, _ in
            let wanted: WalkTestStep = try await request.json()
            guard let walk = await desk.gate.keeper.endWalk(gate: wanted.gate) else { throw noWalk(wanted.gate) }
            return try Response.json(WalkTestState(walk))
        }
        router.post("/v1/gate/walk-test/end") { request, _ in
            let wanted: WalkTestStep = try await request.json()
            guard let walk = await desk.gate.keeper.endWalkTest(gate: wanted.gate) else { throw noWalk(wanted.gate) }
            return try Response.json(WalkTestState(walk))
        }
    }

    private func addKnowledge(to router: Router<some RequestContext>) {
        router.get("/v1/gate/passes") { request, _ in try request.page(try passes()) { $0.barcode } }
        router.post("/v1/gate/passes") { request, _ in
            let wanted: PassRequest = try await request.json()
            guard (1...200).contains(wanted.barcode.utf8.count) else {
                throw Problem.invalid("barcode", found: "\(wanted.barcode.utf8.count) bytes", wanted: "1 to 200")
            }
            if wanted.days == 0 {
                guard try await desk.gate.takeBack(barcode: wanted.barcode) else {
                    throw Problem.notFound("pass of \(wanted.barcode)", hint: "see pressmark gate passes")
                }
                return try Response.json(try passes())
            }
            guard (1...400).contains(wanted.days) else {
                throw Problem.invalid("days", found: "\(wanted.days)", wanted: "0 to 400")
            }
            let kind = try word(wanted.kind, "kind", of: GatePass.Kind.self)
            let now = desk.time.now()
            let until = now + .seconds(wanted.days * 86_400)
            try await desk.gate.give(GatePass(barcode: wanted.barcode, kind: kind, from: now, until: until))
            return try Response.json(try passes())
        }
        router.post("/v1/gate/replay") { request, _ in
            let wanted: ReplayRequest = try await request.json()
            guard (1...365).contains(wanted.days) else {
                throw Problem.invalid("days", found: "\(wanted.days)", wanted: "1 to 365")
            }
            let policy = try rules(wanted.rules)
            let since = desk.time.now() + .seconds(-wanted.days * 86_400)
            return try Response.json(ReplayReport(try await desk.gate.replay(since: since, with: policy)))
        }
        router.post("/v1/gate/rules") { request, _ in
            let wanted: RulesRequest = try await request.json()
            guard !wanted.by.isEmpty else { throw Problem.invalid("by", found: "nothing", wanted: "a name") }
            let policy: GatePolicy
            do throws(GateRoom.PolicyRefusal) {
                policy = try await desk.gate.follow(
                    rules: wanted.rules,
                    base: desk.gatePolicyBase,
                    confirmed: wanted.confirmed,
                    by: wanted.by
                )
            } catch {
                throw Problem(error)
            }
            let silence = policy.silence(at: desk.time.now())
            let text =
                switch silence {
                case .rules?: "in force; nothing will sound under them"
                case .learning?: "in force; nothing will sound before the end of learning"
                case nil: "in force"
                }
            return try Response.json(RulesReport(silencesEverything: silence != nil, text: text))
        }
        router.get("/v1/gate/statistics") { request, _ in
            let days = try request.number("days", in: 1...3650) ?? 7
            let gate = request.word("gate")
            if let gate { try await known(gate) }
            let since = desk.time.now() + .seconds(-days * 86_400)
            let statistics = try desk.gate.statistics(
                since: since,
                gate: gate,
                hour: desk.gateHour,
                weekday: desk.gateWeekday
            )
            return try Response.json(
                GateStatisticsReport(statistics, days: days, sentinels: try await sentinels(gate))
            )
        }
        router.get("/v1/gate/forgotten") { _, _ in
            let (list, oldest) = try desk.gate.forgettings()
            return try Response.json(
                ForgettingReport(
                    keepDays: Int(desk.gate.retention.components.seconds / 86_400),
                    oldest: oldest.map { Date($0) },
                    deletions: list.map {
                        Deletion(
                            at: Date($0.at),
                            before: Date($0.before),
                            alarms: $0.alarms,
                            passages: $0.passages,
                            reads: $0.reads
                        )
                    }
                )
            )
        }
    }
}

extension GateRoutes {
    private func alarms(_ records: [GateAlarmRecord]) throws -> [Alarm] {
        let items = try desk.items(records.flatMap { $0.alarm.items.compactMap(\.barcode) })
        return records.map { Alarm($0, items: items) }
    }

    private func report() async throws -> GateReport {
        let now = desk.time.now()
        let statistics = try desk.gate.statistics(
            since: now + .seconds(-30 * 86_400),
            hour: desk.gateHour,
            weekday: desk.gateWeekday
        )
        let index = await desk.gate.keeper.indexView
        var gates: [GateView] = []
        for view in await desk.gate.keeper.views { gates.append(try await self.view(view)) }
        return GateReport(
            gates: gates,
            fire: await desk.gate.bells?.isFire ?? false,
            indexItems: index.items,
            indexTags: index.tags,
            holdingsAt: index.holdingsAt.map { Date($0) },
            alarmsToday: try desk.alarmCount(since: desk.siteDay(now).began),
            falseAlarms: Share(statistics.falseAlarms),
            misses: Share(statistics.misses)
        )
    }

    private func view(_ view: GateKeeper.View) async throws -> GateView {
        let tags = try desk.gate.records(of: view.parkings.map(\.uid))
        let items = try desk.items(tags.values.compactMap(\.barcode))
        return GateView(
            name: view.gate,
            hears: !view.isDead,
            troubles: view.troubles.map { GateTroubleNote($0) },
            parked: view.parkings.map { parking in
                let barcode = tags[parking.uid]?.barcode
                return ParkedItem(parking, barcode: barcode, item: barcode.flatMap { items[$0] })
            },
            tagsPresent: view.tagsPresent,
            mutedSeconds: Int(await desk.gate.bells?.muteRest(view.gate).components.seconds ?? 0),
            outputs: await desk.gate.bells?.outputs(of: view.gate) ?? [],
            incoming: view.incoming,
            outgoing: view.outgoing,
            lanes: lanes(view, names: await desk.gate.keeper.rules.lanes.map(\.name)),
            sentinels: try await sentinels(view.gate),
            selfTest: view.selfTest.map { Share($0) },
            walkTest: view.walk.map { WalkTestState($0) }
        )
    }

    private func lanes(_ view: GateKeeper.View, names: [String]) -> [LaneCount] {
        view.lanes.map { lane in
            LaneCount(
                lane: lane.number,
                name: names.indices.contains(lane.number - 1) ? names[lane.number - 1] : nil,
                incoming: lane.incoming,
                outgoing: lane.outgoing
            )
        }
    }

    private func passes() throws -> [GatePassView] {
        let passes = try desk.gate.passes()
        let items = try desk.items(passes.map(\.barcode))
        return passes.map {
            GatePassView(
                barcode: $0.barcode,
                kind: $0.kind.rawValue,
                from: Date($0.from),
                until: Date($0.until),
                title: items[$0.barcode]?.title
            )
        }
    }

    private func sentinels(_ gate: String?) async throws -> [SentinelReport] {
        var reports: [SentinelReport] = []
        for view in await desk.gate.keeper.views where gate == nil || view.gate == gate {
            for (antenna, trend) in try desk.gate.sentinels(gate: view.gate).sorted(by: { $0.key < $1.key }) {
                reports.append(SentinelReport(gate: view.gate, antenna: antenna, trend))
            }
        }
        return reports
    }

    private func rules(_ text: String) throws -> GatePolicy {
        do {
            return try GatePolicyFile.apply(text, to: desk.gatePolicyBase).get()
        } catch {
            throw Problem(GateRoom.PolicyRefusal.mistakes(error))
        }
    }

    /// The tag that a walk test is about.
    private func tag(_ wanted: WalkTestRequest) throws -> TagUID {
        if let hex = wanted.uid {
            guard let uid = TagUID(hex: hex) else {
                throw Problem.invalid("uid", found: "'\(hex)'", wanted: "sixteen hexadecimal digits")
            }
            return uid
        }
        guard let barcode = wanted.barcode, let tag = try desk.gate.tag(ofItem: barcode) else {
            throw Problem.notFound(
                wanted.barcode.map { "tag of item \($0)" } ?? "tag",
                hint: "lay the item on a pad once, or name its tag with --uid"
            )
        }
        return tag
    }

    private func bells() throws -> GateBells {
        guard let bells = desk.gate.bells else {
            throw Problem(
                type: "no-outputs",
                title: "No outputs",
                status: 409,
                detail: "no output of a gate is configured",
                hint: "see [[siren]] and [[output]] in pressmark.toml, the configuration"
            )
        }
        return bells
    }

    private func known(_ gate: String) async throws {
        guard await desk.gate.keeper.views.contains(where: { $0.gate == gate }) else { throw await unknown(gate) }
    }

    private func unknown(_ gate: String) async -> Problem {
        let names = await desk.gate.keeper.views.map(\.gate)
        return Problem.notFound(
            "gate \(gate)",
            hint: names.isEmpty ? "no gate is configured" : "wanted one of \(names.joined(separator: ", "))"
        )
    }

    private func noWalk(_ gate: String) -> Problem {
        Problem.notFound("walk test at \(gate)", hint: "begin one with pressmark gate walk-test")
    }

    private func word<Word: RawRepresentable<String> & CaseIterable>(
        _ text: String,
        _ field: String,
        of type: Word.Type
    ) throws -> Word {
        guard let word = Word(rawValue: text) else {
            let wanted = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw Problem.invalid(field, found: "'\(text)'", wanted: wanted)
        }
        return word
    }
}

extension Problem {
    init(_ refusal: GateRoom.PolicyRefusal) {
        switch refusal {
        case .mistakes(let mistakes):
            self.init(
                type: "wrong-rules",
                title: "Rules with mistakes",
                status: 422,
                detail: mistakes.description,
                hint: "see docs/gate.md for the rules and their words; nothing was changed"
            )
        case .silencesEverything(let silence):
            let detail =
                switch silence {
                case .rules: "under these rules no gate would ever sound"
                case .learning: "under these rules no gate would sound before the end of learning"
                }
            self.init(
                type: "rules-silence-everything",
                title: "Nothing would sound",
                status: 409,
                detail: detail,
                hint: "say it a second time with --confirm-silence if that is wanted; nothing was changed"
            )
        }
    }
}
