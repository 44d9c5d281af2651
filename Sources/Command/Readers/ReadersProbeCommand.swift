import API
import ArgumentParser

struct ReadersProbeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probe",
        abstract: "Find out what readers stand at the places that [discovery] lists, and which are plugged into USB.",
        discussion: """
            Only what the configuration lists is opened: a serial port that is not listed may belong to something that takes \
            a question for an order. USB devices are looked at and not opened. Configured readers tell how they stand.
            """
    )

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let results: [ProbeResult] = try await daemon.connect {
            try await $0.post("v1", "readers", "probe", body: [String: String](), within: 600)
        }
        let console = output.console
        if output.json { return try console.say(json: results) }
        console.say(ProbePage(results: results, palette: console.palette).lines)
    }
}

/// What was found, place by place.
struct ProbePage {
    var results: [ProbeResult]
    var palette: Palette

    var lines: [String] {
        guard !results.isEmpty else {
            return ["nothing to ask: list places under [discovery] in the configuration"]
        }
        return results.flatMap(lines)
    }

    private func lines(_ result: ProbeResult) -> [String] {
        let device = [result.model, result.firmware].compactMap(\.self).joined(separator: " ")
        let words = [result.state.rawValue, result.driver, device.isEmpty ? nil : device, result.detail].compactMap(
            \.self
        )
        let tone: Palette.Tone =
            switch result.state {
            case .found, .configured: .good
            case .seen, .silent: .notice
            case .unreachable: .bad
            }
        let head = palette.paint(result.place.visible, .strong) + "  "
        let line = head + palette.paint(words.joined(separator: ", ").visible, tone)
        return [line] + (result.hint.map { ["  hint: \($0.visible)"] } ?? [])
    }
}
