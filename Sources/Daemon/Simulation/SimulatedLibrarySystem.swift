import Field
import Foundation
import Library
import LinuxIO
import Logging
import SIP2
import Wire

/// The library system of the simulated branch behind a real port: knows the holdings, two patrons, and how to go wrong.
actor SimulatedLibrarySystem {
    nonisolated let port: UInt16
    nonisolated let bench: LibrarySystemBench
    private let readiness: Readiness
    private let logger: Logger
    private var listener: TCPListener?

    static let dialect = SIP2Dialect.koha
    static let user = "pressmark"
    /// Seconds for which an item is lent, and renewed from that day on.
    private static let loan: Int64 = 28 * 86_400
    /// May borrow.
    static let patron = "P0001"
    /// May not.
    static let blockedPatron = "P0002"

    init(_ items: [Item], on readiness: Readiness, logger: Logger) throws(LinkError) {
        let listener = try TCPListener.listen(address: "127.0.0.1", port: 0, on: readiness)
        port = listener.port
        self.listener = consume listener
        self.readiness = readiness
        self.logger = logger
        let records = items.map { item in
            (
                item.barcode,
                LibrarySystemRecords.Item(
                    title: item.title ?? "",
                    callNumber: item.callNumber,
                    branch: item.holdingBranch ?? "",
                    status: CirculationStatus(item.status),
                    borrower: item.status == .onLoan ? "P9999" : nil
                )
            )
        }
        bench = LibrarySystemBench(
            LibrarySystemRecords(
                items: Dictionary(records, uniquingKeysWith: { first, _ in first }),
                patrons: [
                    Self.patron: .init(name: "A. Reader"),
                    Self.blockedPatron: .init(name: "B. Locked", isBlocked: true),
                ]
            )
        )
    }

    /// How the simulated daemon speaks to it.
    nonisolated var configuration: Configuration.LibrarySystem {
        var system = Configuration.LibrarySystem(host: "127.0.0.1", port: port, dialect: Self.dialect)
        system.user = Self.user
        system.institution = SimulatedHoldings.branch
        system.timeout = 2
        system.ping = 5
        return system
    }

    /// Serves until cancelled.
    func run() async {
        guard var listener = listener.take() else { return }
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                do throws(LinkError) {
                    let call = ParkedLine(try await listener.accept(within: .seconds(3600)))
                    guard await bench.takesCalls() else { continue }
                    group.addTask { await self.serve(call) }
                } catch .timedOut {
                    continue
                } catch {
                    guard !Task.isCancelled else { break }
                    logger.warning("simulated library system", metadata: ["cause": "\(error)"])
                    try? await Task.sleep(for: .seconds(1))
                }
            }
        }
    }

    private nonisolated func serve(_ call: ParkedLine) async {
        guard var link = await call.take() else { return }
        var twin = LibrarySystemTwin(manner: .of(Self.dialect), encoding: Self.dialect.encoding)
        twin.institution = SimulatedHoldings.branch
        twin.allowsOffline = true
        while !Task.isCancelled {
            do throws(LinkError) {
                let bytes = try await link.receive(within: .seconds(600))
                let now = Int64(Date().timeIntervalSince1970)
                twin.due = (.due(now + Self.loan), .due(now + Self.loan))
                for step in await bench.receive(bytes, by: &twin, now: SIP2Date(unixSeconds: now)) {
                    switch step {
                    case .send(let answer): try await link.send(answer)
                    case .wait(let time): try? await Task.sleep(for: time)
                    case .hangUp: return
                    }
                }
            } catch .timedOut {
                continue
            } catch {
                return
            }
        }
    }
}

/// A connection on its way to the task that will serve it.
private actor ParkedLine {
    private var link: TCPLink?

    init(_ link: consuming TCPLink) {
        self.link = consume link
    }

    func take() -> TCPLink? { link.take() }
}

extension CirculationStatus {
    fileprivate init(_ status: ItemStatus) {
        self =
            switch status {
            case .available, .notForLoan, .damaged, .unknown: .available
            case .onLoan: .charged
            case .inTransit: .inTransit
            case .onHoldShelf: .onHoldShelf
            case .lost, .withdrawn: .lost
            case .missing: .missing
            case .claimedReturned: .claimedReturned
            case .inProcess: .inProcess
            }
    }
}
