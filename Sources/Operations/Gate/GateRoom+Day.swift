package import Library
import Logging
import Readers
import Store

/// When a site does what is done once a day.
package struct GateDay: Sendable {
    /// Minute of the day, local time, at which nobody is inside any more; `nil` where the count is never put right.
    package var closing: Int?
    /// Minute of the day of the self test; `nil` where it is only begun by hand.
    package var selfTest: Int?
    /// The minute of the day of a moment in local time, 0 to 1439.
    package var minute: @Sendable (Moment) -> Int

    package init(
        closing: Int? = nil,
        selfTest: Int? = nil,
        minute: @escaping @Sendable (Moment) -> Int = { Int($0.milliseconds / 60_000 % 1440) }
    ) {
        self.closing = closing
        self.selfTest = selfTest
        self.minute = minute
    }
}

extension GateRoom {
    /// The names under which duties are remembered.
    private enum Duty {
        static let closing = "closing"
        static let selfTest = "self test"
    }

    private static let dutyEvery: Duration = .seconds(20)

    /// Does the duties of each day at their time, until cancelled.
    func keepDay() async {
        // Whoever starts at noon has no evening to make up for; a self test does no harm at any time.
        var closing = day.closing.map { DailyDuty(minute: $0, doneAt: done(Duty.closing) ?? time.now()) }
        var selfTest = day.selfTest.map { DailyDuty(minute: $0, doneAt: done(Duty.selfTest)) }
        while !Task.isCancelled {
            let now = time.now()
            if closing?.isDue(at: now, minuteNow: day.minute(now)) == true {
                for (gate, drift) in await keeper.closeDay().sorted(by: { $0.key < $1.key }) {
                    logger.notice("people counted put right", metadata: ["gate": "\(gate)", "drift": "\(drift)"])
                }
                remember(Duty.closing, at: now)
            }
            if selfTest?.isDue(at: now, minuteNow: day.minute(now)) == true {
                let gates = await keeper.beginSelfTest()
                if !gates.isEmpty {
                    logger.notice("self test begun", metadata: ["gates": "\(gates.joined(separator: ", "))"])
                }
                remember(Duty.selfTest, at: now)
            }
            guard (try? await time.sleep(Self.dutyEvery)) != nil else { return }
        }
    }

    private func done(_ duty: String) -> Moment? { (try? store.duty(duty)) ?? nil }

    private func remember(_ duty: String, at moment: Moment) {
        do throws(StoreError) {
            try store.record(duty: duty, at: moment)
        } catch {
            logger.error("gate duty not recorded", metadata: ["cause": "\(error)"])
        }
    }
}

/// Counters of people on readers' inner buses.
extension GateRoom {
    /// Rest between two questions while somebody carries tags: then the counter tells the direction.
    private static let countWhenBusy: Duration = .seconds(1)
    private static let countWhenQuiet: Duration = .seconds(10)
    private static let unknownAge: Duration = .seconds(86_400)

    /// Asks the gates' counters of people until cancelled; a question takes its turn between two looks.
    package func count(on stations: [Station]) async {
        await takeUpCounts()
        await withTaskGroup(of: Void.self) { group in
            for station in stations where station.setup.role == .gate && station.setup.countsPeople {
                group.addTask { await count(on: station) }
            }
            // A service ends with the others, also where there is nothing to count.
            group.addTask { while (try? await time.sleep(.seconds(3600))) != nil {} }
            await group.waitForAll()
        }
    }

    private func count(on station: Station) async {
        let name = station.setup.name
        var patience = BoardPatience()
        while !Task.isCancelled {
            var rest = await keeper.isBusy(name) ? Self.countWhenBusy : Self.countWhenQuiet
            if case .online(let reader) = await station.report.state, reader.abilities.contains(.peopleCount) {
                let answer = try? await station.perform { reader -> Result<PeopleCount, ReaderError> in
                    do throws(ReaderError) {
                        return .success(try await reader.readPeopleCount())
                    } catch {
                        return .failure(error)
                    }
                }
                switch answer {
                case .success(let count):
                    patience.answered()
                    await keeper.count(count.readings, at: name)
                case .failure(let error):
                    guard patience.failed(error) else { break }
                    logger.notice(
                        "people not counted, asked again in an hour",
                        metadata: ["reader": "\(name)", "cause": "\(error)"]
                    )
                    rest = BoardPatience.rest
                case nil: break
                }
            }
            guard (try? await time.sleep(rest)) != nil else { return }
        }
    }

    /// Goes on where the counts stood before the service was started.
    func takeUpCounts() async {
        do throws(StoreError) {
            let now = time.instant
            for counter in try store.counters() {
                // Behind a clock that was not set yet nobody knows how long ago that was: people may have come.
                let age = counter.at > now.moment ? Self.unknownAge : now.moment.since(counter.at)
                let tally = PeopleTally(
                    incoming: counter.incoming,
                    outgoing: counter.outgoing,
                    board: counter.board,
                    lastLook: now.uptime - age
                )
                await keeper.restore(tally, lane: counter.lane, gate: counter.gate)
            }
        } catch {
            logger.error("counts of people not taken up", metadata: ["cause": "\(error)"])
        }
    }
}

extension PeopleCount {
    var readings: [PeopleReading] {
        lanes.map { PeopleReading(incoming: $0.incoming, outgoing: $0.outgoing) }
    }
}
