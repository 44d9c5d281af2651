import Foundation
import Library
import Operations
import Synchronization
import Tags
import Testing

@testable import Interfaces

private let topics = MQTTTopics(root: "pressmark/main", site: "Main Library")

private func json(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
}

@Test func `Home Assistant is told of each reader, gate and the library system`() throws {
    let messages = topics.discovery(
        readers: [("Pad 1/+#", .pad), ("gate-1", .gate)],
        hasLibrarySystem: true,
        prefix: "homeassistant"
    )
    #expect(
        messages.map(\.topic) == [
            "homeassistant/binary_sensor/pressmark_main/reader_pad_1___/config",
            "homeassistant/binary_sensor/pressmark_main/reader_gate-1/config",
            "homeassistant/sensor/pressmark_main/alarm_gate-1/config",
            "homeassistant/binary_sensor/pressmark_main/ils/config",
            "homeassistant/sensor/pressmark_main/wrong_bits/config",
        ]
    )
    #expect(!messages.map(\.isRetained).contains(false))
    let pad = try json(try #require(messages.first).text)
    #expect(pad["state_topic"] as? String == "pressmark/main/reader/pad_1___/state")
    #expect(
        pad["availability_topic"] as? String == "pressmark/main/status"
            && pad["device_class"] as? String == "connectivity"
    )
    let identifiers = try messages.map { try json($0.text)["unique_id"] as? String }
    #expect(Set(identifiers).count == messages.count)
}

@Test func `gates whose names have no letter of ASCII have topics of their own`() {
    #expect(MQTTTopics.word("入口") != MQTTTopics.word("出口"))
    for name in ["入口", "Süd", "Θύρα 2", "+/#", ""] {
        let word = MQTTTopics.word(name)
        #expect(!word.isEmpty && word.utf8.allSatisfy { $0 < 0x80 } && !word.contains { "+/# ".contains($0) })
    }
}

@Test func `an alarm is said once, by reason and number, without item or tag`() throws {
    let item = GateAlarmItem(
        uid: TagUID(0xE004_0150_0000_0001),
        barcode: "3010",
        afi: 7,
        reason: .notOnLoan,
        evidence: "armed"
    )
    let record = GateAlarmRecord(id: 1, alarm: GateAlarm(gate: "gate-1", at: TestService.start, items: [item]))
    let message = topics.alarm(record)
    #expect(message.topic == "pressmark/main/gate/gate-1/alarm" && !message.isRetained)
    #expect(try json(message.text)["reason"] as? String == "not on loan")
    #expect(!message.text.contains("3010") && !message.text.contains("E004"))
}

@Test func `at each connection everything is told anew`() async throws {
    let service = try TestService()
    let sent = Mutex<[MQTTTopics.Message]>([])
    let mirror = MQTTMirror(
        desk: service.desk,
        topics: topics,
        discoveryPrefix: nil,
        publish: { message in sent.withLock { $0.append(message) } },
        logger: TestService.logger
    )
    let (connections, connect) = AsyncStream.makeStream(of: Void.self)
    connect.yield()
    connect.finish()
    await mirror.run(connections: connections)
    #expect(
        sent.withLock { $0.map { "\($0.topic) \($0.text)" } } == [
            "pressmark/main/status online", "pressmark/main/reader/pad-1/state connecting",
            "pressmark/main/wrong_bits 0",
        ]
    )
}

@Test(.timeLimit(.minutes(10)))
func `what becomes of the library system is told when it changes`() async throws {
    let service = try TestService()
    let (connections, connect) = AsyncStream.makeStream(of: Void.self)
    let (told, tell) = AsyncStream.makeStream(of: MQTTTopics.Message.self)
    let mirror = MQTTMirror(
        desk: service.desk,
        topics: topics,
        discoveryPrefix: nil,
        publish: { tell.yield($0) },
        logger: TestService.logger
    )
    await withTaskGroup(of: Void.self) { group in
        group.addTask { await mirror.run(connections: connections) }
        // Whoever listens later hears nothing of before: it is told until somebody does.
        group.addTask {
            while !Task.isCancelled {
                await service.desk.events.send(.librarySystem(isOnline: true))
                await service.desk.events.send(.librarySystem(isOnline: false))
                await Task.yield()
            }
        }
        var heard: Set<String> = []
        // Who is told so much may fall behind, and hears all of the rest then.
        for await message in told where message.topic.hasSuffix("ils/state") {
            heard.insert("\(message.topic) \(message.text) \(message.isRetained)")
            if heard.count == 2 { break }
        }
        group.cancelAll()
        #expect(heard == ["pressmark/main/ils/state online true", "pressmark/main/ils/state offline true"])
    }
    connect.finish()
}

@Test(.timeLimit(.minutes(10)))
func `when events were lost everything is told again`() async throws {
    let service = try TestService()
    let (connections, connect) = AsyncStream.makeStream(of: Void.self)
    let (told, tell) = AsyncStream.makeStream(of: MQTTTopics.Message.self)
    let mirror = MQTTMirror(
        desk: service.desk,
        topics: topics,
        discoveryPrefix: nil,
        publish: { tell.yield($0) },
        logger: TestService.logger
    )
    await withTaskGroup(of: Void.self) { group in
        group.addTask { await mirror.run(connections: connections) }
        group.addTask {
            while !Task.isCancelled {
                await service.desk.events.send(.lost)
                await Task.yield()
            }
        }
        var heard: Set<String> = []
        for await message in told {
            heard.insert("\(message.topic) \(message.text)")
            if heard.count == 3 { break }
        }
        group.cancelAll()
        #expect(
            heard == [
                "pressmark/main/status online", "pressmark/main/reader/pad-1/state connecting",
                "pressmark/main/wrong_bits 0",
            ]
        )
    }
    connect.finish()
}

@Test(.timeLimit(.minutes(10)))
func `while a broker takes its time no alarm is pushed out by what it is not told`() async throws {
    let service = try TestService()
    let (connections, connect) = AsyncStream.makeStream(of: Void.self)
    let (told, tell) = AsyncStream.makeStream(of: String.self)
    let (released, release) = AsyncStream.makeStream(of: Void.self)
    let mirror = MQTTMirror(
        desk: service.desk,
        topics: topics,
        discoveryPrefix: nil,
        publish: { message in
            tell.yield(message.topic)
            for await _ in released {}
        },
        logger: TestService.logger
    )
    let events = service.desk.events
    @Sendable func alarm(_ gate: String) async {
        let alarm = GateAlarm(gate: gate, at: TestService.start, items: [])
        await events.send(.alarm(GateAlarmRecord(id: 1, alarm: alarm)))
    }
    let parking = GateParking(
        gate: "gate-1",
        uid: TagUID(0xE004_0150_0000_0001),
        kind: .parked,
        reason: .notOnLoan,
        since: TestService.start,
        at: TestService.start,
        antennas: [],
        lane: nil,
        hearings: 1
    )
    await withTaskGroup(of: Void.self) { group in
        group.addTask { await mirror.run(connections: connections) }
        // Whoever listens later hears nothing of before: it rings until somebody does.
        let ringing = Task {
            while !Task.isCancelled {
                await alarm("gate-1")
                await Task.yield()
            }
        }
        var topics = told.makeAsyncIterator()
        _ = await topics.next()
        ringing.cancel()
        await ringing.value
        await alarm("gate-2")
        for _ in 0..<(3 * EventHub.lag) { await events.send(.parked(parking, barcode: nil)) }
        await alarm("gate-3")
        release.finish()
        var heard: Set<String> = []
        while let topic = await topics.next() {
            heard.insert(topic)
            if topic.contains("gate-3") { break }
        }
        #expect(heard.contains { $0.contains("gate-2") })
        group.cancelAll()
    }
    connect.finish()
}
