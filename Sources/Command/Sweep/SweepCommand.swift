import API
import ArgumentParser

struct SweepCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sweep",
        abstract: "Walk the wand along the shelves and see what stands there.",
        subcommands: [
            SweepStartCommand.self, SweepWatchCommand.self, SweepFinishCommand.self, SweepReportCommand.self,
            SweepMovesCommand.self, SweepProjectCommand.self, SweepUploadCommand.self, SweepExportCommand.self,
            SweepReplayCommand.self, SweepHistoryCommand.self, SweepWriteBackCommand.self, SweepListsCommand.self,
            SweepFindCommand.self,
        ]
    )
}

extension DaemonClient {
    /// The sweep of this number, or the newest one.
    func sweep(_ number: Int?) async throws -> SweepSummary {
        if let number { return try await get("v1", "sweeps", String(number)) }
        let sweeps: [SweepSummary] = try await get("v1", "sweeps", query: ["limit": "1"])
        guard let newest = sweeps.first else {
            throw Complaint("no sweep has been started yet", hint: "pressmark sweep start --location REF")
        }
        return newest
    }

    func findings(of sweep: Int) async throws -> [Finding] {
        try await get("v1", "sweeps", String(sweep), "findings")
    }
}
