import Library
import LinuxIO
import Operations
import Readers
import Wire

/// What a site says of its gates: rules, outputs, inputs, hours.
struct GateConfiguration: Equatable, Sendable {
    /// An output of a gate, on a GPIO chip or on the reader itself.
    struct Output: Equatable, Sendable {
        enum Place: Equatable, Sendable {
            case chip(GPIOPlace, activeLow: Bool, drive: GPIOOutput.Drive)
            /// The reader's name in the configuration, and which of its outputs.
            case reader(String, ReaderOutput)
            /// Of the simulated branch.
            case simulated
        }

        /// `siren`, `lamp`, `buzzer`, `desk`, `barrier`: a name that a pattern uses.
        var name: String
        /// `nil`: all gates.
        var gate: String?
        var place: Place
        /// How long a siren sounds; `nil` for the pattern's own time.
        var duration: Duration?

        /// The line's name among all lines.
        var line: String { gate.map { "\($0) \(name)" } ?? name }
    }

    /// A contact, button or beam.
    struct Input: Equatable, Sendable {
        var name: GateBells.Input
        var gate: String?
        var line: GPIOInput
    }

    /// File with the rules of ``GatePolicyFile``.
    var rules: String?
    /// Who confirms that rules under which nothing sounds are wanted.
    var confirmedSilence: String?
    var keepDays = 30
    var outputs: [Output] = []
    var inputs: [Input] = []
    /// Minute of the day at which nobody is inside any more.
    var closing: Int?
    /// Minute of the day of the self test with sentinel tags.
    var selfTest: Int? = 6 * 60
    /// 24 classes, from midnight.
    var hours = [GateLoudness](repeating: .full, count: 24)
    /// What a signal makes the outputs do where the site wants it otherwise than usual.
    var patterns: [GateSignal: GatePattern] = [:]
}

extension GateConfiguration {
    /// Reads `[gate]`, `[[output]]`, `[[input]]`, `[[pattern]]` and the short form `[[siren]]`.
    ///
    /// - Parameter readers: the names of all readers, of which `gates` are some.
    init(from top: inout ConfigurationTable, readers: [String], gates: [String]) {
        if var table = top.subtable("gate") {
            rules = table.string("rules", wanted: "the path of a file with rules")
            confirmedSilence = table.string("silence-confirmed-by", wanted: "a name")
            keepDays = table.integer("keep-days", in: 1...3650) ?? keepDays
            closing = Self.minute("closing-time", of: &table)
            if table.has("self-test") { selfTest = Self.minute("self-test", of: &table) }
            for (key, loudness) in [("soft-hours", GateLoudness.soft), ("quiet-hours", .silent)] {
                guard let text = table.string(key, wanted: "from-to, such as \"20-8\"") else { continue }
                guard let range = Self.hours(text) else {
                    table.refuse(key, found: "\"\(text)\"", wanted: "from-to in whole hours, such as \"20-8\"")
                    continue
                }
                for hour in range { hours[hour] = loudness }
            }
            // "8-8" is easily written and means the whole day.
            if confirmedSilence == nil, hours.allSatisfy({ $0 == .silent }) {
                table.refuse(
                    "quiet-hours",
                    found: "every hour",
                    wanted: "an hour that is not quiet",
                    hint: "if no noise is ever wanted, say so with silence-confirmed-by = \"your name\" beside it"
                )
            }
            table.finish()
            top.merge(table)
        }
        readPatterns(from: &top)
        for var table in top.subtables("siren") {
            table.requireGate = true
            if let output = Self.output(from: &table, name: "siren", readers: readers, gates: gates) {
                // Lines are known by their names: the second one would take the place of the first.
                if outputs.contains(where: { $0.line == output.line }) {
                    table.refuse(
                        "gate",
                        found: "\"\(output.line)\" a second time",
                        wanted: "one siren for each gate",
                        hint: "wire both to one line, or name the other one under [[output]]"
                    )
                }
                outputs.append(output)
            }
            table.finish()
            top.merge(table)
        }
        for var table in top.subtables("output") {
            let name = table.required("name", wanted: Self.outputNames)
            // An output that no pattern uses would never be switched.
            if let name, !Self.isOutput(name) {
                table.refuse("name", found: "\"\(name)\"", wanted: Self.outputNames)
            }
            let output = Self.output(from: &table, name: name ?? "", readers: readers, gates: gates)
            if let output, name != nil {
                if outputs.contains(where: { $0.line == output.line }) {
                    table.refuse("name", found: "\"\(output.line)\" a second time", wanted: "each output once")
                }
                outputs.append(output)
            }
            table.finish()
            top.merge(table)
        }
        for var table in top.subtables("input") {
            if let input = Self.input(from: &table, gates: gates) {
                let name = input.line.name
                if inputs.contains(where: { $0.line.name == name }) {
                    table.refuse("name", found: "\"\(name)\" a second time", wanted: "each input once")
                }
                inputs.append(input)
            }
            table.finish()
            top.merge(table)
        }
    }

    private static func output(
        from table: inout ConfigurationTable,
        name: String,
        readers: [String],
        gates: [String]
    ) -> Output? {
        let gate = gate(from: &table, gates)
        let milliseconds = table.integer("milliseconds", in: 100...60_000)
        let duration = milliseconds.map { Duration.milliseconds($0) }
        if table.has("reader") {
            let words = ["relay", "buzzer", "green-lamp", "red-lamp", "output-1", "output-2", "output-3", "output-4"]
            let wanted = words.map { "\"\($0)\"" }.joined(separator: ", ")
            let reader = table.string("reader", wanted: "the name of a reader")
            let output = table.required("reader-output", wanted: "one of \(wanted)")
            if let reader, !readers.contains(reader) {
                let known = readers.joined(separator: ", ")
                let wanted = readers.isEmpty ? "the name of a reader, of which there is none" : "one of \(known)"
                table.refuse("reader", found: "\"\(reader)\"", wanted: wanted)
            }
            guard let reader, let output else { return nil }
            guard let known = ReaderOutput(configured: output) else {
                table.refuse("reader-output", found: "\"\(output)\"", wanted: "one of \(wanted)")
                return nil
            }
            return Output(name: name, gate: gate, place: .reader(reader, known), duration: duration)
        }
        let isLow = table.boolean("active-low") ?? false
        let drive = table.choice("drive", of: GPIOOutput.Drive.self) ?? .pushPull
        guard let place = place(from: &table) else { return nil }
        return Output(name: name, gate: gate, place: .chip(place, activeLow: isLow, drive: drive), duration: duration)
    }

    private static func input(from table: inout ConfigurationTable, gates: [String]) -> Input? {
        let gate = gate(from: &table, gates)
        let name = table.choice("name", of: GateBells.Input.self)
        if name == nil, !table.has("name") {
            let words = GateBells.Input.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
            table.refuse("name", found: "nothing", wanted: "one of \(words)")
        }
        let isLow = table.boolean("active-low") ?? false
        let bias = table.choice("bias", of: GPIOInput.Bias.self) ?? .asIs
        let debounce = table.integer("debounce", in: 0...1000) ?? 5
        guard let place = place(from: &table), let name else { return nil }
        return Input(
            name: name,
            gate: gate,
            line: GPIOInput(
                name: gate.map { "\($0) \(name.rawValue)" } ?? name.rawValue,
                place: place,
                activeLow: isLow,
                bias: bias,
                debounce: .milliseconds(debounce)
            )
        )
    }

    private static func gate(from table: inout ConfigurationTable, _ gates: [String]) -> String? {
        let wanted = "the name of a reader whose role is \"gate\""
        let gate = table.requireGate ? table.required("gate", wanted: wanted) : table.string("gate", wanted: wanted)
        if let gate, !gates.contains(gate) {
            let known = gates.isEmpty ? "\(wanted), of which there is none" : "one of \(gates.joined(separator: ", "))"
            table.refuse("gate", found: "\"\(gate)\"", wanted: known)
        }
        return gate
    }

    private static func place(from table: inout ConfigurationTable) -> GPIOPlace? {
        let chip = table.required("chip", wanted: "the chip's label as gpiodetect shows it in brackets")
        let offset = table.has("offset") ? table.integer("offset", in: 0...511) : nil
        let name = table.has("line") ? table.string("line") : nil
        if !table.has("offset"), !table.has("line") {
            table.refuse("line", found: "nothing", wanted: "the line's name, or its offset from 0")
        }
        table.allow(["offset", "line"])
        guard let chip, let line = name.map(GPIOPlace.Line.named) ?? offset.map(GPIOPlace.Line.offset) else {
            return nil
        }
        return GPIOPlace(chip: chip, line: line)
    }

    private static func minute(_ key: String, of table: inout ConfigurationTable) -> Int? {
        guard let text = table.string(key, wanted: "a time of the day, such as \"20:00\"") else { return nil }
        if let minute = minute(text) { return minute }
        table.refuse(key, found: "\"\(text)\"", wanted: "a time of the day, such as \"20:00\"")
        return nil
    }

    /// The minute of the day of `20:00`.
    static func minute(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let hour = parts[0], let minute = parts[1], (0...23).contains(hour),
            (0...59).contains(minute)
        else { return nil }
        return hour * 60 + minute
    }

    /// The hours of `20-8`: from 20:00 to 8:00, over midnight.
    static func hours(_ text: String) -> [Int]? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let from = parts[0], let to = parts[1], (0...23).contains(from), (0...24).contains(to)
        else { return nil }
        return from < to ? Array(from..<to) : Array(from..<24) + Array(0..<to)
    }
}

extension ReaderOutput {
    /// `relay`, `buzzer`, `green-lamp`, `red-lamp`, `output-1`.
    init?(configured text: String) {
        switch text {
        case "relay": self = .relay
        case "buzzer": self = .buzzer
        case "green-lamp": self = .greenLamp
        case "red-lamp": self = .redLamp
        default:
            guard text.hasPrefix("output-"), let number = Int(text.dropFirst(7)), (1...31).contains(number) else {
                return nil
            }
            self = .output(number)
        }
    }
}
