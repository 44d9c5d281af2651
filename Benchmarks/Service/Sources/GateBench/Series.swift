import Figures

/// What came of one condition, the whole of it and apart from the machine's slow times.
struct Series: Sendable {
    let condition: Condition
    let outcome: Device.Result
    let slow: SlowTimes

    /// What is apart, in one line.
    static let explanation = """
        apart from the machine's slow times: passages of which a meter's last look before the reader's answer, all looks \
        until the edge and the first after it found every processor at its usual pace; a look is slow when the same work \
        took half as long again as in its median or, where the meter has real-time priority, when it came more than \
        \(Meter.latest / 1_000_000) ms late
        """

    static let head = """
        | condition | passages | missed | p50 µs | p90 µs | p99 µs | p99.9 µs | largest µs | from tag: p50, p99 ms |
        |---|---:|---:|---:|---:|---:|---:|---:|---:|
        """

    /// Of the table: the passages, and what a thread that does nothing but wait needed in the rests between them; both
    /// twice.
    var rows: [String] {
        let own = apart(outcome.passages, \.latency)
        let bare = apart(outcome.bare, \.self)
        let ownShare = Self.percent(own.count, of: outcome.passages.count)
        let bareShare = Self.percent(bare.count, of: outcome.bare.count)
        return [
            Self.row(condition.rawValue, outcome.passages, missed: "\(outcome.missed)"),
            Self.row("– apart from the machine's slow times: \(ownShare) of the passages", own),
            Self.row("– the machine alone: a thread woken by a terminal line between passages", outcome.bare),
            Self.row("– the machine alone, apart from its slow times: \(bareShare) of the wakings", bare),
        ]
    }

    /// The goals are those of an idle machine, and held against all passages and against those apart.
    var figures: [Figure] {
        let name = "gate: \(condition.rawValue)"
        let bare = Histogram(outcome.bare)
        var figures = goals(name, outcome.passages)
        figures += goals("\(name), apart from slow times", apart(outcome.passages, \.latency))
        for place in figures.indices {
            figures[place].also["slow looks %"] = slow.share
            figures[place].also["machine alone median ms"] = Self.milli(bare.percentile(50))
            figures[place].also["machine alone 99th percentile ms"] = Self.milli(bare.percentile(99))
        }
        return figures
    }

    /// The wakings of all series; `nil` where no terminal line could be had.
    static func machineAlone(_ all: [Series]) -> Figure? {
        let bare = Histogram(all.flatMap(\.outcome.bare))
        let apart = Histogram(all.flatMap { $0.apart($0.outcome.bare, \.self) })
        guard bare.count > 0 else { return nil }
        var also = ["median ms": milli(bare.percentile(50)), "largest ms": milli(bare.largest)]
        also["share apart from slow times %"] = Double(apart.count) * 100 / Double(bare.count)
        // Nothing has a percentile of 0, which looks like the best of all.
        if apart.count > 0 {
            also["apart from slow times median ms"] = milli(apart.percentile(50))
            also["apart from slow times 99th percentile ms"] = milli(apart.percentile(99))
        }
        return Figure("gate: the machine alone, 99th percentile", milli(bare.percentile(99)), "ms", also: also)
    }

    /// Those during which the machine was at its pace.
    private func apart<Value>(_ values: [Value], _ span: (Value) -> ClosedRange<UInt64>) -> [Value] {
        values.filter { !slow.had(span($0)) }
    }

    private func goals(_ name: String, _ passages: [Device.Passage]) -> [Figure] {
        let latencies = Histogram(passages.map(\.latency))
        guard latencies.count > 0 else { return [] }
        return [
            Figure("\(name), median", Self.milli(latencies.percentile(50)), "ms", goal: .most(0.2)),
            Figure(
                "\(name), 99th percentile",
                Self.milli(latencies.percentile(99)),
                "ms",
                goal: .most(1),
                also: [
                    "90th percentile ms": Self.milli(latencies.percentile(90)),
                    "99.9th percentile ms": Self.milli(latencies.percentile(99.9)),
                    "largest ms": Self.milli(latencies.largest),
                    "passages": Double(latencies.count),
                ]
            ),
        ]
    }

    private static func row(_ name: String, _ passages: [Device.Passage], missed: String = "") -> String {
        let totals = Histogram(passages.map(\.total))
        let fromTag = [50, 99].map { micro(totals.percentile($0) / 1000) }.joined(separator: ", ")
        return row(name, passages.map(\.latency), missed: missed, fromTag: fromTag)
    }

    private static func row(
        _ name: String,
        _ spans: [ClosedRange<UInt64>],
        missed: String = "",
        fromTag: String = ""
    ) -> String {
        let histogram = Histogram(spans)
        guard histogram.count > 0 else { return "| \(name) | 0 | \(missed) | | | | | | |" }
        let values = [50, 90, 99, 99.9].map { micro(histogram.percentile($0)) }.joined(separator: " | ")
        return "| \(name) | \(histogram.count) | \(missed) | \(values) | \(micro(histogram.largest)) | \(fromTag) |"
    }

    private static func percent(_ part: Int, of whole: Int) -> String {
        let tenths = whole > 0 ? part * 1000 / whole : 0
        return "\(tenths / 10).\(tenths % 10) %"
    }

    private static func milli(_ nanoseconds: UInt64) -> Double { Double(nanoseconds) / 1e6 }

    private static func micro(_ nanoseconds: UInt64) -> String {
        let tenths = nanoseconds / 100
        return "\(tenths / 10).\(tenths % 10)"
    }
}

extension Device.Passage {
    /// From the answer that decided to the edge.
    var latency: ClosedRange<UInt64> { answered...max(answered, edge) }
    /// From the tag's coming into the field to the edge: looks, questions to the tag and waiting included.
    var total: ClosedRange<UInt64> { began...max(began, edge) }
}

extension Histogram {
    /// How long each lasted.
    init(_ spans: [ClosedRange<UInt64>]) {
        self.init()
        for span in spans { record(span.upperBound - span.lowerBound) }
    }
}
