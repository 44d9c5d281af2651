import Field
import Glibc
import Library
import Operations
import Readers
import Tags
import Wire

/// What so many pads with three items each cost while nothing changes.
struct PollingLoad {
    var looksPerSecond: Int
    var cpuPercent: Double
    var megabytes: Int

    private static let span = 10

    static func measure(stations count: Int) async throws -> PollingLoad {
        let tags = try (0..<3).map { try Checkout.tag("10000\(200_000 + $0)") }
        let time = Timekeeper(
            now: { Moment(milliseconds: Int64(Date.seconds * 1000)) },
            sleep: { try await Task.sleep(for: $0) }
        )
        let stations = (0..<count).map { number in
            let driver = AllDrivers.list[number % AllDrivers.list.count]
            let setup = StationSetup(
                name: "pad-\(number)",
                role: .pad,
                driver: driver,
                place: "loopback",
                interval: .milliseconds(100)
            ) { () async throws(LinkError) -> any Link & ~Copyable in
                LoopbackLink(driver.twin(), over: RadioField(tags: tags.map { .init(tag: $0) }, seed: 1))
            }
            return Station(
                setup: setup,
                time: time,
                logger: PadBench.logger,
                knows: { _ in false },
                deliver: { _ in },
                announce: { _ in }
            )
        }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            for station in stations { group.addTask { await station.run() } }
            defer { group.cancelAll() }
            try await Task.sleep(for: .seconds(2))
            let (before, turns) = (cpuSeconds(), await self.turns(stations))
            try await Task.sleep(for: .seconds(span))
            let share = (cpuSeconds() - before) / Double(span)
            return PollingLoad(
                looksPerSecond: Int(await self.turns(stations) - turns) / span,
                cpuPercent: (share * 1000).rounded() / 10,
                megabytes: residentMegabytes()
            )
        }
    }

    private static func turns(_ stations: [Station]) async -> UInt64 {
        var sum: UInt64 = 0
        for station in stations { sum += await station.turns }
        return sum
    }

    private static func cpuSeconds() -> Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }

    private static func residentMegabytes() -> Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss / 1000
    }
}

/// The wall clock without Foundation.
enum Date {
    static var seconds: Double {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return Double(now.tv_sec) + Double(now.tv_nsec) / 1_000_000_000
    }
}
