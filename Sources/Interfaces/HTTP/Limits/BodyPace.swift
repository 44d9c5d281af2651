import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Hangs up on whoever sends a request's body more slowly than any line is.
///
/// Only while we wait for bytes: a body that is taken in slowly, such as an import's, may take its time. Slow header
/// fields are the connection's own affair: it is closed when no whole head has come within a minute.
final class BodyPace: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// Bytes that have to come in each stretch of time, or the end of the body.
    static let least = 1024
    static let stretch: TimeAmount = .seconds(10)

    private var isAwaited = false
    private var bytes = 0
    private var timer: Scheduled<Void>?

    func read(context: ChannelHandlerContext) {
        isAwaited = true
        context.read()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            bytes = 0
            watch(context)
        case .body(let piece): bytes += piece.readableBytes
        case .end: stop()
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        isAwaited = false
        context.fireChannelReadComplete()
    }

    func channelInactive(context: ChannelHandlerContext) {
        stop()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { stop() }

    private func watch(_ context: ChannelHandlerContext) {
        stop()
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: Self.stretch) { [self] in
            guard !isAwaited || bytes >= Self.least else {
                context.close(promise: nil)
                return
            }
            bytes = 0
            watch(context)
        }
    }

    private func stop() {
        timer?.cancel()
        timer = nil
    }
}
