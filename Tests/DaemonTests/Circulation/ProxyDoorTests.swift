import Library
import LinuxIO
import Logging
import Operations
import Testing
import Wire

@testable import Daemon

private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

/// Another program that has a port.
private actor Occupant {
    nonisolated let port: UInt16
    private var listener: TCPListener?

    init(on readiness: Readiness) throws {
        let listener = try TCPListener.listen(address: "127.0.0.1", port: 0, on: readiness)
        port = listener.port
        self.listener = consume listener
    }

    func leave() { listener = nil }
}

/// A library system that says everything back, to one caller after the other.
private actor Echo {
    nonisolated let port: UInt16
    private var listener: TCPListener?

    init(on readiness: Readiness) throws {
        let listener = try TCPListener.listen(address: "127.0.0.1", port: 0, on: readiness)
        port = listener.port
        self.listener = consume listener
    }

    func run() async {
        guard var listener = listener.take() else { return }
        while !Task.isCancelled {
            do throws(LinkError) {
                var call = try await listener.accept(within: .seconds(60))
                while true {
                    let bytes = try await call.receive(within: .seconds(60))
                    try await call.send(bytes)
                }
            } catch {
                continue
            }
        }
    }
}

private func proxies(listen: UInt16, system: UInt16) throws -> [Configuration.Proxy] {
    let text = """
        [[reader]]
        name = "pad-1"
        role = "pad"
        driver = "feig"
        serial = "/dev/null"
        [[proxy]]
        name = "kiosk-1"
        listen = "127.0.0.1:\(listen)"
        reader = "pad-1"
        system = "127.0.0.1:\(system)"
        """
    return try ConfigurationFile.parse(text, file: "pressmark.toml").proxies
}

private func proxy(_ settings: ProxySettings) -> CirculationProxy {
    let time = Timekeeper(now: { Moment(milliseconds: 0) }, sleep: { try await Task.sleep(for: $0) })
    return CirculationProxy(settings, time: time, logger: logger) { _ in .followed }
}

@Suite(.serialized, .timeLimit(.minutes(10))) struct ProxyDoorTests {
    @Test func `a proxy whose port is taken ends nothing, says so, and has it when it is free`() async throws {
        let readiness = try Readiness()
        let occupant = try Occupant(on: readiness)
        let (settings, door) = try #require(
            try Composition.doors(
                try proxies(listen: occupant.port, system: 9),
                rules: CirculationRules(),
                on: readiness
            ).first
        )
        let proxy = proxy(settings)
        let (attempts, attempt) = AsyncStream.makeStream(of: Void.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                await door.run(proxy, logger: logger) { _ in
                    for await _ in attempts { return }
                    throw CancellationError()
                }
            }
            defer { group.cancelAll() }
            try await waited { await proxy.report.trouble != nil }
            let told = await proxy.report
            #expect(told.trouble == "port \(occupant.port): in use by another program")
            #expect(told.hint?.contains("ss -ltnp") == true)
            await occupant.leave()
            attempt.yield()
            try await waited { await proxy.report.trouble == nil }
            _ = try await TCPLink.connect(host: "127.0.0.1", port: occupant.port, on: readiness)
        }
    }

    @Test func `no more calls are taken than kiosks make, and one that ends makes room`() async throws {
        let readiness = try Readiness()
        let system = try Echo(on: readiness)
        let configured = try #require(try proxies(listen: 0, system: system.port).first)
        let door = ProxyDoor(configured, on: readiness, limit: 1)
        let proxy = proxy(ProxySettings(name: "kiosk-1", reader: "pad-1"))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await system.run() }
            group.addTask { await proxy.run() }
            group.addTask { await door.run(proxy, logger: logger) }
            defer { group.cancelAll() }
            // Being answered is being counted.
            var first = try await TCPLink.connect(host: "127.0.0.1", port: door.port, on: readiness)
            try await first.send([0x39, 0x0D])
            let counted = try await first.receive(within: .seconds(120))
            #expect(counted.first == 0x39)
            var second = try await TCPLink.connect(host: "127.0.0.1", port: door.port, on: readiness)
            await #expect(throws: LinkError.closed) { _ = try await second.receive(within: .seconds(120)) }
            _ = consume first
            var answer: [UInt8] = []
            while answer.isEmpty {
                try Task.checkCancellation()
                var next = try await TCPLink.connect(host: "127.0.0.1", port: door.port, on: readiness)
                try? await next.send([0x39, 0x0D])
                answer = (try? await next.receive(within: .seconds(120))) ?? []
            }
            #expect(answer.first == 0x39)
        }
    }
}
