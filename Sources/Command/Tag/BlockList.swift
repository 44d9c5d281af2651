import ArgumentParser

/// Block numbers on the command line and on the page: `0-1,6`.
struct BlockList: ExpressibleByArgument, Equatable {
    /// Block numbers are two bytes wide at most (ISO 15693-3, extended commands).
    private static let mostBlocks = 65_536

    var blocks: Set<Int>

    init?(argument: String) {
        var blocks: Set<Int> = []
        for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
            guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1], first <= last,
                first >= 0, last < Self.mostBlocks
            else { return nil }
            blocks.formUnion(first...last)
        }
        self.blocks = blocks
    }

    /// `none`, `0-1,6`; the numbers rise.
    static func text(_ blocks: [Int]) -> String {
        var runs: [ClosedRange<Int>] = []
        for block in blocks {
            if let last = runs.last, last.upperBound + 1 == block {
                runs[runs.count - 1] = last.lowerBound...block
            } else {
                runs.append(block...block)
            }
        }
        let texts = runs.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
        return texts.isEmpty ? "none" : texts.joined(separator: ",")
    }
}
