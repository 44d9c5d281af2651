import Foundation

/// Runs simulated lives of the service, seed after seed, and says which break a promise.
@main
enum Soak {
    static func main() {
        // Sets are walked in the same order in every process only then.
        guard ProcessInfo.processInfo.environment["SWIFT_DETERMINISTIC_HASHING"] != nil else {
            print("hint: start it by Scripts/soak, which sets SWIFT_DETERMINISTIC_HASHING")
            exit(2)
        }
        var options: [String: String] = [:]
        var arguments = CommandLine.arguments.dropFirst()
        while let name = arguments.popFirst() {
            options[name] = name == "--events" || name == "--counts" ? "" : arguments.popFirst()
        }
        let first = options["--seed"].flatMap(UInt64.init) ?? 1
        let count = options["--seeds"].flatMap(UInt64.init) ?? 1
        let seconds = options["--seconds"].flatMap(Int64.init) ?? 3600
        var failed: [UInt64] = []
        var counts: [String: Int] = [:]
        for seed in first..<first &+ count {
            var simulation = Simulation(seed: seed, length: .seconds(seconds))
            simulation.prints = options["--events"] != nil
            if options["--hourly"] != nil || seconds >= 12 * 3600 { simulation.hourly = { print(hour($0)) } }
            let start = ContinuousClock.now
            let report = simulation.run()
            let took = ContinuousClock.now - start
            print(line(report, took))
            counts.merge(report.counts, uniquingKeysWith: +)
            guard report.failure != nil else { continue }
            failed.append(seed)
            for event in report.lastEvents { print("    \(event)") }
        }
        if options["--counts"] != nil {
            for (what, number) in counts.sorted(by: { $0.key < $1.key }) { print("count \(number) \(what)") }
        }
        exit(failed.isEmpty ? 0 : 1)
    }

    private static func line(_ report: Simulation.Report, _ took: Duration) -> String {
        let strangers = report.strangers > 0 ? ", \(report.strangers) steps from outside" : ""
        let verdict = report.failure.map { "FAILED \($0)" } ?? "ok"
        return "seed \(report.seed) \(verdict) fingerprint \(report.fingerprint) steps \(report.steps) "
            + "simulated \(report.simulated.components.seconds) s in \(took.components.seconds) s\(strangers)"
    }

    private static func hour(_ state: Simulation.Hour) -> String {
        let pages = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ")
        let resident = (pages?.dropFirst().first).flatMap { Int($0) } ?? 0
        let files = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0
        return
            "hour \(state.number) steps \(state.steps) programs \(state.programs) resident \(resident * 4 / 1024) MiB "
            + "files \(files) ready \(state.mostReady) waiting \(state.mostWaiting)"
    }
}
