/// One metric with all its series, as Prometheus reads it.
package struct MetricFamily: Hashable, Sendable {
    /// What a value means: counted up since the start, as it is now, or sorted into buckets.
    package enum Kind: String, Hashable, Sendable {
        case counter, gauge, histogram
    }

    /// One series of the family and its value at this moment.
    package struct Sample: Hashable, Sendable {
        /// Behind the family's name: `_bucket`, `_sum`, `_count`.
        package var suffix: String
        /// In the order in which they are written; empty for a family with a single series.
        package var labels: [(name: String, value: String)]
        /// A number of things, or a measure in the unit that the family's name ends in: seconds, bytes.
        package var value: Double

        package init(suffix: String = "", labels: [(name: String, value: String)] = [], value: Double) {
            self.suffix = suffix
            self.labels = labels
            self.value = value
        }

        package static func == (left: Sample, right: Sample) -> Bool {
            left.suffix == right.suffix && left.value == right.value
                && left.labels.elementsEqual(right.labels) { $0.name == $1.name && $0.value == $1.value }
        }

        package func hash(into hasher: inout Hasher) {
            hasher.combine(suffix)
            hasher.combine(value)
            for label in labels { hasher.combine(label.name) }
        }
    }

    /// Letters, digits and low lines; ends in `_total` for counters and in its unit for what has one.
    package var name: String
    /// One sentence for the person who builds a panel of it.
    package var help: String
    /// As it stands in the line `# TYPE`.
    package var kind: Kind
    /// A family without any is left out of the page.
    package var samples: [Sample]

    package init(_ name: String, _ help: String, _ kind: Kind, _ samples: [Sample]) {
        self.name = name
        self.help = help
        self.kind = kind
        self.samples = samples
    }
}

extension MetricFamily {
    /// The text exposition format, version 0.0.4: help, type, and a line for each series.
    package var text: String {
        var lines = ["# HELP \(name) \(Self.escaped(help, quotes: false))", "# TYPE \(name) \(kind.rawValue)"]
        for sample in samples {
            let labels = sample.labels.map { "\($0.name)=\"\(Self.escaped($0.value, quotes: true))\"" }
            let list = labels.isEmpty ? "" : "{\(labels.joined(separator: ","))}"
            lines.append("\(name)\(sample.suffix)\(list) \(Self.text(of: sample.value))")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        // By scalars: a quote with an accent behind it is one character to Swift, and so is a line end of Windows.
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quotes: escaped += "\\\""
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    private static func text(of value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        return Int(exactly: value).map(String.init) ?? "\(value)"
    }
}
