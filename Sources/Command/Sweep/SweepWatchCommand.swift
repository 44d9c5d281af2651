import API
import ArgumentParser

struct SweepWatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Follow a sweep live until it is finished; Ctrl-C stops watching, the sweep goes on.",
        discussion: "With --json what is told, the sweep or a finding, is a line of JSON by itself."
    )

    @Argument(help: "Number of the sweep; the newest one when left out.")
    var sweep: Int?

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await daemon.connect { client in
            var watch = SweepWatch(try await client.sweep(sweep))
            var screen = SweepScreen(console: output.console, json: output.json)
            try screen.begin(watch.sweep)
            try await client.follow(
                opened: {
                    for finding in try await client.findings(of: watch.sweep.id) {
                        try screen.show(watch.take(finding), watch.sweep)
                    }
                    try screen.show(watch.take(try await client.sweep(watch.sweep.id)), watch.sweep)
                    return watch.isOver ? .stop : .on
                },
                handle: { event in
                    try screen.show(watch.take(event), watch.sweep)
                    return watch.isOver ? .stop : .on
                },
                lost: { screen.lost($0) }
            )
            // The last summary on the stream may be older than the findings made at the end.
            try screen.end(try await client.sweep(watch.sweep.id))
        }
    }
}

/// Draws a sweep: findings run upwards, progress stays at the foot; in a pipe, lines only.
struct SweepScreen {
    let console: Console
    let json: Bool
    private var footLines = 0

    init(console: Console, json: Bool) {
        self.console = console
        self.json = json
    }

    mutating func begin(_ sweep: SweepSummary) throws {
        if json { return try console.say(json: sweep, onOneLine: true) }
        console.say("sweep \(sweep.id): \(sweep.scope.visible)")
    }

    mutating func show(_ news: [SweepWatch.News], _ sweep: SweepSummary) throws {
        let page = SweepPage(sweep: sweep, palette: console.palette, width: console.width)
        for news in news {
            switch news {
            case .progress(let isNotable):
                if json {
                    try console.say(json: sweep, onOneLine: true)
                } else if console.isTerminal {
                    draw([], page)
                } else if isNotable {
                    console.say(page.progressLine)
                }
            case .finding(let finding):
                if json {
                    try console.say(json: finding, onOneLine: true)
                } else {
                    draw(page.lines(of: finding), page)
                }
            case .sought(let sought):
                if json {
                    try console.say(json: sought, onOneLine: true)
                } else {
                    draw([page.line(of: sought)], page)
                    // Each beep of the list's tone is a bell here: a terminal has only one pitch.
                    if console.isTerminal { console.put(String(repeating: "\u{07}", count: sought.beeps)) }
                }
            case .over: break
            }
        }
    }

    func lost(_ complaint: Complaint) {
        console.remark("note: \(complaint.message); trying again every second")
    }

    mutating func end(_ sweep: SweepSummary) throws {
        if json { return try console.say(json: sweep, onOneLine: true) }
        erase()
        console.say(SweepPage(sweep: sweep, palette: console.palette, width: console.width).summary)
    }

    private mutating func draw(_ lines: [String], _ page: SweepPage) {
        guard console.isTerminal else { return console.say(lines) }
        erase()
        console.say(lines + page.progress)
        footLines = page.progress.count
    }

    /// Cursor up and clear to the end of the screen (ECMA-48 CUU, ED).
    private mutating func erase() {
        if footLines > 0 { console.put("\u{1B}[\(footLines)A\u{1B}[J") }
        footLines = 0
    }
}
