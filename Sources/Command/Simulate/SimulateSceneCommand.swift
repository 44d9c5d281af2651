import API
import ArgumentParser

struct SimulateSceneCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scene",
        abstract: "Show what stands on the shelf, what lies on the pads, where the wands are and what sounds."
    )

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let scene: SimulationScene = try await daemon.connect { try await $0.get("v1", "simulation") }
        if output.json { return try output.console.say(json: scene) }
        output.console.say(Self.lines(of: scene))
    }

    static func lines(of scene: SimulationScene) -> [String] {
        let range = [scene.firstBarcode, scene.lastBarcode].compactMap(\.self).joined(separator: " to ")
        let length = "\(scene.shelfMillimetres / 1000).\(scene.shelfMillimetres % 1000 / 100) m"
        let items = Wording.count(scene.shelfItems, "item", "items")
        var lines = ["shelf     \(items) on \(length)" + (range.isEmpty ? "" : ", \(range)")]
        for (name, barcodes) in scene.pads.sorted(by: { $0.key < $1.key }) {
            lines.append(name.padded(to: 10) + (barcodes.isEmpty ? "empty" : barcodes.joined(separator: " ")))
        }
        for (name, place) in scene.wands.sorted(by: { $0.key < $1.key }) {
            lines.append(name.padded(to: 10) + "at \(Wording.number(place)) mm")
        }
        lines += scene.outputs.map { "\($0) is on" }
        return lines.map(\.visible)
    }
}
