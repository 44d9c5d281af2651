import HummingbirdCore
import NIOCore

extension HTTP1Channel.Configuration {
    /// What holds for a connection, whichever line it comes over: how much may be said ahead of a body, and how slowly
    /// anything may be said or heard.
    static var bounded: HTTP1Channel.Configuration {
        HTTP1Channel.Configuration(
            additionalChannelHandlers: [BodyPace()],
            idleTimeout: .seconds(60),
            httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
                maxHeaderFieldSize: RequestLimits.headers,
                maxHeaderListSize: RequestLimits.headers,
                maxHeaderFieldCount: RequestLimits.headerFields
            )
        )
    }
}
