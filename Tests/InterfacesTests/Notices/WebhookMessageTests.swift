import Foundation
import Library
import Testing

@testable import Interfaces

private let start = Moment(milliseconds: 1_795_000_000_000)
private let notice = Notice(
    .alarm,
    .failure,
    subject: "gate-1",
    text: "not on loan, 1 item",
    remedy: "ask at the desk",
    at: start
)

private func message(_ form: WebhookMessage.Form, secret: String? = nil) -> WebhookMessage {
    WebhookMessage(notice, to: "https://hooks.example/x", form: form, secret: secret, site: "Main", at: start)
}

private func json(_ message: WebhookMessage) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(message.body)) as? [String: Any])
}

@Test func `the signature is what another implementation computes`() {
    // printf '1795000000.{}' | openssl dgst -sha256 -hmac s3cret
    let signature = WebhookMessage.signature(of: Array("{}".utf8), at: start, with: "s3cret")
    #expect(signature == "t=1795000000,v1=5d1b28e97f344abce663f0b406ce8f791d7c2d7bc113586192049f10b0318f44")
}

@Test func `our own form has every field, signed`() throws {
    let message = message(.json, secret: "s3cret")
    let value = try json(message)
    #expect(value["site"] as? String == "Main" && value["event"] as? String == "alarm")
    #expect(value["level"] as? String == "failure" && value["subject"] as? String == "gate-1")
    #expect(value["remedy"] as? String == "ask at the desk" && value["at"] as? String == "2026-11-18T11:06:40Z")
    let unsigned = WebhookMessage(notice, to: "https://x", form: .json, secret: nil, site: "Main", at: start)
    let wanted = WebhookMessage.signature(of: message.body, at: start, with: "s3cret")
    #expect(message.headers["X-Pressmark-Signature"] == wanted && message.method == "POST")
    #expect(unsigned.headers["X-Pressmark-Signature"] == nil)
}

@Test func `what stands in a notice calls nobody in a Slack room, and is read as it was written`() throws {
    let loud = Notice(.trouble, .warning, subject: "koha", text: "found <!channel> & <html>, wanted JSON", at: start)
    let message = WebhookMessage(loud, to: "https://x", form: .slack, secret: nil, site: "Main", at: start)
    let text = "[warning] Main, koha: found &lt;!channel&gt; &amp; &lt;html&gt;, wanted JSON"
    #expect(try json(message)["text"] as? String == text)
}

@Test func `Slack gets a text, Teams a card, Matrix a message event put once`() throws {
    let line = "[failure] Main, gate-1: not on loan, 1 item\n→ ask at the desk"
    #expect(try json(message(.slack))["text"] as? String == line)
    let card = try json(message(.teams))
    let attachment = try #require((card["attachments"] as? [[String: Any]])?.first)
    #expect(attachment["contentType"] as? String == "application/vnd.microsoft.card.adaptive")
    let blocks = (attachment["content"] as? [String: Any])?["body"] as? [[String: Any]]
    #expect(blocks?.compactMap { $0["text"] as? String } == ["Main, gate-1", "not on loan, 1 item", "ask at the desk"])
    let matrix = message(.matrix, secret: "token")
    #expect(try json(matrix) as? [String: String] == ["msgtype": "m.text", "body": line])
    #expect(matrix.method == "PUT" && matrix.headers["Authorization"] == "Bearer token")
    #expect(matrix.url == message(.matrix, secret: "token").url && matrix.url.hasPrefix("https://hooks.example/x/"))
}
