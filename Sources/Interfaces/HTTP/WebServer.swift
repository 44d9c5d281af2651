package import API
import HTTPTypes
import Hummingbird
import HummingbirdCore
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
    private let logger: Logger

    /// How to play in a simulated branch.
    package struct Simulation: Sendable {
        package var perform: @Sendable (SimulationRequest) async throws -> SimulationScene
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
        self.logger = logger
    }

    /// Serves until told to stop; throws ``ListenFailure`` when the address cannot be had.
    package func run() async throws {
        if let inherited { return try await serve(inherited, startedAt: desk.time.now()) }
        do {
            try await application(startedAt: desk.time.now()).run()
        } catch let error as IOError {
            throw ListenFailure(address: address, port: port, cause: error)
        }
    }

    /// The server without its socket, as tests use it.
    func application(startedAt: Moment) -> some ApplicationProtocol {
        let (started, port) = (started, port)
        return Application(
            router: router(startedAt: startedAt),
            server: .http1(configuration: Self.channels),
            configuration: ApplicationConfiguration(
                address: .hostname(address, port: port),
                serverName: "pressmark",
                availableConnectionsDelegate: .maximum(RequestLimits.connections, logger: logger)
            ),
            onServerRunning: { channel in started(channel.localAddress?.port ?? port) },
            logger: logger
        )
    }

    private static let channels = HTTP1Channel.Configuration(
        idleTimeout: .seconds(60),
        httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
            maxHeaderFieldSize: RequestLimits.headers,
            maxHeaderListSize: RequestLimits.headers,
            maxHeaderFieldCount: RequestLimits.headerFields
        )
    )

    /// Serves on a socket that listens already.
    func serve(_ socket: CInt, startedAt: Moment) async throws {
        let (started, port) = (started, port)
        let server = InheritedServer(
            socket: socket,
            responder: router(startedAt: startedAt).buildResponder(),
            configuration: Self.channels,
            connections: RequestLimits.connections,
            serverName: "pressmark",
            started: { started($0 ?? port) },
            logger: logger
        )
        try await server.run()
    }

    /// Every route, behind the rules of the line over which it is asked for.
    func router(startedAt: Moment) -> Router<WebContext> {
        let gatekeeper = Gatekeeper(room: desk.access, door: .loopback(loopback))
        let router = webRouter(hosts: hosts, gatekeeper: gatekeeper)
        SessionRoutes(gatekeeper: gatekeeper).add(to: router)
        TokenRoutes(desk: desk).add(to: router)
        router.addMiddleware { MetricMiddleware(tally: desk.tally) }
        MetricRoutes(desk: desk, startedAt: startedAt).add(to: router)
        DoctorRoutes(desk: desk).add(to: router)
        PrivacyRoutes(desk: desk).add(to: router)
        StatusRoutes(desk: desk, library: library, simulated: simulation != nil, startedAt: startedAt).add(to: router)
        TagRoutes(desk: desk).add(to: router)
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
        EventRoutes(desk: desk).add(to: router)
        SimulationRoutes(simulation: simulation).add(to: router)
        return router
    }
}

/// Why the server cannot listen.
package struct ListenFailure: Error, CustomStringConvertible {
    let address: String
    let port: Int
    let cause: IOError

    package var description: String { "http \(address):\(port): cannot listen: \(cause)" }

    /// What to do about it.
    package var hint: String {
        "see which program has the port with: ss -ltnp | grep :\(port); or set another one under [http] in the configuration"
    }
}
