import API

/// The shelf from first to last call number as one line of blocks: the fuller a block, the more of its items were
/// heard.
struct ShelfStrip {
    var stretches: [SweepSummary.Stretch]

    /// `▕██▓▒░··▏`: all, most, some, few, none of the items heard; a space where nothing is expected.
    func text(width: Int) -> String {
        "▕" + squeezed(to: max(1, width)).map(Self.mark).joined() + "▏"
    }

    /// Neighbours added up until there are at most `width`.
    private func squeezed(to width: Int) -> [(expected: Int, seen: Int)] {
        let step = max(1, (stretches.count + width - 1) / width)
        return stride(from: 0, to: stretches.count, by: step).map { start in
            stretches[start..<min(start + step, stretches.count)].reduce((0, 0)) {
                ($0.0 + $1.expected, $0.1 + $1.seen)
            }
        }
    }

    private static func mark(_ expected: Int, _ seen: Int) -> String {
        guard expected > 0 else { return " " }
        return switch Double(seen) / Double(expected) {
        case ..<0.001: "·"
        case ..<0.34: "░"
        case ..<0.67: "▒"
        case ..<0.999: "▓"
        default: "█"
        }
    }
}
