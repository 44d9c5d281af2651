import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Hangs up on whoever sends a request's body, or takes an answer in, more slowly than any line is.
///
/// Only while we wait for it: a body that is taken in slowly, such as an import's, may take its time. Slow header
/// fields are the connection's own affair: it is closed when no whole head has come within a minute.
final class BodyPace: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// Bytes that have to come in each stretch of time in which they are waited for, or the end of the body.
    static let least = 1024
    static var stretch: TimeAmount { look * looks }
    /// How often it is looked whether a body is waited for. Only where it is, time passes: what a caller could not send
    /// while nobody took it in is no dripping, and comes a moment after somebody does again.
    static let look: TimeAmount = .seconds(1)
    private static let looks = 10

    /// How long so little of an answer may be taken that no more of it can be written: nothing else ends one that is
    /// not read.
    static let patience: TimeAmount = .seconds(60)

    private var isAwaited = false
    private var bytes = 0
    private var waits = 0
    private var timer: Scheduled<Void>?
    private var unread: Scheduled<Void>?

    func read(context: ChannelHandlerContext) {
        isAwaited = true
        context.read()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            (bytes, waits) = (0, 0)
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

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        unread?.cancel()
        unread = nil
        if !context.channel.isWritable {
            unread = context.eventLoop.assumeIsolated().scheduleTask(in: Self.patience) {
                context.close(promise: nil)
            }
        }
        context.fireChannelWritabilityChanged()
    }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { end() }

    private func watch(_ context: ChannelHandlerContext) {
        stop()
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: Self.look) { [self] in
            if isAwaited { waits += 1 }
            if waits >= Self.looks {
                guard bytes >= Self.least else {
                    context.close(promise: nil)
                    return
                }
                (bytes, waits) = (0, 0)
            }
            watch(context)
        }
    }

    private func end() {
        stop()
        unread?.cancel()
        unread = nil
    }

    private func stop() {
        timer?.cancel()
        timer = nil
    }
}
