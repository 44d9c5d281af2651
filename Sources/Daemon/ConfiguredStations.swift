import Logging
import Operations

/// Runs the stations of the configuration's pads and wands: those of the start, and those that come and go with a
/// reload.
///
/// Gates are not among them. They stay from the start to the end, on a thread of their own.
struct ConfiguredStations: Sendable {
    /// Who has which line.
    let readers: ReadersInForce
    private let desk: ServiceDesk
    private let started: [Seated]
    private let logger: Logger
    private let arrivals: AsyncStream<Arrival>
    private let arrival: AsyncStream<Arrival>.Continuation
    /// Until a name is asked for again that a reader has which was plugged in.
    private let patience: Duration

    private struct Seated: Sendable {
        var reader: Configuration.Reader
        var station: Station
    }

    private struct Arrival: Sendable {
        var reader: Configuration.Reader
        var setup: StationSetup
    }

    /// Readers that may come between two turns of the loop that seats them: more than a machine has lines.
    private static let mostArrivals = 256

    /// Takes over the stations of the desk as they are now, before anything runs and anything is plugged in.
    init(_ readers: ReadersInForce, at desk: ServiceDesk, patience: Duration = .seconds(2), logger: Logger) {
        self.readers = readers
        self.desk = desk
        self.logger = logger
        self.patience = patience
        let stations = desk.stations
        started = readers.named.filter { $0.role != .gate }.compactMap { reader in
            stations.first { $0.setup.name == reader.name }.map { Seated(reader: reader, station: $0) }
        }
        (arrivals, arrival) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.mostArrivals))
    }

    /// Follows a change of the configuration, and waits for no reader.
    ///
    /// - Parameter setups: the stations of the readers that come, in their order.
    func follow(_ change: ReaderChange, _ setups: [StationSetup]) {
        readers.name(change.arriving, inPlaceOf: change.leaving)
        for (reader, setup) in zip(change.arriving, setups) { arrival.yield(Arrival(reader: reader, setup: setup)) }
    }

    /// Serves until cancelled.
    ///
    /// - Parameter line: waits until a reader of the start has its line.
    func run(line: @escaping @Sendable (_ reader: String) async -> Void = { _ in }) async {
        // Discarding: readers that come and go for months leave nothing behind.
        await withDiscardingTaskGroup { group in
            for seated in started {
                group.addTask {
                    await line(seated.reader.name)
                    await keep(seated)
                }
            }
            for await arrival in arrivals { group.addTask { await seat(arrival) } }
            group.cancelAll()
        }
    }

    /// Waits until the line and the name are free, and keeps the reader then.
    private func seat(_ arrival: Arrival) async {
        let reader = arrival.reader
        var isTold = false
        for await _ in readers.changes() {
            guard readers.isNamed(reader) else { return }
            guard readers.enter(reader) else { continue }
            if let station = desk.enter(arrival.setup) {
                logger.notice("reader added", metadata: ["reader": "\(reader.name)", "place": "\(reader.place)"])
                return await keep(Seated(reader: reader, station: station))
            }
            readers.leave(reader)
            if !isTold {
                isTold = true
                logger.warning(
                    "reader added: a reader that was plugged in has its name, and keeps it while it stays",
                    metadata: ["reader": "\(reader.name)", "hint": "give it another name, or pull that one"]
                )
            }
            try? await Task.sleep(for: patience)
        }
    }

    /// Runs a station as long as its reader is named.
    private func keep(_ seated: Seated) async {
        let (reader, station) = (seated.reader, seated.station)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await station.run() }
            group.addTask {
                for await _ in readers.changes() where !readers.isNamed(reader) { break }
                // Nobody is in a hurry: a tag that is being written is not left half written.
                await station.finishJobs()
            }
            await group.next()
            group.cancelAll()
        }
        // When the whole service stops nobody is told that its readers are gone.
        guard !Task.isCancelled else { return }
        await desk.dismiss(station, cause: "no longer configured")
        logger.notice("reader taken away", metadata: ["reader": "\(reader.name)"])
        readers.leave(reader)
    }
}
