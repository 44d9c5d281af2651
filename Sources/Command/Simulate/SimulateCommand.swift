import API
import ArgumentParser

struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Play in the simulated branch: lay items on the pad, walk the wand, carry items through the gate.",
        subcommands: [
            SimulateSceneCommand.self, SimulatePadCommand.self, SimulateWalkCommand.self, SimulateCarryCommand.self,
            SimulateUnplugCommand.self, SimulatePlugCommand.self, SimulateTroubleCommand.self,
        ]
    )
}

extension DaemonOptions {
    /// Asks for one thing in the simulated branch and shows what was done.
    func simulate(_ request: SimulationRequest, _ output: OutputOptions) async throws {
        let scene: SimulationScene = try await connect { try await $0.post("v1", "simulation", body: request) }
        if output.json { return try output.console.say(json: scene) }
        output.console.say(scene.message.visible)
    }
}
