import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
package import Operations
import ServiceLifecycle

/// Listens for one dialect on this machine alone, on both of its addresses: browsers try `::1` first where a page says
/// `localhost`, and `127.0.0.1` where it says so.
///
/// A port that cannot be had is tried again later; nothing else of the service depends on it.
package struct DialectServer: Service {
    /// What a test of a library system lays on the simulated pad.
    package typealias Lay = @Sendable (_ barcodes: [String]) async throws -> Void

    private let type: any WorkstationDialect.Type
    private let dialect: any WorkstationDialect
    private let place: DialectPlace
    private let policy: DialectGuard
    private let port: Int
    private let addresses: [String]
    private let lay: Lay?
    private let audit: AuditRoom
    private let started: @Sendable (_ address: String, _ port: Int) -> Void
    private let logger: Logger

    /// The longest body that is read; a document for one item has some hundred bytes.
    private static let longestBody = 64 << 10
    private static let retry = Duration.seconds(15)

    /// - Parameters:
    ///   - port: 0 for one that is free.
    ///   - lay: only in the simulated branch; answers `POST /api/barcodes` and `GET /getitems` as the test suite of the
    ///     Koha plugin wants it.
    ///   - audit: where changes are written down, with the page that asked for them.
    ///   - started: takes address and port once it listens.
    package init(
        _ type: any WorkstationDialect.Type,
        at place: DialectPlace,
        port: Int,
        addresses: [String] = ["127.0.0.1", "::1"],
        policy: DialectGuard,
        lay: Lay? = nil,
        audit: AuditRoom,
        started: @escaping @Sendable (_ address: String, _ port: Int) -> Void = { _, _ in },
        logger: Logger
    ) {
        self.type = type
        self.place = place
        dialect = type.init(place)
        self.policy = policy
        self.port = port
        self.addresses = addresses
        self.lay = lay
        self.audit = audit
        self.started = started
        self.logger = logger
    }

    private var door: WorkstationDoor {
        WorkstationDoor(dialect: type.identity.name, reader: place.reader, port: port)
    }

    /// Listens until told to stop.
    package func run() async throws {
        await withDiscardingTaskGroup { group in
            for address in addresses { group.addTask { await listen(on: address) } }
        }
    }

    private func listen(on address: String) async {
        var isTold = false
        while !Task.isCancelled, !Task.isShuttingDownGracefully {
            do {
                try await application(on: address).run()
                return
            } catch {
                if Task.isCancelled { return }
                let cause = (error as? IOError)?.words ?? "\(error)"
                await place.desk.note(door) {
                    $0.listening.remove(address)
                    $0.troubles[address] = cause
                }
                if !isTold {
                    logger.warning(
                        "workstation dialect cannot listen",
                        metadata: [
                            "dialect": "\(type.identity.name)", "address": "\(address)", "port": "\(port)",
                            "cause": "\(cause)",
                        ]
                    )
                }
                isTold = true
            }
            try? await untilShutdown { try await Task.sleep(for: Self.retry) }
        }
    }

    /// The server without its socket, as tests use it.
    func application(on address: String) -> some ApplicationProtocol {
        let (desk, door, started, port) = (place.desk, door, started, port)
        return Application(
            responder: CallbackResponder { (request: Request, _: BasicRequestContext) in
                await respond(to: request)
            },
            // A page is held to the pace of every other caller: sixty-four bodies that never end would leave no line.
            server: .http1(configuration: .bounded),
            configuration: ApplicationConfiguration(
                address: .hostname(address, port: port),
                serverName: "pressmark",
                availableConnectionsDelegate: .maximum(64, logger: logger)
            ),
            onServerRunning: { channel in
                await desk.note(door) {
                    $0.listening.insert(address)
                    $0.troubles[address] = nil
                }
                started(address, channel.localAddress?.port ?? port)
            },
            logger: logger
        )
    }

    private func respond(to request: Request) async -> Response {
        let origin = request.headers[.origin]
        var call = DialectCall(
            method: request.method.rawValue,
            path: request.uri.path.split(separator: "/").map { String($0).removingPercentEncoding ?? String($0) },
            query: Dictionary(
                request.uri.queryParameters.map { (String($0.key), String($0.value)) },
                uniquingKeysWith: { first, _ in first }
            )
        )
        let isPreflight = request.method == .options
        let isChange = type.changes(call) || isControl(call)
        if let refusal = policy.refusal(
            method: call.method,
            authority: request.head.authority,
            origin: origin,
            site: HTTPField.Name("Sec-Fetch-Site").flatMap { request.headers[$0] },
            changes: isChange
        ) {
            await turnAway(refusal)
            return response(type.refusal(DialectProblem(refusal)), for: nil)
        }
        if isPreflight { return preflight(request, for: origin) }
        guard let body = try? await request.body.collect(upTo: Self.longestBody) else {
            let problem = DialectProblem(status: 413, text: "body: found more than \(Self.longestBody) bytes")
            return response(type.refusal(problem), for: origin)
        }
        call.body = Array(body.readableBytesView)
        let answer: DialectAnswer
        if let said = await control(call) {
            answer = said
        } else if let said = await dialect.answer(call) {
            answer = said
        } else {
            answer = type.refusal(
                DialectProblem(status: 404, text: "\(request.uri.path): no call of \(type.identity.title)")
            )
        }
        if isChange { note(request, for: origin, answer) }
        await place.desk.note(door) { $0.answers += 1 }
        return response(answer, for: origin)
    }

    /// Writes a change down before its answer goes out. Who was turned away is not: any page could fill the disk so.
    private func note(_ request: Request, for origin: String?, _ answer: DialectAnswer) {
        audit.note(
            who: origin.map { String($0.prefix(200)) } ?? "loopback",
            role: nil,
            means: type.identity.name,
            peer: "local",
            action: "\(request.method) \(type.identity.name)",
            target: request.uri.path,
            result: answer.status
        )
    }

    private func turnAway(_ refusal: DialectGuard.Refusal) async {
        guard case .origin(let origin) = refusal else {
            return await place.desk.note(door) { $0.refusals += 1 }
        }
        guard await place.desk.turnAway(origin, at: door) else { return }
        logger.warning(
            "page turned away from the pad",
            metadata: [
                "dialect": "\(type.identity.name)", "origin": "\(origin.prefix(200))",
                "hint": "add it to origins of this [[dialect]] if it is your library system",
            ]
        )
    }
}

/// Answers as browsers want them (Fetch, CORS protocol; WICG Private Network Access).
extension DialectServer {
    private func response(_ answer: DialectAnswer, for origin: String?) -> Response {
        var headers: HTTPFields = [.contentType: answer.type, .cacheControl: "no-store", .vary: "Origin"]
        if let name = HTTPField.Name("X-Content-Type-Options") { headers[name] = "nosniff" }
        if let origin { headers[.accessControlAllowOrigin] = origin }
        return Response(
            status: HTTPResponse.Status(code: answer.status),
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(string: answer.body))
        )
    }

    private func preflight(_ request: Request, for origin: String?) -> Response {
        var headers: HTTPFields = [
            .vary: "Origin", .cacheControl: "no-store", .accessControlAllowMethods: "GET, POST, PUT, OPTIONS",
            // The second by libraries that add it to every call of a page (Dojo, Prototype, Ext).
            .accessControlAllowHeaders: "Content-Type, X-Requested-With", .accessControlMaxAge: "600",
        ]
        if let origin { headers[.accessControlAllowOrigin] = origin }
        if let asked = HTTPField.Name("Access-Control-Request-Private-Network"),
            let allowed = HTTPField.Name("Access-Control-Allow-Private-Network"), request.headers[asked] == "true"
        {
            headers[allowed] = "true"
        }
        return Response(status: .noContent, headers: headers)
    }
}

/// The two routes by which the Koha plugin's own test suite lays items on a simulated pad.
extension DialectServer {
    private struct Laid: Decodable {
        /// Barcodes with a space between; empty to clear the pad.
        var barcodes: String
    }

    private func isControl(_ call: DialectCall) -> Bool {
        lay != nil && call.method == "POST" && call.path == ["api", "barcodes"]
    }

    private func control(_ call: DialectCall) async -> DialectAnswer? {
        guard let lay else { return nil }
        if isControl(call) {
            do {
                let laid = try JSONDecoder().decode(Laid.self, from: Data(call.body))
                try await lay(laid.barcodes.split(separator: " ").map(String.init))
                return DialectAnswer(type: "application/json", body: "{\"status\":true}")
            } catch {
                return type.refusal(DialectProblem(status: 400, text: "\(error)"))
            }
        }
        guard call.method == "GET", call.path.map({ $0.lowercased() }) == ["getitems"] else { return nil }
        return await CircITDialect(place).answer(DialectCall(method: "GET", path: ["getitems"]))
    }
}
