import Field
import Foundation
import Readers
import Tags
import Testing

private let evening = """
    // The evening sweep: one book leaves unlent.
    seed 42
    reader pad-1 pad
    reader wand-1 wand reach 12cm
    reader gate-1 gate
    book E004015012345678 chip "ICODE SLIX" afi 07 dsfid 06 eas thickness 25mm depth 10mm content 11010131323334
    books 20 chip "Tag-it HF-I Plus" afi C2 thickness 10..40mm
    at 1s wand-1 walks 0m to 0.3m at 300mm/s passes 2
    at 5s wand-1 is hung up
    at 6s pad-1 gets @3 E004015012345678
    at 8s pad-1 is cleared
    at 9s pad-1 gets 4 books every 2s
    at 20s gate-1 passes @7 at 1.4m/s bag 0.7
    at 500ms pull @1
    at 30s away @2
    at 31s back @2
    """

@Suite struct SceneTests {
    @Test func `a scene has readers, a shelf and events in the order of time`() throws {
        let scene = try Scene(parsing: evening)
        #expect(scene.seed == 42)
        #expect(
            scene.readers == [
                .init(name: "pad-1", kind: .pad), .init(name: "wand-1", kind: .wand(reach: 120)),
                .init(name: "gate-1", kind: .gate),
            ]
        )
        #expect(scene.shelf.count == 21)
        let first = scene.shelf[0]
        #expect(first.tag.uid == TagUID(0xE004_0150_1234_5678))
        #expect(first.tag.afi == 0x07 && first.tag.dsfid == 0x06 && first.tag.eas.armed)
        #expect(first.tag.memory.prefix(7) == [0x11, 0x01, 0x01, 0x31, 0x32, 0x33, 0x34])
        #expect(first.thickness == 25 && first.depth == 10)
        #expect(scene.shelf.dropFirst().allSatisfy { (10...40).contains($0.thickness) && $0.tag.afi == 0xC2 })
        #expect(Set(scene.shelf.map(\.tag.uid)).count == 21)
        #expect(scene.events.first == .init(time: .milliseconds(500), action: .pullDuringNextWrite(first.tag.uid)))
        #expect(scene.events.map(\.time) == scene.events.map(\.time).sorted())
        #expect(scene.length == .seconds(31))
    }

    /// A remark in the first line would be all there is.
    @Test func `line ends of Windows are line ends`() throws {
        let windows = "\u{FEFF}" + evening.replacingOccurrences(of: "\n", with: "\r\n")
        #expect(try Scene(parsing: windows) == Scene(parsing: evening))
        let error = #expect(throws: SceneError.self) { try Scene(parsing: "// one\r\n\r\nsing\r\n") }
        #expect(error?.line == 3)
    }

    @Test func `a wand walks there and back`() throws {
        let walk = try Scene(parsing: evening).events.compactMap { event -> Double? in
            if case .moveWand(_, let position?) = event.action { position } else { nil }
        }
        #expect(walk.count == 42)
        #expect(walk.first == 0 && walk.last == 0 && walk.max() == 300)
        #expect(zip(walk, walk.dropFirst()).allSatisfy { abs($0 - $1) <= 15.001 })
    }

    @Test func `a walker is heard best in the middle of the gate and leaves`() throws {
        let scene = try Scene(parsing: evening)
        let uid = scene.shelf[6].tag.uid
        let couplings = scene.events.compactMap { event -> Double? in
            if case .passGate("gate-1", uid, let coupling) = event.action { coupling } else { nil }
        }
        #expect(couplings.max().map { $0 > 0.65 && $0 <= 0.7 } == true)
        try #require(!couplings.isEmpty)
        #expect(couplings[0] < couplings[couplings.count / 2])
        // 1.4 m at 1.4 m/s.
        #expect((45...55).contains(couplings.count))
        #expect(scene.events.contains { $0.action == .leaveGate(reader: "gate-1", uid) })
    }

    @Test func `a stack grows on the pad`() throws {
        let scene = try Scene(parsing: evening)
        let stack = scene.events.filter { $0.time >= .seconds(9) && $0.time < .seconds(20) }
        #expect(stack.map(\.time) == [.seconds(9), .seconds(11), .seconds(13), .seconds(15)])
        #expect(stack.map(\.action) == scene.shelf.prefix(4).map { .placeOnPad(reader: "pad-1", $0.tag.uid) })
    }

    /// The line, what is said about it.
    @Test(arguments: [
        (
            "sead 4",
            "scene line 1: found \"sead\", wanted seed, modulation, noise, capture, lose, late, reader, book, books or at"
        ),
        ("\nseed x", "scene line 2: found \"x\", wanted a seed, a whole number"),
        ("reader a", "scene line 1: found the end of the line, wanted pad, wand or gate"),
        ("reader a pad\nreader a gate", "scene line 2: found \"a\", wanted a name no other reader has"),
        ("reader a lamp", "scene line 1: found \"lamp\", wanted pad, wand or gate"),
        ("reader a wand reach far", "scene line 1: found \"far\", wanted a reach such as 25mm, 2.5cm or 1m"),
        ("book E0", "scene line 1: found \"E0\", wanted a UID, 16 hexadecimal digits"),
        ("books many", "scene line 1: found \"many\", wanted a number of books, 1 to 100000"),
        ("books 100001", "scene line 1: found \"100001\", wanted a number of books, 1 to 100000"),
        ("books 2 afi 7", "scene line 1: found \"7\", wanted an AFI, two hexadecimal digits"),
        (
            "books 2 colour red",
            "scene line 1: found \"colour\", wanted chip, afi, dsfid, eas, thickness, depth or content"
        ),
        ("books 2 thickness 40..10mm", "scene line 1: found \"40..10mm\", wanted a thickness such as 25mm or 10..40mm"),
        ("books 2 thickness -1mm", "scene line 1: found \"-1mm\", wanted a thickness such as 25mm or 10..40mm"),
        ("books 2 content 1", "scene line 1: found \"1\", wanted a content in hexadecimal digits"),
        ("at noon a", "scene line 1: found \"noon\", wanted a time such as 500ms, 2s or 1.5min"),
        ("at 1s a gets @1", "scene line 1: found \"a\", wanted one of pull, back, away"),
        (
            "reader a pad\nat 1s a gets @1",
            "scene line 2: found \"@1\", wanted a book on the shelf, which is empty so far"
        ),
        ("reader a pad\nbooks 3\nat 1s a gets @4", "scene line 3: found \"@4\", wanted @1 to @3, a book on the shelf"),
        ("books 3\nat 1s pull", "scene line 2: found the end of the line, wanted a book"),
        (
            "reader a gate\nbooks 3\nat 1s a passes @1 at 0m/s",
            "scene line 3: found \"0m/s\", wanted a speed such as 300mm/s or 1.4m/s"
        ),
        (
            "reader a wand\nat 1s a walks 0m to 900m at 1mm/s passes 100",
            "scene line 2: found a walk of hours, wanted at most 1000000 steps of 50 ms"
        ),
        ("seed 1 2", "scene line 1: found \"2\", wanted the end of the line"),
        ("noise 2", "scene line 1: found \"2\", wanted a bit error rate, 0.0 to 1.0"),
        ("modulation half", "scene line 1: found \"half\", wanted full or shallow"),
    ])
    func `a mistake is named with its line`(text: String, message: String) {
        let error = #expect(throws: SceneError.self) { try Scene(parsing: text) }
        #expect(error?.description == message)
    }

    @Test(arguments: ["", "\n\n", "// only a remark", "seed 3 // behind"])
    func `an empty scene is a scene`(text: String) throws {
        let scene = try Scene(parsing: text)
        #expect(scene.events.isEmpty && scene.length == .zero)
    }

    @Test func `conditions are set`() throws {
        let scene = try Scene(parsing: "modulation shallow\nnoise 0.001\ncapture 3\nlose answers 0.1\nlate writes 0.2")
        #expect(scene.conditions.modulation == .shallow)
        #expect(scene.conditions.bitErrorRate == 0.001)
        #expect(scene.conditions.captureRatio == 3)
        #expect(scene.conditions.lostAnswers == 0.1 && scene.conditions.lostRequests == 0)
        #expect(scene.conditions.lateWrites == 0.2)
    }

    @Test func `a player gives each event once, when it is due`() throws {
        let scene = try Scene(parsing: evening)
        var player = ScenePlayer(scene)
        #expect(player.due(at: .milliseconds(499)).isEmpty)
        #expect(player.due(at: .milliseconds(500)).count == 1)
        #expect(player.due(at: .milliseconds(500)).isEmpty)
        #expect(player.nextTime == .seconds(1))
        var rest = 0
        while let next = player.nextTime { rest += player.due(at: next).count }
        #expect(rest == scene.events.count - 1)
    }

    /// Plays the whole scene with a poll of every reader after each event.
    private func play(_ text: String) async throws -> [[UInt8]] {
        let scene = try Scene(parsing: text)
        let branch = await scene.makeBranch { _ in TinyTwin() }
        var player = ScenePlayer(scene)
        var heard: [[UInt8]] = []
        while let next = player.nextTime {
            for action in player.due(at: next) { try await branch.perform(action) }
            for reader in scene.readers {
                heard.append(await branch.receive([UInt8(ascii: "I")], reader: reader.name).reply)
            }
        }
        return heard
    }

    @Test func `the same text plays the same way, noise and all`() async throws {
        let noisy = evening.replacing("reader pad-1 pad", with: "noise 0.002\nreader pad-1 pad")
        let first = try await play(noisy)
        #expect(try await play(noisy) == first)
        #expect(try await play(noisy.replacing("seed 42", with: "seed 43")) != first)
        #expect(first.contains { !$0.isEmpty })
    }

    @Test func `noise of letters is refused or read, never trapped on`() {
        let words = [
            "seed", "at", "1s", "reader", "pad", "wand", "a", "gets", "@1", "books", "3", "..", "mm", "\"", "walks",
            "0m", "to", "-1", "9999999999999999999", "E004015012345678", "book", "at", "é", "//",
        ]
        var chance = SeededGenerator(seed: 5)
        var read = 0
        for _ in 0..<1000 {
            let text = (0..<Int(chance.next() % 12)).map { _ in
                words[Int(chance.next() % UInt64(words.count))] + (chance.chance(0.2) ? "\n" : " ")
            }.joined()
            if let scene = try? Scene(parsing: text) {
                read += 1
                #expect(scene.shelf.count <= 100_000)
            }
        }
        #expect(read > 0)
    }

    private static let examples = URL(filePath: #filePath).appending(path: "../../../../docs/scenes").standardized

    @Test func `the scene that docs/tags.md shows can be played`() async throws {
        let page = try String(contentsOf: Self.examples.appending(path: "../tags.md").standardized, encoding: .utf8)
        let shown = try #require(page.components(separatedBy: "\n```\n").first { $0.hasPrefix("seed ") })
        let heard = try await play(shown)
        #expect(heard.contains { !$0.isEmpty })
    }

    @Test(
        .enabled(if: FileManager.default.fileExists(atPath: examples.path), "docs/scenes is not there"),
        arguments: ["sweep", "return-desk", "closing-time"]
    )
    func `the scenes that come along can be played`(name: String) async throws {
        let text = try String(contentsOf: Self.examples.appending(path: name + ".scene"), encoding: .utf8)
        let heard = try await play(text)
        #expect(heard.contains { !$0.isEmpty })
    }
}
