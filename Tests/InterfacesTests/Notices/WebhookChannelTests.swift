import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Library
import Synchronization
import Testing

@testable import Interfaces

private let notice = Notice(.trouble, .warning, subject: "pad-1", text: "away", at: TestService.start)

/// A receiver on a port of its own that answers with this status.
private func receiving(
    _ status: HTTPResponse.Status,
    _ body: @escaping @Sendable (WebhookChannel) async throws -> Void
) async throws -> [(signature: String?, body: [UInt8])] {
    let received = Mutex<[(signature: String?, body: [UInt8])]>([])
    let router = Router()
    router.post("/hook") { request, _ in
        let bytes = try await request.body.collect(upTo: 1 << 20)
        let signature = HTTPField.Name("X-Pressmark-Signature").flatMap { request.headers[$0] }
        received.withLock { $0.append((signature, Array(bytes.readableBytesView))) }
        return Response(status: status)
    }
    let application = Application(router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)))
    try await application.test(.live) { client in
        let channel = WebhookChannel(
            url: "http://127.0.0.1:\(client.port ?? 0)/hook",
            form: .json,
            site: "Main",
            secret: { "s3cret" },
            now: { TestService.start }
        )
        try await body(channel)
    }
    return received.withLock { $0 }
}

@Test func `a notice arrives signed over the very bytes`() async throws {
    let received = try await receiving(.ok) { try await $0.deliver(notice) }
    let one = try #require(received.first)
    #expect(received.count == 1)
    #expect(one.signature == WebhookMessage.signature(of: one.body, at: TestService.start, with: "s3cret"))
}

@Test func `a receiver that refuses, or that is not there, is told without its address`() async throws {
    _ = try await receiving(.internalServerError) { channel in
        let error = await #expect(throws: WebhookChannel.Refusal.self) { try await channel.deliver(notice) }
        #expect(error?.description == "webhook: found status 500, wanted 200 to 299")
        var gone = channel
        gone.url = "http://127.0.0.1:1/secret-path"
        let away = await #expect(throws: WebhookChannel.Refusal.self) { try await gone.deliver(notice) }
        #expect(away?.description.contains("secret-path") == false)
    }
}
