import Foundation
import Library
import LinuxIO
import Logging
import Operations
import Readers
import Store
import Testing

@testable import Daemon

/// Readers that come and go while the service runs: the files as they are on a disk, the readers behind ports of this
/// machine.
@Suite struct ReaderReloadTests {
    /// A `[[reader]]` at a port of this machine.
    private static func block(_ name: String, _ role: String, _ port: UInt16) -> String {
        """
        [[reader]]
        name = "\(name)"
        role = "\(role)"
        driver = "feig"
        tcp = "127.0.0.1:\(port)"

        """
    }

    private struct Bench {
        let source: ConfigurationSource
        let desk: ServiceDesk
        let reloader: Reloader
        let stations: ConfiguredStations
        let log = SpokenLog()
        private let folder: URL

        init(_ text: String) throws {
            folder = FileManager.default.temporaryDirectory.appending(path: "pressmark-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let file = folder.appending(path: "pressmark.toml").path
            try text.write(toFile: file, atomically: true, encoding: .utf8)
            source = ConfigurationSource(path: file, state: folder.path)
            let reading = try source.reading()
            let configuration = reading.configuration
            let security = SecurityPolicy(configuration.security, institutions: configuration.library.isil)
            let logger = log.logger
            let places = try ReaderPlaces(configuration.readers, readiness: try Readiness(), logger: logger)
            desk = try ServiceDesk(
                store: try Store.inMemory(),
                time: Timekeeper(
                    now: { Moment(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) },
                    sleep: { try await Task.sleep(for: $0) }
                ),
                settings: try Composition.settings(configuration, security: security),
                readers: try places.setups(configuration.readers),
                logger: logger
            )
            stations = ConfiguredStations(ReadersInForce(configuration.readers), at: desk, logger: logger)
            reloader = Composition.reloader(
                source,
                started: reading,
                inForce: configuration,
                holding: { $0 },
                security: security,
                gateRules: try GateComposition.rules(
                    configuration.gate,
                    security: security,
                    hasLibrarySystem: false,
                    now: Moment(milliseconds: 0),
                    logger: logger
                ),
                desk: desk,
                stations: stations,
                setups: { try places.additions($0) },
                manager: nil,
                logger: logger
            )
        }

        var names: [String] { desk.stations.map(\.setup.name) }

        /// Puts another text into the file and reads it; returns the mistakes.
        func reload(_ text: String) async throws -> [String] {
            try text.write(toFile: try #require(source.path), atomically: true, encoding: .utf8)
            return await reloader.reload()
        }

        /// Runs the stations while `body` works with them.
        func running(_ body: () async throws -> Void) async throws {
            let stations = stations
            let running = Task { await stations.run() }
            do {
                try await body()
            } catch {
                running.cancel()
                await running.value
                throw error
            }
            running.cancel()
            await running.value
        }

        /// Waits until the reader is there and online.
        func online(_ name: String) async throws -> Station {
            try await waited {
                guard let found = station(name), case .online = await found.report.state else { return false }
                return true
            }
            return try #require(station(name))
        }

        private func station(_ name: String) -> Station? { desk.stations.first { $0.setup.name == name } }

        func gone(_ name: String) async throws {
            try await waited { !names.contains(name) }
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `readers come and go with the file, and the one beside them is not touched`() async throws {
        let (first, second) = (
            try ReaderBehindPort(FEIGDriver.twin(), over: EmptyAir()),
            try ReaderBehindPort(FEIGDriver.twin(), over: EmptyAir())
        )
        defer {
            first.end()
            second.end()
        }
        let text = Self.block("pad-1", "pad", first.port)
        let bench = try Bench(text)
        try await bench.running {
            let pad = try await bench.online("pad-1")
            let mistakes = try await bench.reload(text + Self.block("wand-1", "wand", second.port))
            #expect(mistakes == [])
            let wand = try await bench.online("wand-1")
            #expect(wand.setup.role == .wand)
            #expect(await bench.desk.configuration.report.waiting == [])
            #expect(bench.stations.readers.named.map(\.name) == ["pad-1", "wand-1"])
            let role = await bench.reloader.settings.settings.first { $0.key == "reader.wand-1.role" }
            #expect(role?.value == .text("wand") && role?.isWaiting == false)
            // Gone, and back: its line is free for whoever comes.
            #expect(try await bench.reload(text) == [])
            try await bench.gone("wand-1")
            #expect(try await bench.reload(text + Self.block("pad-2", "pad", second.port)) == [])
            _ = try await bench.online("pad-2")
            #expect(bench.names == ["pad-1", "pad-2"])
            #expect(bench.desk.stations.first === pad)
            let opened = bench.log.lines.filter { $0.contains("reader online") && $0.contains("reader: pad-1") }
            #expect(opened.count == 1)
            // One of the start goes like one that came since.
            #expect(try await bench.reload(Self.block("pad-2", "pad", second.port)) == [])
            try await bench.gone("pad-1")
            #expect(bench.names == ["pad-2"])
        }
        // At the end of the service nobody hears that readers are gone.
        #expect(bench.names == ["pad-2"])
    }

    @Test(.timeLimit(.minutes(5))) func `a reader that is added by an order is online without a restart`() async throws
    {
        let device = try ReaderBehindPort(FEIGDriver.twin(), over: EmptyAir())
        defer { device.end() }
        let bench = try Bench("[discovery]\ntcp = [\"127.0.0.1:\(device.port)\"]\n")
        func order(_ role: String) -> SettingsOrder {
            SettingsOrder(
                changes: [],
                readers: [
                    .init(name: "desk-1", role: role, driver: "feig", line: .tcp, address: "127.0.0.1:\(device.port)")
                ]
            )
        }
        try await bench.running {
            let gate = try await bench.reloader.preview(order("gate"))
            #expect(!gate.changes.isEmpty && gate.changes.allSatisfy { $0.effect == .restart })
            let pad = try await bench.reloader.change(order("pad"))
            #expect(!pad.changes.isEmpty && pad.changes.allSatisfy { $0.effect == .atOnce })
            _ = try await bench.online("desk-1")
            let back = SettingsOrder(changes: [.init(key: "reader.desk-1", value: nil)])
            #expect(try await bench.reloader.change(back).changes.allSatisfy { $0.effect == .atOnce })
            try await bench.gone("desk-1")
        }
    }

    @Test func `a gate that is added is named as waiting for the restart, and gets no station`() async throws {
        let text = Self.block("pad-1", "pad", 9)
        let bench = try Bench(text)
        #expect(try await bench.reload(text + Self.block("gate-1", "gate", 10)) == [])
        #expect(await bench.desk.configuration.report.waiting == ["[[reader]] gate-1"])
        #expect(bench.stations.readers.named.map(\.name) == ["pad-1"])
        #expect(bench.log.lines.contains { $0.contains("wait for a restart") && $0.contains("[[reader]] gate-1") })
    }

    @Test(
        arguments: [
            ("driver = \"nobody\"\ntcp = \"127.0.0.1:9\"", "driver"), ("driver = \"feig\"\nusb = \"reader\"", "usb"),
            ("driver = \"feig\"\ntcp = \"127.0.0.1:reader\"", "tcp"), ("driver = \"feig\"", "serial"),
        ]
    )
    func `a reader that cannot be made is refused, and changes nothing`(_ lines: String, _ what: String) async throws {
        let text = Self.block("pad-1", "pad", 9)
        let bench = try Bench(text)
        let before = await bench.reloader.settings.version
        let refused = try await bench.reload(text + "[[reader]]\nname = \"pad-2\"\nrole = \"pad\"\n\(lines)\n")
        #expect(refused.count == 1)
        for word in ["pressmark.toml: line ", what, "found ", "wanted "] {
            #expect(refused.first?.contains(word) == true, "\(refused)")
        }
        let report = await bench.desk.configuration.report
        #expect(report.refused == refused && report.waiting == [])
        #expect(bench.stations.readers.named.map(\.name) == ["pad-1"])
        #expect(await bench.reloader.settings.version == before)
    }
}
