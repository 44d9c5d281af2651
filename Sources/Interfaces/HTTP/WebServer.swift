package import API
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
package import Library
package import Logging
import NIOCore
package import Operations
import ServiceLifecycle

/// The HTTP server: API, event stream and web page.
package struct WebServer: Service {
    private let desk: ServiceDesk
    private let library: String
    private let scheme: CallNumberScheme
    private let address: String
    private let port: Int
    private let inherited: CInt?
    private let hosts: HostPolicy
    private let loopback: AccessRole?
    private let simulation: Simulation?
    private let started: @Sendable (Int) -> Void
    private let whenRefused: (@Sendable (ListenFailure) async -> Void)?
    private let lines: [WebLine]
    private let connections: Int
    private let feed: EventFeed
    private let book = AnswerBook()
    private let logger: Logger

    /// How to play in a simulated branch.
    package struct Simulation: Sendable {
        /// Plays one step, as laying a tag on a simulated pad, and tells what lies where afterwards.
        package var perform: @Sendable (SimulationRequest) async throws -> SimulationScene
        /// What lies where at this moment.
        package var scene: @Sendable () async -> SimulationScene

        package init(
            perform: @escaping @Sendable (SimulationRequest) async throws -> SimulationScene,
            scene: @escaping @Sendable () async -> SimulationScene
        ) {
            self.perform = perform
            self.scene = scene
        }
    }

    /// - Parameters:
    ///   - library: what the library is called, for the page.
    ///   - scheme: by which call numbers of a sweep's range are filed unless a request says otherwise.
    ///   - port: 0 for one that is free.
    ///   - inherited: a socket that listens already and takes the place of address and port; closed at the end.
    ///   - hosts: names under which browsers may reach the page, beside the loopback names and `address` itself.
    ///   - loopback: what programs and browsers on this machine may do without a token; `nil`: nothing.
    ///   - lines: where it listens besides.
    ///   - connections: how many are served at one time on each line, event streams included; further ones wait until
    ///     another leaves. When many come at one moment it may be three more.
    ///   - whenRefused: hears once of each line that cannot be had, which is tried again until it can: gates and pads
    ///     go on without a page. `nil`: the server ends with ``ListenFailure``.
    ///   - started: takes the port once the server listens.
    package init(
        desk: ServiceDesk,
        library: String,
        scheme: CallNumberScheme,
        address: String,
        port: Int,
        inherited: CInt? = nil,
        hosts: [String],
        loopback: AccessRole?,
        simulation: Simulation?,
        lines: [WebLine] = [],
        connections: Int = RequestLimits.connections,
        whenRefused: (@Sendable (ListenFailure) async -> Void)? = nil,
        started: @escaping @Sendable (Int) -> Void,
        logger: Logger
    ) {
        self.desk = desk
        self.library = library
        self.scheme = scheme
        self.address = address
        self.port = port
        self.inherited = inherited
        self.hosts = HostPolicy(hosts: hosts + [address.contains(":") ? "[\(address)]" : address])
        self.loopback = loopback
        self.simulation = simulation
        self.started = started
        self.whenRefused = whenRefused
        self.lines = lines
        self.connections = connections
        feed = EventFeed(epoch: String(desk.time.now().milliseconds, radix: 36))
        self.logger = logger
    }

    /// Between two attempts at a line that cannot be had.
    private static let retry = Duration.seconds(3)

    /// Serves until told to stop; throws ``ListenFailure`` when a line cannot be had and nobody wants to hear of it.
    package func run() async throws {
        let startedAt = desk.time.now()
        try await withThrowingTaskGroup(of: Void.self) { group in
            let (openings, opened) = AsyncStream.makeStream(of: Int.self)
            for (number, line) in lines.enumerated() {
                var line = line
                line.opened = { [tell = line.opened] port in
                    tell(port)
                    opened.yield(number)
                }
                group.addTask { [line] in
                    // The page waits for no line that cannot be had.
                    try await run(line, startedAt: startedAt) { opened.yield(number) }
                }
            }
            // Who hears that we have started finds the socket there. The line for other machines may wait for days.
            let first = Set(lines.indices.filter { lines[$0].door != .network })
            group.addTask {
                _ = await untilShutdown { await Self.wait(for: first, in: openings) }
                try await run(main, startedAt: startedAt)
            }
            let events = await desk.events.events()
            group.addTask { [desk, feed] in
                await untilShutdown {
                    await feed.run(events) { event, id in
                        try Event(event, items: { try desk.items($0) }).map { try EventFrame.event($0, id: id) }
                    }
                }
            }
            // The first that fails ends the others; waitForAll would wait for them.
            for try await _ in group {}
        }
    }

    /// Waits until each of these lines has been opened or refused; one that is refused and opened later is one line.
    ///
    /// - Returns: whether each has; `false` where nothing more is to come.
    static func wait(for lines: Set<Int>, in openings: AsyncStream<Int>) async -> Bool {
        var missing = lines
        var openings = openings.makeAsyncIterator()
        while !missing.isEmpty, let number = await openings.next() { missing.remove(number) }
        return missing.isEmpty
    }

    private func run(
        _ line: WebLine,
        startedAt: Moment,
        refused: @Sendable () -> Void = {}
    ) async throws {
        if line.door == .network {
            guard await waitForToken(line) else { return }
        }
        if let socket = line.inherited { return try await serve(socket, line, startedAt: startedAt) }
        var isTold = false
        while !Task.isCancelled, !Task.isShuttingDownGracefully {
            do {
                try await application(line, startedAt: startedAt).run()
                if case .socket(let path) = line.place { try? FileManager.default.removeItem(atPath: path) }
                return
            } catch let error as IOError {
                let failure = ListenFailure(place: line.place, cause: error)
                guard let whenRefused else { throw failure }
                await desk.lines.note(.init(place: "\(line.place)", cause: error.words, hint: failure.hint))
                if !isTold {
                    await whenRefused(failure)
                    refused()
                }
                isTold = true
            }
            try? await untilShutdown { try await desk.time.sleep(Self.retry) }
        }
    }

    /// Other machines are let in when there is a token to let them in with. Returns whether there is one: when the
    /// service is stopped before, there is none.
    private func waitForToken(_ line: WebLine) async -> Bool {
        await untilShutdown {
            var hasSaid = false
            while !Task.isCancelled {
                if (try? desk.access.hasTokens()) == true { return true }
                if !hasSaid {
                    logger.warning(
                        "other machines are not served yet: there is no token",
                        metadata: ["line": "\(line.place)", "hint": "pressmark token create"]
                    )
                    hasSaid = true
                }
                try? await desk.time.sleep(.seconds(2))
            }
            return false
        }
    }

    private var main: WebLine {
        WebLine(.tcp(address: address, port: port), door: .loopback(loopback), inherited: inherited, opened: started)
    }

    /// The server without its socket, as tests use it.
    func application(startedAt: Moment) -> some ApplicationProtocol {
        // The loopback line has no certificate that could be wrong.
        application(responder: router(main, startedAt: startedAt), main, Self.plain)
    }

    private func application(_ line: WebLine, startedAt: Moment) throws -> some ApplicationProtocol {
        var server = Self.plain
        if let certificate = line.certificate {
            server = try .tls(server, tlsConfiguration: certificate.configuration)
        }
        return application(responder: router(line, startedAt: startedAt), line, server)
    }

    private func application(
        responder router: Router<WebContext>,
        _ line: WebLine,
        _ server: HTTPServerBuilder
    ) -> some ApplicationProtocol {
        Application(
            router: router,
            server: server,
            configuration: ApplicationConfiguration(
                address: line.place.address,
                serverName: "pressmark",
                availableConnectionsDelegate: .maximum(connections, logger: logger)
            ),
            onServerRunning: { channel in
                if case .socket(let path) = line.place {
                    // Whoever may open it is in its group.
                    try? FileManager.default.setAttributes([.posixPermissions: 0o660], ofItemAtPath: path)
                }
                await desk.lines.forget("\(line.place)")
                line.opened(channel.localAddress?.port ?? 0)
            },
            logger: logger
        )
    }

    private static var plain: HTTPServerBuilder {
        HTTPServerBuilder { LoopChannel(HTTP1Channel(responder: $0, configuration: .bounded)) }
    }

    /// Serves on a socket that listens already.
    private func serve(_ socket: CInt, _ line: WebLine, startedAt: Moment) async throws {
        let port = port
        let server = InheritedServer(
            socket: socket,
            responder: router(line, startedAt: startedAt).buildResponder(),
            configuration: .bounded,
            connections: connections,
            serverName: "pressmark",
            started: { line.opened($0 ?? port) },
            logger: logger
        )
        try await server.run()
    }

    /// Every route, behind the rules of the line over which it is asked for.
    func router(startedAt: Moment) -> Router<WebContext> { router(main, startedAt: startedAt) }

    private func router(_ line: WebLine, startedAt: Moment) -> Router<WebContext> {
        let gatekeeper = Gatekeeper(
            room: desk.access,
            door: line.door,
            cookie: SessionCookie(isSecure: line.certificate != nil)
        )
        let router = webRouter(
            hosts: hosts,
            gatekeeper: gatekeeper,
            audit: desk.audit,
            repeats: RepeatMiddleware(book: book, time: desk.time),
            tally: desk.tally
        )
        SessionRoutes(gatekeeper: gatekeeper, audit: desk.audit, feed: feed).add(to: router)
        AuditRoutes(desk: desk).add(to: router)
        DocumentRoutes().add(to: router)
        TokenRoutes(desk: desk, feed: feed).add(to: router)
        MetricRoutes(desk: desk, startedAt: startedAt).add(to: router)
        DoctorRoutes(desk: desk).add(to: router)
        PrivacyRoutes(desk: desk).add(to: router)
        StatusRoutes(desk: desk, library: library, simulated: simulation != nil, startedAt: startedAt).add(to: router)
        TagRoutes(desk: desk).add(to: router)
        TagBenchRoutes(desk: desk).add(to: router)
        TagHealthRoutes(desk: desk).add(to: router)
        SecurityRoutes(desk: desk).add(to: router)
        ReaderRoutes(desk: desk).add(to: router)
        ConversionRoutes(desk: desk).add(to: router)
        HoldingsRoutes(desk: desk).add(to: router)
        SweepRoutes(desk: desk, scheme: scheme).add(to: router)
        SearchRoutes(desk: desk).add(to: router)
        GateRoutes(desk: desk).add(to: router)
        LibrarySystemRoutes(desk: desk).add(to: router)
        LoanRoutes(desk: desk).add(to: router)
        KioskRoutes(desk: desk, library: library).add(to: router)
        BackupRoutes(desk: desk).add(to: router)
        SettingsRoutes(desk: desk).add(to: router)
        EventRoutes(feed: feed, access: desk.access).add(to: router)
        SimulationRoutes(simulation: simulation).add(to: router)
        return router
    }
}

extension WebLine.Place {
    fileprivate var address: BindAddress {
        switch self {
        case .tcp(let address, let port): .hostname(address, port: port)
        case .socket(let path): .unixDomainSocket(path: path)
        }
    }
}

/// Why the server cannot listen.
package struct ListenFailure: Error, CustomStringConvertible {
    let place: WebLine.Place
    let cause: IOError

    package var description: String { "\(place): cannot listen: \(cause.words)" }

    /// What to do about it.
    package var hint: String {
        switch place {
        case .tcp(_, let port):
            "see which program has the port with: ss -ltnp | grep :\(port); or set another one under [http] in the configuration"
        case .socket: "the folder of the socket must be there and belong to the daemon's user; set another under [http]"
        }
    }
}
