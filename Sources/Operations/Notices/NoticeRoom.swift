package import Library
package import Logging
import Store

/// A way for notices to leave the house.
package struct NoticeChannel: Sendable {
    /// In the configuration.
    package var name: String
    /// What this channel is told, how often, and when it has to be quiet.
    package var rules: NoticeRules
    /// Hands one notice over; returns when the other side has taken it, throws why it has not.
    package var deliver: @Sendable (Notice) async throws -> Void

    package init(
        name: String,
        rules: NoticeRules,
        deliver: @escaping @Sendable (Notice) async throws -> Void
    ) {
        self.name = name
        self.rules = rules
        self.deliver = deliver
    }
}

/// A local time: what the hour and the day of the week are.
package struct NoticeTime: Hashable, Sendable {
    /// 0 to 23.
    package var hour: Int
    /// The day in local time.
    package var weekday: Weekday

    package init(hour: Int, weekday: Weekday) {
        self.hour = hour
        self.weekday = weekday
    }
}

/// Turns what happens into notices, keeps them on the disk until their channels have taken them, and writes summaries.
package actor NoticeRoom {
    private let desk: ServiceDesk
    private let channels: [NoticeChannel]
    private let local: @Sendable (Moment) -> NoticeTime
    private let logger: Logger
    private var governors: [String: NoticeGovernor]
    /// What the doctor found last, by kind and subject.
    private var known: [String: Diagnosis] = [:]
    private var isFirstVisit = true
    /// Channels that fail now, so that the log says so once.
    private var failing: Set<String> = []
    /// Channels to which something is being handed over.
    private var busy: Set<String> = []

    /// Notices of one channel that may wait at once.
    package static let limit = 200
    /// How long a notice is worth telling.
    package static let lifetime = Duration.seconds(86_400)
    private static let tick = Duration.seconds(30)

    /// Makes a room that has told nothing yet; what was kept on the disk before goes out with the first turn.
    ///
    /// - Parameter local: hour and day of the week of a moment in the site's own time.
    package init(
        desk: ServiceDesk,
        channels: [NoticeChannel],
        local: @escaping @Sendable (Moment) -> NoticeTime,
        logger: Logger
    ) {
        self.desk = desk
        self.channels = channels
        self.local = local
        self.logger = logger
        governors = Dictionary(
            channels.map { ($0.name, NoticeGovernor($0.rules)) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// Works until cancelled; returns at once where there is no channel.
    package func run() async {
        guard !channels.isEmpty else { return }
        let events = await Self.events(of: desk.events)
        let (news, tell) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for await event in events {
                    if await self.note(event) { tell.yield() }
                }
            }
            // Beside it: a channel may take its time or not answer at all, and what happens meanwhile is kept.
            group.addTask {
                for await _ in news { await self.deliver() }
            }
            repeat { await pass() } while (try? await desk.time.sleep(Self.tick)) != nil && !Task.isCancelled
            group.cancelAll()
        }
    }

    /// What happens and may be a notice: an alarm must not be lost among the findings of a sweep.
    static func events(of hub: EventHub) async -> AsyncStream<BranchEvent> {
        await hub.events { $0.mayBeNotice }
    }

    /// Takes what others are told; what is urgent goes out at once.
    package func take(_ event: BranchEvent) async {
        if note(event) { await deliver() }
    }

    /// Keeps what is a notice; whether it is one.
    private func note(_ event: BranchEvent) -> Bool {
        if case .lost = event { logger.warning("events were lost: there may have been notices among them") }
        guard let notice = Notice(event, at: desk.time.now()) else { return false }
        take(notice)
        return true
    }

    /// One turn: sees the doctor, writes summaries that are due, and delivers what waits.
    package func pass() async {
        await visitDoctor()
        let now = desk.time.now()
        let time = local(now)
        for channel in channels {
            for notice in governors[channel.name]?.tick(at: now, hour: time.hour) ?? [] {
                keep(notice, for: channel.name)
            }
            await summarise(for: channel, at: now, time)
        }
        await deliver()
    }

    private func take(_ notice: Notice) {
        let now = desk.time.now()
        let hour = local(now).hour
        for channel in channels {
            for passed in governors[channel.name]?.take(notice, at: now, hour: hour) ?? [] {
                keep(passed, for: channel.name)
            }
        }
    }

    private func keep(_ notice: Notice, for channel: String) {
        do {
            try desk.store.keepNotice(notice, for: channel, at: desk.time.now(), limit: Self.limit)
        } catch {
            logger.error("notice not kept", metadata: ["channel": "\(channel)", "cause": "\(error)"])
        }
    }

    /// What is wrong now and was not before, and what is over. A gate's trouble is told by itself, and at once.
    private func visitDoctor() async {
        let facts: DoctorFacts
        do {
            facts = try await desk.doctorFacts()
        } catch {
            logger.warning("doctor", metadata: ["cause": "\(error)"])
            return
        }
        let found = Dictionary(
            facts.diagnoses.filter { $0.kind != .connecting && $0.kind != .noticesWait }
                .map { ("\($0.kind.rawValue) \($0.subject)", $0) },
            uniquingKeysWith: { first, _ in first }
        )
        let now = facts.now
        for (key, diagnosis) in found.sorted(by: { $0.key < $1.key }) where known[key] == nil {
            if diagnosis.kind != .gate || isFirstVisit { take(Notice(diagnosis, at: now)) }
        }
        for (key, diagnosis) in known.sorted(by: { $0.key < $1.key })
        where found[key] == nil && diagnosis.severity > .note {
            take(Notice(over: diagnosis, at: now))
        }
        known = found
        isFirstVisit = false
    }

    private func summarise(for channel: NoticeChannel, at now: Moment, _ time: NoticeTime) async {
        let rules = channel.rules
        guard rules.events.contains(.summary) else { return }
        if let hour = rules.dailyAt, time.hour >= hour { await summarise(for: channel.name, weekly: false, at: now) }
        if rules.weeklyOn == time.weekday, time.hour >= rules.dailyAt ?? 8 {
            await summarise(for: channel.name, weekly: true, at: now)
        }
    }

    private func summarise(for channel: String, weekly: Bool, at now: Moment) async {
        // A day has 23 hours once a year.
        let distance = Duration.seconds(weekly ? 6 * 86_400 : 22 * 3600)
        do {
            let span = Duration.seconds((weekly ? 7 : 1) * 86_400)
            var from = now + (.zero - span)
            if let last = try desk.store.lastSummary(for: channel, weekly: weekly) {
                // One of a time that is to come was written by a clock that was set back since.
                let isAhead = last.since(now) > span
                guard isAhead || now.since(last) >= distance else { return }
                // It goes on where the last one ended: nothing is told twice, and nothing is left out for a late hour.
                if !isAhead, now.since(last) < span * 2 { from = last }
            }
            let summary = try await Summary(of: desk, from: from, to: now)
            try desk.store.noteSummary(for: channel, weekly: weekly, at: now)
            keep(summary.notice(weekly: weekly), for: channel)
        } catch {
            logger.warning("summary", metadata: ["channel": "\(channel)", "cause": "\(error)"])
        }
    }

    /// Hands over what is due, channel by channel; a channel that fails is left for a while.
    private func deliver() async {
        for channel in channels {
            do {
                try await deliver(to: channel)
            } catch {
                logger.error("notices", metadata: ["channel": "\(channel.name)", "cause": "\(error)"])
            }
        }
    }

    private func deliver(to channel: NoticeChannel) async throws {
        // One at a time, in their order; what comes meanwhile is taken along.
        guard busy.insert(channel.name).inserted else { return }
        defer { busy.remove(channel.name) }
        while true {
            let now = desk.time.now()
            let due = try desk.store.dueNotices(for: channel.name, at: now, within: Self.longestPause, limit: 1)
            guard let waiting = due.first else { return }
            guard now.since(waiting.notice.at) < Self.lifetime else {
                try desk.store.endNotice(waiting.id)
                await count(channel.name, "expired")
                continue
            }
            // Nobody else takes it up meanwhile, and a crash in between sends it once more.
            try desk.store.postponeNotice(waiting.id, until: now + Self.pause(after: waiting.attempts))
            do {
                try await channel.deliver(waiting.notice)
                try desk.store.endNotice(waiting.id)
                await count(channel.name, "delivered")
                if failing.remove(channel.name) != nil {
                    logger.notice("notices go out again", metadata: ["channel": "\(channel.name)"])
                }
            } catch {
                await count(channel.name, "failed")
                if failing.insert(channel.name).inserted {
                    logger.warning(
                        "notice not delivered",
                        metadata: ["channel": "\(channel.name)", "cause": "\(error)"]
                    )
                }
                return
            }
        }
    }

    private func count(_ channel: String, _ outcome: String) async {
        await desk.tally.count(Tally.Series(.notices, ["channel": channel, "outcome": outcome]))
    }

    private static let longestPause = Duration.seconds(3600)

    /// Half a minute, then twice as long each time, an hour at the most.
    static func pause(after attempts: Int) -> Duration {
        min(longestPause, .seconds(30 << min(attempts, 10)))
    }
}
