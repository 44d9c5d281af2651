import Library
import Logging
import Readers
import Tags

/// Measures pads: how long a stack takes to be lent on a reader of each family, what an exchange costs the machine, and
/// what many readers at once do.
///
///     PadBench stack       air and line time on the virtual clock, against the least there is and a loop that rescans
///     PadBench exchange    microseconds of the machine's time for one exchange
///     PadBench stations    CPU and memory with 32 readers polling
///     PadBench journal     what the journal costs one change, on the disk of the current folder
@main
enum PadBench {
    static let owner = "DE-12"
    static let logger = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }

    static func main() async throws {
        switch CommandLine.arguments.dropFirst().first {
        case "stack": try await stacks()
        case "exchange": try await exchanges()
        case "stations": try await stations()
        case "journal": try journal()
        case nil:
            try await stacks()
            try await exchanges()
            try await stations()
            try journal()
        default: print("usage: PadBench [stack|exchange|stations|journal]")
        }
    }

    private static func stacks() async throws {
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
                } catch {
                    print("| \(driver.identity.name) | \(size) | failed: \(error) |")
                }
            }
        }
    }

    private static func exchanges() async throws {
        print("| reader | µs per exchange | of that the driver |")
        print("|---|---:|---:|")
        for driver in AllDrivers.list {
            do {
                let cost = try await ExchangeCost(of: driver)
                print("| \(driver.identity.name) | \(cost.whole.microseconds) | \(cost.own.microseconds) |")
            } catch {
                print("| \(driver.identity.name) | failed: \(error) |")
            }
        }
    }

    private static func journal() throws {
        print("| change | writes to the disk | median ms | p99 ms |")
        print("|---|---:|---:|---:|")
        for (asks, words) in [(false, "by hand"), (true, "loan")] {
            for parts in [1, 3] {
                let cost = try JournalCost(in: ".", parts: parts, asks: asks)
                let row = "\(words), \(parts) tags | \(asks ? 3 : 2)"
                print("| \(row) | \(cost.median.milliseconds) | \(cost.slowest.milliseconds) |")
            }
        }
    }

    private static func stations() async throws {
        print("| stations | looks/s | CPU | memory MB |")
        print("|---:|---:|---:|---:|")
        for count in [1, 8, 32] {
            let load = try await PollingLoad.measure(stations: count)
            print("| \(count) | \(load.looksPerSecond) | \(load.cpuPercent) % | \(load.megabytes) |")
        }
    }
}

extension Duration {
    var milliseconds: String { text(self / .milliseconds(1)) }
    var microseconds: String { text(self / .microseconds(1)) }

    func ratio(to other: Duration) -> String { text(self / other, places: 100) }

    private func text(_ value: Double, places: Double = 10) -> String { "\((value * places).rounded() / places)" }
}
