import API

/// Plots of a report as SVG, black on white, so that a printer shows them as a screen does.
enum ReportChart {
    /// The shelf from first to last: how much of each stretch was seen, and what of the rest is likely there.
    static func strip(_ stretches: [SweepSummary.Stretch], in tongue: ReportTongue) -> String {
        let width = 600.0 / Double(max(stretches.count, 1))
        let bars = stretches.enumerated().map { place, stretch -> String in
            let left = Double(place) * width
            guard stretch.expected > 0 else { return "" }
            let seen = 60 * Double(stretch.seen) / Double(stretch.expected)
            let unheard =
                60 * min(stretch.unheard ?? 0, Double(stretch.expected - stretch.seen)) / Double(stretch.expected)
            let label = tongue.say("stretch", stretch.from, String(stretch.seen), String(stretch.expected))
            return rectangle(left, 60 - seen, width - 0.5, seen, "#111", label)
                + rectangle(left, 60 - seen - unheard, width - 0.5, unheard, "url(#thin)", label)
        }.joined()
        let pattern =
            "<defs><pattern id=\"thin\" width=\"4\" height=\"4\" patternUnits=\"userSpaceOnUse\">"
            + "<path d=\"M0 4L4 0\" stroke=\"#111\" stroke-width=\"1\"/></pattern></defs>"
        let frame = "<rect x=\"0\" y=\"0\" width=\"600\" height=\"60\" fill=\"none\" stroke=\"#111\"/>"
        return svg(height: 60, tongue.say("stripDrawn"), pattern + bars + frame)
    }

    /// One bar a class, the longest first.
    static func bars(_ values: [(String, Int)], in tongue: ReportTongue) -> String {
        let most = Double(values.map(\.1).max() ?? 1)
        let rows = values.enumerated().map { place, value -> String in
            let top = Double(place) * 18
            return text(0, top + 12, value.0) + text(175, top + 12, "\(value.1)")
                + rectangle(210, top + 2, max(1, 390 * Double(value.1) / most), 12, "#111", "\(value.0): \(value.1)")
        }.joined()
        return svg(height: Double(max(values.count, 1)) * 18, tongue.say("classesDrawn"), rows)
    }

    /// One column a day.
    static func columns(_ values: [(String, Int)], in tongue: ReportTongue) -> String {
        let most = Double(values.map(\.1).max() ?? 1)
        let width = 600.0 / Double(max(values.count, 1))
        let columns = values.enumerated().map { place, value -> String in
            let height = 90 * Double(value.1) / max(most, 1)
            let left = Double(place) * width
            let label = width > 55 ? text(left + 2, 112, value.0) : ""
            return rectangle(left + 1, 96 - height, width - 2, height, "#111", "\(value.0): \(value.1)") + label
        }.joined()
        return svg(height: 116, tongue.say("daysDrawn"), columns)
    }

    private static func svg(height: Double, _ label: String, _ content: String) -> String {
        "<svg viewBox=\"0 0 600 \(height)\" role=\"img\" aria-label=\"\(Markup.escaped(label))\">\(content)</svg>"
    }

    private static func rectangle(
        _ x: Double,
        _ y: Double,
        _ width: Double,
        _ height: Double,
        _ fill: String,
        _ label: String
    ) -> String {
        guard height > 0, width > 0 else { return "" }
        return "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(width)\" height=\"\(height)\" fill=\"\(fill)\">"
            + "<title>\(Markup.escaped(label))</title></rect>"
    }

    private static func text(_ x: Double, _ y: Double, _ text: String) -> String {
        "<text x=\"\(x)\" y=\"\(y)\" font-size=\"11\">\(Markup.escaped(text))</text>"
    }
}
