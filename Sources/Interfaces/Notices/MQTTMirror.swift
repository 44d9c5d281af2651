package import Logging
package import Operations

/// Keeps the branch's state at an MQTT broker: everything when a connection stands, and each change as it comes.
package struct MQTTMirror: Sendable {
    /// Hands one message to the broker; throws while there is no connection.
    package typealias Publish = @Sendable (MQTTTopics.Message) async throws -> Void

    private let desk: ServiceDesk
    private let topics: MQTTTopics
    /// `nil` for none.
    private let discoveryPrefix: String?
    private let publish: Publish
    private let logger: Logger

    package init(
        desk: ServiceDesk,
        topics: MQTTTopics,
        discoveryPrefix: String?,
        publish: @escaping Publish,
        logger: Logger
    ) {
        self.desk = desk
        self.topics = topics
        self.discoveryPrefix = discoveryPrefix
        self.publish = publish
        self.logger = logger
    }

    /// Tells everything at each of `connections` and what changes in between, until cancelled.
    package func run(connections: AsyncStream<Void>) async {
        // While a broker takes its time no alarm is to be lost among the findings of a sweep.
        let events = await desk.events.events(Self.isTold)
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for await _ in connections { await send(await everything) }
            }
            group.addTask {
                for await event in events { await send(await messages(for: event)) }
            }
            await group.next()
            group.cancelAll()
        }
    }

    /// All that the broker shall keep.
    package var everything: [MQTTTopics.Message] {
        get async {
            var messages = [topics.hello]
            if let discoveryPrefix {
                messages += topics.discovery(
                    readers: desk.stations.map { ($0.setup.name, $0.setup.role) },
                    hasLibrarySystem: desk.circulation != nil,
                    prefix: discoveryPrefix
                )
            }
            for station in desk.stations { messages += topics.state(of: await station.report) }
            if let count = try? desk.security.divergenceCount() { messages.append(topics.wrongBits(count)) }
            if let link = desk.circulation {
                let isOnline = if case .online = await link.report.state { true } else { false }
                messages.append(topics.librarySystem(isOnline: isOnline))
            }
            return messages
        }
    }

    @Sendable private static func isTold(_ event: BranchEvent) -> Bool {
        switch event {
        case .station, .alarm, .divergences, .librarySystem, .lost: true
        default: false
        }
    }

    private func messages(for event: BranchEvent) async -> [MQTTTopics.Message] {
        switch event {
        case .station(let report): topics.state(of: report)
        case .alarm(let record): [topics.alarm(record)]
        case .divergences(let open): [topics.wrongBits(open)]
        case .librarySystem(let isOnline): [topics.librarySystem(isOnline: isOnline)]
        // A broker that is slow to take messages in keeps what was told last, not what is.
        case .lost: await everything
        default: []
        }
    }

    /// A broker that is away loses nothing that is kept: everything is told again when it is back.
    private func send(_ messages: [MQTTTopics.Message]) async {
        for message in messages {
            do {
                try await publish(message)
            } catch {
                logger.debug("mqtt", metadata: ["topic": "\(message.topic)", "cause": "\(error)"])
                return
            }
        }
    }
}
