import API
import ArgumentParser

struct GateAlarmsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alarms",
        abstract: "List the last alarms with reason, evidence and advice.",
        discussion: "With --json a list of alarms; with --follow each alarm is a line of JSON by itself."
    )

    @Flag(help: "Go on listing alarms as they happen, until Ctrl-C.")
    var follow = false

    @Option(help: ArgumentHelp("How many of the last alarms to list, 1 to 1000.", valueName: "count"))
    var limit = 20

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...1000).contains(limit) else {
            throw ValidationError("--limit: found \(limit), wanted 1 to 1000")
        }
    }

    func run() async throws {
        let console = output.console
        try await daemon.connect { client in
            if !follow {
                let alarms: [Alarm] = try await client.get("v1", "gate", "alarms", query: ["limit": String(limit)])
                if output.json { return try console.say(json: alarms) }
                if alarms.isEmpty { return console.say("no alarms yet") }
                for alarm in alarms { console.say(AlarmPage(alarm: alarm, palette: console.palette).lines) }
                return
            }
            var feed = AlarmFeed()
            let show = { (alarm: Alarm) in
                guard let news = feed.news(of: alarm) else { return }
                if output.json { return try console.say(json: news, onOneLine: true) }
                console.say(AlarmPage(alarm: news, palette: console.palette).lines)
            }
            try await client.follow(
                opened: {
                    let query = [
                        "limit": feed.last == nil ? String(limit) : "1000", "after": feed.last.map { String($0 - 1) },
                    ]
                    let alarms: [Alarm] = try await client.get("v1", "gate", "alarms", query: query)
                    for alarm in alarms { try show(alarm) }
                    return .on
                },
                handle: { event in
                    if case .alarm(let alarm) = event { try show(alarm) }
                    return .on
                },
                lost: { console.remark("note: \($0.message); trying again every second") }
            )
        }
    }
}
