import Foundation

/// One line of the table that `Scripts/bench` prints: what was measured, and what it is held against.
package struct Figure: Codable, Equatable, Sendable {
    /// Part and name, as in `gate: terminal line, 99th percentile`.
    package var benchmark: String
    package var unit: String
    package var measured: Double
    /// Of the ratio where there is a peer, otherwise of the measured value; `nil` where a number is only of interest.
    package var goal: Goal?
    package var peer: Peer?
    /// Of the measured value to the peer's, or to the goal where there is no peer.
    package var ratio: Double?
    /// What else the same measurement came to, units in the names.
    package var also: [String: Double]

    /// At least so much, or at most so much.
    package struct Goal: Codable, Equatable, Sendable {
        package var least: Double?
        package var most: Double?

        package static func least(_ value: Double) -> Goal { Goal(least: value, most: nil) }
        package static func most(_ value: Double) -> Goal { Goal(least: nil, most: value) }
    }

    /// Another program, or another way, measured in the same run and the same unit.
    package struct Peer: Codable, Equatable, Sendable {
        package var name: String
        package var value: Double

        package init(_ name: String, _ value: Double) {
            self.name = name
            self.value = value
        }
    }

    package init(
        _ benchmark: String,
        _ measured: Double,
        _ unit: String,
        goal: Goal? = nil,
        peer: Peer? = nil,
        also: [String: Double] = [:]
    ) {
        self.benchmark = benchmark
        self.measured = measured
        self.unit = unit
        self.goal = goal
        self.peer = peer
        self.also = also
        let reference = peer?.value ?? goal?.least ?? goal?.most ?? 0
        ratio = reference > 0 ? measured / reference : nil
    }

    /// The figures as JSON: an array, keys in alphabetical order.
    ///
    /// Throws when a number is none, as after a division by zero.
    package static func json(_ figures: [Figure]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(figures), as: UTF8.self) + "\n"
    }

    /// Adds the figures to those of a file, in the place of such as have the same name; there need be no file.
    ///
    /// Throws when the file holds anything else, or cannot be written.
    package static func add(_ figures: [Figure], to path: String) throws {
        var all: [Figure] = []
        if let bytes = FileManager.default.contents(atPath: path) {
            let names = Set(figures.map(\.benchmark))
            all = try JSONDecoder().decode([Figure].self, from: bytes).filter { !names.contains($0.benchmark) }
        }
        try json(all + figures).write(toFile: path, atomically: true, encoding: .utf8)
    }

    /// Adds the figures to the file that stands behind `--json` on the command line, if there is one.
    package static func write(_ figures: [Figure]) throws {
        let words = CommandLine.arguments
        guard let option = words.firstIndex(of: "--json"), words.indices.contains(option + 1) else { return }
        try add(figures, to: words[option + 1])
    }
}
