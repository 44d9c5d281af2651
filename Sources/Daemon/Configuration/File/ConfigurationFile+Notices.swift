import Foundation
import Interfaces
import Library

extension Configuration {
    /// A way for notices to leave the house.
    struct NoticeSettings: Equatable, Sendable {
        enum Way: Equatable, Sendable {
            /// The secret signs each message; for Matrix it is the access token.
            case webhook(url: String, form: WebhookMessage.Form, secretFile: String?)
            /// Through a program that takes a message as sendmail does.
            case mail(from: String, to: [String], program: String)
            /// The system's, in fields that programs can ask for.
            case journal
            case mqtt(Broker)
        }

        struct Broker: Equatable, Sendable {
            var host: String
            var port: UInt16
            var user: String?
            var passwordFile: String?
            /// A file with certificates; `nil` to go without TLS.
            var authorities: String?
            var topic: String
            /// Home Assistant's discovery prefix; `nil` for none.
            var discovery: String?
        }

        var name: String
        var way: Way
        var rules: NoticeRules
        /// Of those who read a webhook's message or a mail.
        var language = ReportTongue.en
    }
}

/// `[[notice]]`: who is told of what, by which way, and when not.
extension ConfigurationFile {
    private enum Channel: String, CaseIterable {
        case webhook, mail, journal, mqtt
    }

    static func notices(from top: inout ConfigurationTable) -> [Configuration.NoticeSettings] {
        var notices: [Configuration.NoticeSettings] = []
        for var table in top.subtables("notice") {
            if let notice = notice(from: &table) {
                if notices.contains(where: { $0.name == notice.name }) {
                    table.refuse("name", found: "\"\(notice.name)\" a second time", wanted: "a name of its own")
                }
                notices.append(notice)
            }
            table.finish()
            top.merge(table)
        }
        return notices
    }

    private static func notice(from table: inout ConfigurationTable) -> Configuration.NoticeSettings? {
        let name = table.required("name", wanted: "a short name, such as \"desk\"")
        let channel = table.requiredChoice("channel", of: Channel.self)
        let rules = rules(from: &table)
        let way: Configuration.NoticeSettings.Way?
        switch channel {
        case .webhook: way = webhook(from: &table)
        case .mail: way = mail(from: &table)
        case .journal: way = .journal
        case .mqtt: way = broker(from: &table).map { .mqtt($0) }
        case nil:
            table.allow(["url", "format", "secret-file", "from", "to", "program", "broker", "user", "password-file"])
            table.allow(["ca-file", "topic", "home-assistant", "language"])
            way = nil
        }
        // What programs read is English.
        let isRead = channel == .webhook || channel == .mail
        let language = isRead ? table.choice("language", of: ReportTongue.self) : nil
        guard let name, let way else { return nil }
        return Configuration.NoticeSettings(name: name, way: way, rules: rules, language: language ?? .en)
    }

    private static func rules(from table: inout ConfigurationTable) -> NoticeRules {
        var rules = NoticeRules()
        if let events = table.choices("events", of: Notice.Event.self) { rules.events = Set(events) }
        if let level = table.choice("level", of: Notice.Level.self) { rules.level = level }
        if let count = table.integer("per-hour", in: 1...1000) { rules.perHour = count }
        if let minutes = table.integer("repeat-minutes", in: 0...10_080) { rules.pause = .seconds(Int64(minutes) * 60) }
        if let text = table.string("quiet-hours", wanted: quietWanted) {
            let hours = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
            if hours.count == 2, let from = hours[0], let to = hours[1], (0...23).contains(from), (0...24).contains(to)
            {
                rules.quietHours = NoticeRules.HourSpan(from: from, to: to % 24)
            } else {
                table.refuse("quiet-hours", found: "\"\(text)\"", wanted: quietWanted)
            }
        }
        rules.dailyAt = table.integer("daily", in: 0...23)
        rules.weeklyOn = table.choice("weekly", of: Weekday.self)
        return rules
    }

    private static let quietWanted = "from hour to hour, such as \"22-7\""

    private static func webhook(from table: inout ConfigurationTable) -> Configuration.NoticeSettings.Way? {
        let wanted = "a web address, such as \"https://hooks.example.org/…\""
        let form = table.choice("format", of: WebhookMessage.Form.self) ?? .json
        let secretFile = table.string("secret-file", wanted: "the path of a file with the secret and nothing else")
        guard let url = table.required("url", wanted: wanted) else { return nil }
        guard let parsed = URL(string: url), ["https", "http"].contains(parsed.scheme ?? ""), parsed.host() != nil,
            parsed.hasUsablePort
        else {
            table.refuse("url", found: "\"\(url)\"", wanted: wanted)
            return nil
        }
        if form == .matrix, secretFile == nil {
            table.refuse("secret-file", found: "nothing", wanted: "a file with the access token of the Matrix account")
        }
        return .webhook(url: url, form: form, secretFile: secretFile)
    }

    private static func mail(from table: inout ConfigurationTable) -> Configuration.NoticeSettings.Way? {
        let from = table.required("from", wanted: "an address, such as \"pressmark@library.example\"")
        let to = table.strings("to") ?? []
        let program = table.string("program", wanted: "the path of a program like sendmail") ?? "/usr/sbin/sendmail"
        if to.isEmpty { table.refuse("to", found: "nobody", wanted: "a list of addresses") }
        for address in to + [from].compactMap(\.self) where !isAddress(address) {
            table.refuse("to", found: "\"\(address)\"", wanted: "plain addresses, such as \"desk@library.example\"")
            return nil
        }
        guard let from, !to.isEmpty else { return nil }
        return .mail(from: from, to: to, program: program)
    }

    /// Nothing that a mail program could take for an option or a second header.
    private static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && !text.hasPrefix("-")
            && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !Array("<>,;:\"()".utf8).contains($0) }
    }

    private static func broker(from table: inout ConfigurationTable) -> Configuration.NoticeSettings.Broker? {
        let wanted = "host or host:port, such as \"mqtt.example.org:1883\""
        let address = table.required("broker", wanted: wanted)
        let user = table.string("user")
        let passwordFile = table.string(
            "password-file",
            wanted: "the path of a file with the password and nothing else"
        )
        let authorities = table.string("ca-file", wanted: "the path of a file with certificates")
        let topic = table.string("topic", wanted: "a topic without wildcards") ?? "pressmark"
        if topic.contains("#") || topic.contains("+") || topic.hasPrefix("/") || topic.hasSuffix("/") {
            table.refuse(
                "topic",
                found: "\"\(topic)\"",
                wanted: "a topic without wildcards, such as \"pressmark/main\""
            )
        }
        let discovery = table.string("home-assistant", wanted: "Home Assistant's discovery prefix, \"homeassistant\"")
        guard let address else { return nil }
        let colon = address.lastIndex(of: ":")
        let host = colon.map { String(address[..<$0]) } ?? address
        let port = colon.map { UInt16(address[address.index(after: $0)...]) } ?? (authorities == nil ? 1883 : 8883)
        guard !host.isEmpty, let port else {
            table.refuse("broker", found: "\"\(address)\"", wanted: wanted)
            return nil
        }
        return Configuration.NoticeSettings.Broker(
            host: host,
            port: port,
            user: user,
            passwordFile: passwordFile,
            authorities: authorities,
            topic: topic,
            discovery: discovery
        )
    }
}
