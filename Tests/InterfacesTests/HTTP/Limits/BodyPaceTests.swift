import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

@testable import Interfaces

@Suite struct BodyPaceTests {
    private let channel: EmbeddedChannel

    init() throws {
        channel = EmbeddedChannel(handler: BodyPace())
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 7878)).wait()
        channel.read()
        try channel.writeInbound(
            HTTPRequestPart.head(
                HTTPRequest(method: .post, scheme: "http", authority: "localhost", path: "/v1/restore")
            )
        )
    }

    private func send(_ bytes: Int) throws {
        try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(repeating: 0, count: bytes)))
    }

    private func wait(_ stretches: Int = 1) {
        channel.embeddedEventLoop.advanceTime(by: BodyPace.stretch * stretches)
    }

    /// Lets the channel say whether more may be written to it.
    private func turn(writable: Bool) {
        channel.isWritable = writable
        channel.pipeline.fireChannelWritabilityChanged()
    }

    @Test func `who takes nothing of an answer is hung up on, who takes some of it is not`() throws {
        try channel.writeInbound(HTTPRequestPart.end(nil))
        for _ in 0..<100 {
            turn(writable: false)
            channel.embeddedEventLoop.advanceTime(by: BodyPace.patience - .nanoseconds(1))
            turn(writable: true)
        }
        channel.embeddedEventLoop.advanceTime(by: BodyPace.patience * 2)
        #expect(channel.isActive)
        turn(writable: false)
        channel.embeddedEventLoop.advanceTime(by: BodyPace.patience)
        #expect(!channel.isActive)
    }

    @Test func `who drips is hung up on`() throws {
        channel.read()
        try send(1)
        channel.read()
        #expect(channel.isActive)
        wait()
        #expect(!channel.isActive)
    }

    @Test func `who sends at a pace may send for ever`() throws {
        for _ in 0..<100 {
            try send(BodyPace.least)
            channel.read()
            wait()
            #expect(channel.isActive)
        }
    }

    @Test func `who is not read from is not blamed`() throws {
        try send(1)
        wait(10)
        #expect(channel.isActive)
        channel.read()
        wait()
        #expect(!channel.isActive)
    }

    @Test func `who was not read from has a whole stretch when we read again, and no more`() throws {
        try send(1)
        wait(10)
        channel.embeddedEventLoop.advanceTime(by: BodyPace.stretch - BodyPace.look)
        // An import that was busy for more than a minute asks for the next piece just ahead of the end of a stretch.
        channel.read()
        channel.embeddedEventLoop.advanceTime(by: BodyPace.stretch - .nanoseconds(1))
        #expect(channel.isActive)
        try send(BodyPace.least)
        channel.read()
        wait()
        #expect(channel.isActive)
        wait()
        #expect(!channel.isActive)
    }

    @Test func `after the end of a body nobody waits for one`() throws {
        try channel.writeInbound(HTTPRequestPart.end(nil))
        channel.read()
        wait(10)
        #expect(channel.isActive)
    }
}
