import Field
import Figures
import Glibc
import Library
import Logging
import Readers
import Tags

/// Measures pads: how long a stack takes to be lent on a reader of each family, what an exchange costs the machine, and
/// what many readers at once do.
///
///     PadBench stack       air and line time on the virtual clock, against the least there is and a loop that rescans
///     PadBench air         tags a second that are found on air, against the bound of the tree of questions
///     PadBench exchange    microseconds of the machine's time for one exchange
///     PadBench stations    CPU and memory with 32 readers polling
///     PadBench journal     what the journal costs one change, on the disk of the current folder
///
/// With `--json FILE` the figures are added to a file. Exit status 1 when a part failed.
@main
enum PadBench {
    static let owner = "DE-12"
    static let logger = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }

    static func main() async throws {
        let parts: [(name: String, run: () async throws -> [Figure?])] = [
            ("stack", stacks), ("air", air), ("exchange", exchanges), ("stations", stations), ("journal", journal),
        ]
        let word = CommandLine.arguments.dropFirst().first
        let wanted = word == nil || word == "--json" ? parts : parts.filter { $0.name == word }
        guard !wanted.isEmpty else {
            print("usage: PadBench [stack|air|exchange|stations|journal] [--json FILE]")
            exit(64)
        }
        var figures: [Figure?] = []
        for part in wanted { figures += try await part.run() }
        try Figure.write(figures.compactMap(\.self))
        if figures.contains(nil) { exit(1) }
    }

    /// The figures of each part; `nil` for one that failed and said so.
    private static func stacks() async throws -> [Figure?] {
        var figures: [Figure?] = []
        print("| reader | stack | least ms | ours ms | ratio | rescanning ms | ratio |")
        print("|---|---:|---:|---:|---:|---:|---:|")
        for driver in AllDrivers.list {
            for size in [1, 8] {
                do {
                    let least = try await Checkout(driver, size).least()
                    let ours = try await Checkout(driver, size).ours()
                    let rescanning = try await Checkout(driver, size).rescanning()
                    print(
                        "| \(driver.identity.name) | \(size) | \(least.milliseconds) | \(ours.milliseconds) | "
                            + "\(ours.ratio(to: least)) | \(rescanning.milliseconds) | \(rescanning.ratio(to: least)) |"
                    )
                    figures.append(
                        Figure(
                            "pads: stack of \(size), \(driver.identity.name)",
                            ours / .milliseconds(1),
                            "ms",
                            goal: .most(1.15),
                            peer: .init("least there is", least / .milliseconds(1)),
                            also: ["rescanning ms": rescanning / .milliseconds(1)]
                        )
                    )
                } catch {
                    figures.append(nil)
                    print("| \(driver.identity.name) | \(size) | failed: \(error) |")
                }
            }
        }
        return figures
    }

    private static func air() -> [Figure?] {
        var figures: [Figure?] = []
        print("| tags | 100 %, sixteen slots: bound | ours | 10 %, sixteen slots: bound | ours | one slot: ours |")
        print("|---:|---:|---:|---:|---:|---:|")
        for row in AirThroughput.rows {
            guard let full = row.found(.sixteen, .full), let shallow = row.found(.sixteen, .shallow),
                let single = row.found(.one, .shallow)
            else {
                figures.append(nil)
                print("| \(row.tags) | failed: found fewer tags than lie there |")
                continue
            }
            let cells = [row.bound.full, full, row.bound.shallow, shallow, single].map { "\(($0 * 10).rounded() / 10)" }
            print("| \(row.tags) | \(cells.joined(separator: " | ")) |")
            let (name, bound) = ("pads: \(row.tags) tags on air", "bound of sixteen slots")
            figures += [
                Figure("\(name), 100 %, sixteen slots", full, "tags/s", peer: .init(bound, row.bound.full)),
                Figure("\(name), 10 %, sixteen slots", shallow, "tags/s", peer: .init(bound, row.bound.shallow)),
                Figure("\(name), 10 %, one slot", single, "tags/s", peer: .init(bound, row.bound.shallow)),
            ]
        }
        return figures
    }

    private static func exchanges() async throws -> [Figure?] {
        var figures: [Figure?] = []
        print("| reader | µs per exchange | of that the driver |")
        print("|---|---:|---:|")
        for driver in AllDrivers.list {
            do {
                let cost = try await ExchangeCost(of: driver)
                print("| \(driver.identity.name) | \(cost.whole.microseconds) | \(cost.own.microseconds) |")
                figures.append(
                    Figure(
                        "pads: one exchange, \(driver.identity.name)",
                        cost.whole / .microseconds(1),
                        "µs",
                        also: ["driver alone µs": cost.own / .microseconds(1)]
                    )
                )
            } catch {
                figures.append(nil)
                print("| \(driver.identity.name) | failed: \(error) |")
            }
        }
        return figures
    }

    private static func journal() throws -> [Figure?] {
        var figures: [Figure?] = []
        print("| change | writes to the disk | median ms | p99 ms |")
        print("|---|---:|---:|---:|")
        for (asks, words) in [(false, "by hand"), (true, "loan")] {
            for parts in [1, 3] {
                let cost = try JournalCost(in: ".", parts: parts, asks: asks)
                let row = "\(words), \(parts) tags | \(asks ? 3 : 2)"
                print("| \(row) | \(cost.median.milliseconds) | \(cost.slowest.milliseconds) |")
                figures.append(
                    Figure(
                        "pads: journal of a change \(words), \(parts) tags, median",
                        cost.median / .milliseconds(1),
                        "ms",
                        also: ["99th percentile ms": cost.slowest / .milliseconds(1)]
                    )
                )
            }
        }
        return figures
    }

    private static func stations() async throws -> [Figure?] {
        var figures: [Figure?] = []
        print("| stations | looks/s | CPU | memory MB |")
        print("|---:|---:|---:|---:|")
        for count in [1, 8, 32] {
            let load = try await PollingLoad.measure(stations: count)
            print("| \(count) | \(load.looksPerSecond) | \(load.cpuPercent) % | \(load.megabytes) |")
            figures.append(
                Figure(
                    "pads: processor taken by \(count) stations that poll",
                    load.cpuPercent,
                    "%",
                    also: ["looks/s": Double(load.looksPerSecond), "memory MB": Double(load.megabytes)]
                )
            )
        }
        return figures
    }
}

extension Duration {
    var milliseconds: String { text(self / .milliseconds(1)) }
    var microseconds: String { text(self / .microseconds(1)) }

    func ratio(to other: Duration) -> String { text(self / other, places: 100) }

    private func text(_ value: Double, places: Double = 10) -> String { "\((value * places).rounded() / places)" }
}
