import API
import Foundation
package import Library
package import Operations

/// Under which topics the branch is told over MQTT, and what stands there.
///
/// `<root>/status` is `online` or `offline` (the broker says the latter for us), `<root>/reader/<name>/state`,
/// `<root>/gate/<name>/state`, `<root>/ils/state` and `<root>/wrong_bits` are kept by the broker; `<root>/notice` and
/// `<root>/gate/<name>/alarm` are said once. Nothing names an item, a tag or a person.
package struct MQTTTopics: Hashable, Sendable {
    /// What is published at once.
    package struct Message: Hashable, Sendable {
        /// The whole topic, root included: `pressmark/main/wrong_bits`.
        package var topic: String
        /// One word, a number, or JSON; UTF-8 on the line.
        package var text: String
        /// Whether the broker keeps it for whoever subscribes later.
        package var isRetained: Bool
    }

    /// `pressmark/main`.
    package var root: String
    /// What the library is called.
    package var site: String

    package init(root: String, site: String) {
        self.root = root
        self.site = site
    }

    /// What the broker says for us when the connection is lost: `<root>/status` is `offline`.
    package var will: (topic: String, text: String) { (root + "/status", "offline") }

    /// What is said first on each connection: `<root>/status` is `online`.
    package var hello: Message { Message(topic: root + "/status", text: "online", isRetained: true) }

    /// How a reader stands, and a gate's own topic beside it.
    package func state(of report: StationReport) -> [Message] {
        var messages = [keep("reader/\(Self.word(report.name))/state", report.state.word)]
        if report.role == .gate { messages.append(keep("gate/\(Self.word(report.name))/state", report.state.word)) }
        return messages
    }

    /// How many tags have a security bit that contradicts the library system; kept by the broker.
    package func wrongBits(_ count: Int) -> Message { keep("wrong_bits", "\(count)") }

    /// `<root>/ils/state`: whether the library system answers; kept by the broker.
    package func librarySystem(isOnline: Bool) -> Message { keep("ils/state", isOnline ? "online" : "offline") }

    /// An alarm by its reason and the number of its items.
    package func alarm(_ record: GateAlarmRecord) -> Message {
        struct Alarm: Encodable {
            var reason: String
            var items: Int
            var bulk: Bool
            var silent: Bool
            var at: String
        }
        let alarm = record.alarm
        let text = Self.json(
            Alarm(
                reason: alarm.items.first?.reason.rawValue ?? "none",
                items: alarm.items.count,
                bulk: alarm.isBulk,
                silent: alarm.quiet != nil,
                at: Date(alarm.at).formatted(.iso8601)
            )
        )
        return Message(topic: "\(root)/gate/\(Self.word(alarm.gate))/alarm", text: text, isRetained: false)
    }

    /// `<root>/notice`: the same JSON as a webhook's, without a signature; said once.
    package func notice(_ notice: Notice) -> Message {
        let body = WebhookMessage(notice, to: "", form: .json, secret: nil, site: site, at: notice.at).body
        return Message(topic: root + "/notice", text: String(decoding: body, as: UTF8.self), isRetained: false)
    }

    private func keep(_ topic: String, _ text: String) -> Message {
        Message(topic: "\(root)/\(topic)", text: text, isRetained: true)
    }

    /// A name as part of a topic and of Home Assistant's identifiers: no levels, no wildcards, nothing but ASCII. What
    /// is not ASCII stands there by its number: names may differ in nothing else.
    static func word(_ name: String) -> String {
        let word = name.lowercased().unicodeScalars.map { scalar in
            switch scalar {
            case "a"..."z", "0"..."9", "-": String(scalar)
            case _ where scalar.isASCII: "_"
            default: String(scalar.value, radix: 16)
            }
        }
        return word.isEmpty ? "_" : word.joined()
    }

    static func json(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}

/// How Home Assistant finds the branch's readers and gates by itself (MQTT discovery).
extension MQTTTopics {
    private struct Entity: Encodable {
        struct Device: Encodable {
            var identifiers: [String]
            var name: String
            var manufacturer = "Pressmark"
            var version = Version.current

            enum CodingKeys: String, CodingKey {
                case identifiers, name, manufacturer
                case version = "sw_version"
            }
        }

        var name: String
        var uniqueID: String
        var stateTopic: String
        var deviceClass: String?
        var payloadOn: String?
        var payloadOff: String?
        var unit: String?
        var template: String?
        var availabilityTopic: String
        var device: Device

        enum CodingKeys: String, CodingKey {
            case name, device
            case uniqueID = "unique_id"
            case stateTopic = "state_topic"
            case deviceClass = "device_class"
            case payloadOn = "payload_on"
            case payloadOff = "payload_off"
            case unit = "unit_of_measurement"
            case template = "value_template"
            case availabilityTopic = "availability_topic"
        }
    }

    /// One message for each thing that shall appear, kept by the broker.
    ///
    /// - Parameter prefix: Home Assistant's own; `homeassistant` unless changed there.
    package func discovery(readers: [(name: String, role: StationRole)], hasLibrarySystem: Bool, prefix: String)
        -> [Message]
    {
        let node = Self.word(root)
        let device = Entity.Device(identifiers: [node], name: site)
        func entity(_ kind: String, _ id: String, _ change: (inout Entity) -> Void) -> Message {
            var entity = Entity(
                name: id,
                uniqueID: "\(node)_\(id)",
                stateTopic: root,
                availabilityTopic: root + "/status",
                device: device
            )
            change(&entity)
            return Message(topic: "\(prefix)/\(kind)/\(node)/\(id)/config", text: Self.json(entity), isRetained: true)
        }
        func connectivity(_ id: String, _ name: String, _ topic: String) -> Message {
            entity("binary_sensor", id) {
                $0.name = name
                $0.stateTopic = "\(root)/\(topic)"
                $0.deviceClass = "connectivity"
                ($0.payloadOn, $0.payloadOff) = ("online", "offline")
            }
        }
        var messages = readers.map {
            connectivity("reader_\(Self.word($0.name))", $0.name, "reader/\(Self.word($0.name))/state")
        }
        for gate in readers where gate.role == .gate {
            messages.append(
                entity("sensor", "alarm_\(Self.word(gate.name))") {
                    $0.name = "\(gate.name) alarm"
                    $0.stateTopic = "\(root)/gate/\(Self.word(gate.name))/alarm"
                    $0.template = "{{ value_json.reason }}"
                }
            )
        }
        if hasLibrarySystem { messages.append(connectivity("ils", "library system", "ils/state")) }
        messages.append(
            entity("sensor", "wrong_bits") {
                $0.name = "tags that say the wrong thing"
                $0.stateTopic = root + "/wrong_bits"
                $0.unit = "tags"
            }
        )
        return messages
    }
}
