import Library

/// How the gates' outputs sound and shine where a site wants it otherwise than usual.
extension GateConfiguration {
    private enum Shape: String, CaseIterable {
        case steady, pulses, fading
    }

    /// Strokes of all patterns together.
    private static let mostStrokes = 64
    /// As long as the longest stroke, and the shortest pulse that a relay follows, in milliseconds.
    private static let times = 50...300_000
    private static let pulse = 300

    /// The outputs that patterns switch, in the words of a mistake.
    static var outputNames: String {
        "one of " + GateSounding().outputs.sorted().map { "\"\($0)\"" }.joined(separator: ", ")
    }

    /// Whether a pattern can switch an output of this name; one that none can would never be switched.
    static func isOutput(_ name: String) -> Bool { GateSounding().outputs.contains(name) }

    /// Reads `[[pattern]]`, one stroke each. What any of them names as its signal is played as they say, in place of
    /// the usual strokes.
    mutating func readPatterns(from top: inout ConfigurationTable) {
        var count = 0
        for var table in top.subtables("pattern") {
            count += 1
            if count == Self.mostStrokes + 1 {
                table.refuse(nil, found: "one stroke more", wanted: "\(Self.mostStrokes) strokes at most")
            }
            if let (signal, stroke) = Self.stroke(from: &table) {
                patterns[signal, default: GatePattern([])].strokes.append(stroke)
            }
            table.finish()
            top.merge(table)
        }
    }

    private static func stroke(from table: inout ConfigurationTable) -> (GateSignal, GateStroke)? {
        let signal = table.requiredChoice("signal", of: GateSignal.self)
        let output = table.required("output", wanted: outputNames)
        if let output, !isOutput(output) { table.refuse("output", found: "\"\(output)\"", wanted: outputNames) }
        let length = table.integer("milliseconds", in: times)
        if length == nil, !table.has("milliseconds") {
            table.refuse("milliseconds", found: "nothing", wanted: "how long, such as 3000")
        }
        let after = table.integer("after", in: 0...times.upperBound) ?? 0
        let word = table.choice("shape", of: Shape.self) ?? .steady
        let on = table.integer("on", in: times) ?? pulse
        let off = table.integer("off", in: times) ?? pulse
        for key in ["on", "off"] where table.has(key) && word != .pulses {
            table.refuse(key, found: "shape \"\(word.rawValue)\"", wanted: "shape = \"pulses\" beside it")
        }
        guard let signal, let output, let length else { return nil }
        let shape: GateStroke.Shape =
            switch word {
            case .steady: .steady
            case .pulses: .pulses(on: .milliseconds(on), off: .milliseconds(off))
            case .fading: .fading
            }
        let stroke = GateStroke(output, after: .milliseconds(after), for: .milliseconds(length), shape: shape)
        return (signal, stroke)
    }
}
