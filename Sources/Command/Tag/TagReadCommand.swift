import API
import ArgumentParser
import Foundation
import Tags
import Wire

struct TagReadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read",
        abstract: "Read every tag in a reader's field and explain it."
    )

    @Option(help: ArgumentHelp("Which reader, as in pressmark status.", valueName: "name"))
    var reader: String

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let readings: [TagReading] = try await daemon.connect { try await $0.get("v1", "readers", reader, "tags") }
        let console = output.console
        let tags = readings.map(ReadTag.init)
        if output.json {
            try console.say(json: tags)
        } else if tags.isEmpty {
            console.say("no tag in the field of \(reader)")
        } else {
            console.say(Array(tags.map { $0.lines(console.palette) }.joined(separator: [""])))
        }
        if readings.isEmpty || readings.contains(where: { $0.problem != nil }) { throw ExitCode.failure }
    }
}

/// A tag as the daemon read it, with our own explanation of its memory.
struct ReadTag {
    var reading: TagReading
    /// `nil` when the memory could not be read.
    var explanation: TagExplanation?

    init(_ reading: TagReading) {
        self.reading = reading
        explanation = reading.tagMemory.map { TagExplanation($0) }
    }

    func lines(_ palette: Palette) -> [String] {
        let chip = reading.chip.map { " · \($0)" } ?? ""
        let size = reading.blockCount.map { " · \($0) blocks of \(reading.blockSize) bytes" } ?? ""
        var lines = [palette.paint("tag \(reading.uid)\(chip)\(size)".visible, .strong)]
        if let title = reading.title { lines.append("title     \(title.visible)") }
        if let problem = reading.problem { lines.append(palette.paint("problem   \(problem.visible)", .bad)) }
        if let explanation { lines += TagPage(explanation: explanation, palette: palette).lines }
        return lines
    }
}

extension ReadTag: Encodable {
    enum Key: String, CodingKey {
        case uid, chip, blockSize, blockCount, memory, lockedBlocks, title, problem
    }

    /// The keys of `tag explain --json`, and beside them what only a reader knows.
    func encode(to encoder: any Encoder) throws {
        try explanation?.encode(to: encoder)
        var object = encoder.container(keyedBy: Key.self)
        try object.encode(reading.uid, forKey: .uid)
        try object.encode(reading.chip, forKey: .chip)
        try object.encode(reading.blockSize, forKey: .blockSize)
        try object.encode(reading.blockCount, forKey: .blockCount)
        try object.encode(reading.memory, forKey: .memory)
        try object.encode(reading.lockedBlocks, forKey: .lockedBlocks)
        try object.encode(reading.title, forKey: .title)
        try object.encode(reading.problem, forKey: .problem)
    }
}

extension TagReading {
    /// The bytes behind the hexadecimal text; `nil` when there are none or they make no sense.
    var tagMemory: TagMemory? {
        guard let bytes = try? Hex.bytes(memory), !bytes.isEmpty, (1...32).contains(blockSize) else { return nil }
        let blocks = (bytes.count + blockSize - 1) / blockSize
        return TagMemory(
            bytes: bytes,
            blockSize: blockSize,
            blockCount: blockCount,
            locked: lockedBlocks.map { locked in (0..<blocks).map(Set(locked).contains) } ?? [],
            dsfid: dsfid,
            afi: afi
        )
    }
}
