import Foundation
import Testing

/// Scenes as text files, played by the real daemon.
@Suite(.serialized) struct ScenePlaybackTests {
    private func file(_ text: String) throws -> URL {
        let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).scene")
        try Data(text.utf8).write(to: url)
        return url
    }

    @Test func `a scene's readers, shelf and events are the simulated branch`() async throws {
        let scene = try file(
            """
            seed 5
            reader desk pad
            books 3 chip "ICODE SLIX" afi 9E thickness 25mm
            at 1s desk gets @1 @3
            """
        )
        let daemon = try await RunningDaemon(arguments: ["--scene", scene.path])
        let lying = try await daemon.eventually(["simulate", "scene", "--json"]) { $0.output.contains("\"desk\"") }
        #expect(lying.output.contains("\"shelfItems\" : 3"))
        let reading = try await daemon.eventually(["tag", "read", "--reader", "desk", "--json"]) {
            $0.output.components(separatedBy: "ZZ-PRESS").count > 2
        }
        #expect(reading.output.contains("\"9E\""))
        #expect(try !daemon.pressmark("status").output.contains("gate-1"))
    }

    @Test func `a scene with a mistake is refused with its line and what would do`() throws {
        let scene = try file("reader desk pad\nat 1s desk gets @1\n")
        let outcome = try RunningDaemon.run("pressmarkd", ["--simulate", "--scene", scene.path], environment: [:])
        #expect(outcome.status == 78)
        let mistake = "scene line 2: found \"@1\", wanted a book on the shelf, which is empty so far"
        #expect(outcome.errors.contains("\(scene.lastPathComponent): \(mistake)"))
        #expect(outcome.errors.contains("hint: docs/scenes"))
    }

    @Test func `a scene needs the simulated branch`() throws {
        let outcome = try RunningDaemon.run("pressmarkd", ["--scene", "x.scene"], environment: [:])
        #expect(outcome.status != 0)
        #expect(outcome.errors.contains("found --scene without --simulate"))
    }
}
