import Foundation
import Glibc
import Interfaces
import Library
import LinuxIO
import Logging
import Operations
import ServiceLifecycle

/// Puts the ways together by which notices leave the house.
struct NoticeComposition: Sendable {
    private let tellsAnybody: Bool
    private let room: NoticeRoom
    private let mirrors: [(mirror: MQTTMirror, client: MQTTClient)]

    init(
        _ configuration: Configuration,
        desk: ServiceDesk,
        now: @escaping @Sendable () -> Moment,
        logger: Logger
    ) throws {
        let site = configuration.library.name
        var channels: [NoticeChannel] = []
        var mirrors: [(mirror: MQTTMirror, client: MQTTClient)] = []
        for notice in configuration.notices {
            let deliver: @Sendable (Notice) async throws -> Void
            switch notice.way {
            case .webhook(let url, let form, let secretFile):
                let channel = WebhookChannel(
                    url: url,
                    form: form,
                    site: site,
                    in: notice.language,
                    secret: { try Self.secret(secretFile) },
                    now: now
                )
                deliver = { try await channel.deliver($0) }
            case .mail(let from, let to, let program):
                let channel = MailChannel(program: program, from: from, to: to, site: site, in: notice.language)
                deliver = { try await channel.deliver($0) }
            case .journal:
                let journal = JournalSocket()
                deliver = { try journal.send(JournalEntry($0).fields) }
            case .mqtt(let broker):
                let topics = MQTTTopics(root: broker.topic, site: site)
                let client = try Self.client(broker, name: notice.name, topics)
                deliver = { notice in
                    let message = topics.notice(notice)
                    try await client.publish(message.text, to: message.topic, retained: message.isRetained)
                }
                let mirror = MQTTMirror(
                    desk: desk,
                    topics: topics,
                    discoveryPrefix: broker.discovery,
                    publish: { try await client.publish($0.text, to: $0.topic, retained: $0.isRetained) },
                    logger: logger
                )
                mirrors.append((mirror, client))
            }
            channels.append(NoticeChannel(name: notice.name, rules: notice.rules, deliver: deliver))
        }
        self.mirrors = mirrors
        tellsAnybody = !channels.isEmpty
        room = NoticeRoom(
            desk: desk,
            channels: channels,
            local: { NoticeTime(local: $0) },
            logger: logger
        )
    }

    /// None where nobody is told: a part of the service that ends ends the service.
    var services: [any Service] {
        guard tellsAnybody else { return [] }
        return [Working { [room] in await room.run() }]
            + mirrors.map { mirror, client in Working { await mirror.run(connections: client.connections()) } }
    }

    private static func client(
        _ broker: Configuration.NoticeSettings.Broker,
        name: String,
        _ topics: MQTTTopics
    ) throws -> MQTTClient {
        var settings = MQTTSettings(host: broker.host, port: broker.port, client: "pressmark-\(name)-\(getpid())")
        settings.user = broker.user
        settings.authorities = broker.authorities
        settings.will = topics.will
        do {
            settings.password = try secret(broker.passwordFile)
            return try MQTTClient(settings)
        } catch let error as MQTTError {
            throw StartFailure(
                description: "notice \(name): \(error)",
                hint: "look at this [[notice]] in the configuration"
            )
        } catch let refusal as PrivateFile.Refusal {
            throw StartFailure(description: "notice \(name): \(refusal.cause)", hint: refusal.hint)
        }
    }

    /// What stands in a private file, without the line end.
    private static func secret(_ path: String?) throws -> String? {
        guard let path else { return nil }
        return try PrivateFile(path: path).text().trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
