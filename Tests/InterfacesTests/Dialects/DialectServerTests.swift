import Hummingbird
import HummingbirdCore
import NIOCore
import Testing

@testable import Interfaces

@Suite struct DialectServerTests {
    @Test func `a page that drips is held to the pace of every other caller`() {
        let handlers = DialectServer.channels.additionalChannelHandlers()
        #expect(handlers.contains { $0 is BodyPace })
        #expect(DialectServer.channels.idleTimeout == HTTP1Channel.Configuration.bounded.idleTimeout)
    }
}
