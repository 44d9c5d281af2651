import Crypto
import Foundation
package import Library

/// A notice as another program wants to have it, with a signature over it.
package struct WebhookMessage: Hashable, Sendable {
    /// Whose form the body has.
    package enum Form: String, Hashable, Sendable, CaseIterable {
        /// Our own: event, level, subject, text, remedy, at.
        case json
        /// Slack's and Mattermost's incoming webhooks.
        case slack
        /// Microsoft Teams: an adaptive card, as workflows take it.
        case teams
        /// A message event of a Matrix room, put with an access token.
        case matrix
    }

    /// `POST`, for Matrix `PUT`.
    package var method: String
    /// As configured; for Matrix with the transaction behind it.
    package var url: String
    /// Content-Type and User-Agent, and the signature or the access token where there is a secret.
    package var headers: [String: String]
    /// JSON in UTF-8, keys in the order of the alphabet: the bytes that are signed.
    package var body: [UInt8]

    /// - Parameters:
    ///   - secret: signs time and body, so that the receiver knows whom it comes from and that it is not an old one;
    ///     for Matrix it is the access token.
    ///   - site: what the library is called.
    ///   - tongue: the language of those who read it; event and level of our own form are words for programs.
    package init(
        _ notice: Notice,
        to url: String,
        form: Form,
        secret: String?,
        site: String,
        in tongue: ReportTongue = .en,
        at moment: Moment
    ) {
        let notice = tongue.said(notice)
        let value: any Encodable & Sendable
        switch form {
        case .json: value = Own(notice, site: site)
        case .slack: value = ["text": Self.escaped(Self.line(notice, site: site, in: tongue))]
        case .teams: value = Teams(notice, site: site)
        case .matrix: value = ["msgtype": "m.text", "body": Self.line(notice, site: site, in: tongue)]
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        body = (try? encoder.encode(value)).map { Array($0) } ?? []
        headers = ["Content-Type": "application/json; charset=utf-8", "User-Agent": "pressmark"]
        method = form == .matrix ? "PUT" : "POST"
        self.url = form == .matrix ? url + "/" + Self.transaction(notice) : url
        guard let secret else { return }
        if form == .matrix {
            headers["Authorization"] = "Bearer " + secret
        } else {
            headers["X-Pressmark-Signature"] = Self.signature(of: body, at: moment, with: secret)
        }
    }

    /// `t=1795000000,v1=<hex>`: HMAC with SHA-256 over the seconds, a full stop and the body.
    package static func signature(of body: [UInt8], at moment: Moment, with secret: String) -> String {
        let seconds = moment.milliseconds / 1000
        var code = HMAC<SHA256>(key: SymmetricKey(data: Array(secret.utf8)))
        code.update(data: Array("\(seconds).".utf8))
        code.update(data: body)
        return "t=\(seconds),v1=" + code.finalize().map { String(format: "%02x", $0) }.joined()
    }

    /// The same for each try, so that a room shows a notice once.
    private static func transaction(_ notice: Notice) -> String {
        let text = "\(notice.at.milliseconds) \(notice.event.rawValue) \(notice.subject) \(notice.text)"
        return SHA256.hash(data: Array(text.utf8)).prefix(12).map { String(format: "%02x", $0) }.joined()
    }

    /// For people, with what to do in a line of its own.
    private static func line(_ notice: Notice, site: String, in tongue: ReportTongue) -> String {
        let mark =
            switch notice.level {
            case .failure: "[\(tongue.around("failure"))] "
            case .warning: "[\(tongue.around("warning"))] "
            case .note: ""
            }
        let remedy = notice.remedy.map { "\n→ \($0)" } ?? ""
        return "\(mark)\(site), \(notice.subject): \(notice.text)\(remedy)"
    }

    /// As Slack wants text in which nothing is a link or calls anybody: `<!channel>` in the name of a reader, or in what a
    /// library system has answered, would call everybody in the room.
    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    private struct Own: Encodable, Sendable {
        var site: String
        var event: String
        var level: String
        var subject: String
        var text: String
        var remedy: String?
        /// ISO 8601.
        var at: String

        init(_ notice: Notice, site: String) {
            self.site = site
            event = notice.event.rawValue
            level = notice.level.rawValue
            subject = notice.subject
            text = notice.text
            remedy = notice.remedy
            at = Date(notice.at).formatted(.iso8601)
        }
    }

    private struct Teams: Encodable, Sendable {
        var type = "message"
        var attachments: [Attachment]

        struct Attachment: Encodable, Sendable {
            var contentType = "application/vnd.microsoft.card.adaptive"
            var content: Card
        }

        struct Card: Encodable, Sendable {
            var type = "AdaptiveCard"
            var version = "1.4"
            var body: [Block]
        }

        struct Block: Encodable, Sendable {
            var type = "TextBlock"
            var text: String
            var wrap = true
            var weight: String?
            var color: String?
        }

        init(_ notice: Notice, site: String) {
            let color: String? =
                switch notice.level {
                case .failure: "Attention"
                case .warning: "Warning"
                case .note: nil
                }
            var blocks = [
                Block(text: "\(site), \(notice.subject)", weight: "Bolder", color: color), Block(text: notice.text),
            ]
            if let remedy = notice.remedy { blocks.append(Block(text: remedy)) }
            attachments = [Attachment(content: Card(body: blocks))]
        }
    }
}
