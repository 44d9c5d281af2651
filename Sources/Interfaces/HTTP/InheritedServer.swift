import Foundation
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOExtras
import NIOPosix
import ServiceLifecycle

/// Serves a router on a socket that somebody else opened: systemd, which keeps callers waiting while the daemon starts.
///
/// Hummingbird opens its sockets itself; this is its serving without the opening.
struct InheritedServer<Responder: HTTPResponder>: Service
where Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
    /// Listens already; closed at the end.
    let socket: CInt
    let responder: Responder
    let configuration: HTTP1Channel.Configuration
    let connections: Int
    let serverName: String
    /// Takes the port once callers are served; `nil` for a socket without one.
    let started: @Sendable (Int?) -> Void
    let logger: Logger

    func run() async throws {
        let child = LoopChannel(HTTP1Channel(responder: respond, configuration: configuration))
        let (connections, logger) = (connections, logger)
        let quiescing = ServerQuiescingHelper(group: MultiThreadedEventLoopGroup.singleton)
        let listening = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    let limit = MaximumAvailableConnections(connections, logger: logger)
                    try pipeline.addHandler(AvailableConnectionsChannelHandler(delegate: limit))
                    try pipeline.addHandler(quiescing.makeServerChannelHandler(channel: channel))
                }
            }
            .childChannelOption(ChannelOptions.allowRemoteHalfClosure, value: true)
            .bind(socket) { channel in child.setup(channel: channel, logger: logger) }
        started(listening.channel.localAddress?.port)
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                do {
                    try await listening.executeThenClose { inbound in
                        for try await call in inbound {
                            group.addTask { await child.handle(value: call, logger: logger) }
                        }
                    }
                } catch {
                    logger.error("http socket", metadata: ["cause": "\(error)"])
                }
            }
        } onGracefulShutdown: {
            // Callers that are being answered get their answer; idle ones are let go.
            quiescing.initiateShutdown(promise: nil)
        }
    }

    @concurrent
    private func respond(_ request: Request, writer: consuming ResponseWriter, channel: any Channel) async throws {
        let context = Responder.Context(source: ApplicationRequestContextSource(channel: channel, logger: logger))
        var response: Response
        do {
            response = try await responder.respond(to: request, context: context)
        } catch {
            logger.debug("request failed", metadata: ["cause": "\(error)"])
            response = Response(status: .internalServerError)
        }
        response.headers[.date] = Date.now.httpText
        response.headers[.server] = serverName
        try await writer.write(response: response.head, body: response.body)
    }
}

extension Date {
    /// The moment as HTTP writes it (RFC 9110 §5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`.
    var httpText: String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.year, .month, .day, .weekday, .hour, .minute, .second], from: self)
        let day = Self.dayNames[((parts.weekday ?? 1) - 1) % 7]
        let month = Self.monthNames[((parts.month ?? 1) - 1) % 12]
        let time = [parts.hour, parts.minute, parts.second].map { Self.twoDigits($0 ?? 0) }.joined(separator: ":")
        return "\(day), \(Self.twoDigits(parts.day ?? 1)) \(month) \(parts.year ?? 1970) \(time) GMT"
    }

    private static let dayNames = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let monthNames = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
