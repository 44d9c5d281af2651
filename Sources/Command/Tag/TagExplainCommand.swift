import ArgumentParser
import Tags
import Wire

struct TagExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explain a tag's memory without daemon or reader.",
        discussion: "Exit status: 0 decoded, 1 not a library tag, 2 wrong usage."
    )

    @Argument(help: "User memory from block 0 on, in hexadecimal, tag byte order; - reads it from standard input.")
    var hex: [String]

    @Option(help: ArgumentHelp("Data storage format identifier, when known.", valueName: "HH"))
    var dsfid: HexByte?

    @Option(
        help: ArgumentHelp(
            "Application family identifier, when known: says whether a gate would sound.",
            valueName: "HH"
        )
    )
    var afi: HexByte?

    @Option(help: ArgumentHelp("Bytes in a block.", valueName: "N"))
    var blockSize = 4

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...32).contains(blockSize) else {
            throw ValidationError("--block-size: found \(blockSize), wanted 1 to 32")
        }
        if hex != ["-"] { _ = try bytes(hex.joined(separator: " ")) }
    }

    func run() async throws {
        let text = hex == ["-"] ? try await FilePieces(path: "-").text(upTo: 64 << 10) : hex.joined(separator: " ")
        let memory = TagMemory(
            bytes: try bytes(text),
            blockSize: blockSize,
            dsfid: dsfid?.value,
            afi: afi?.value
        )
        let explanation = TagExplanation(memory)
        if output.json {
            try output.console.say(json: explanation)
        } else {
            output.console.say(TagPage(explanation: explanation, palette: output.console.palette).lines)
        }
        if !explanation.isLibraryTag { throw ExitCode.failure }
    }

    private func bytes(_ text: String) throws -> [UInt8] {
        let bytes: [UInt8]
        do {
            bytes = try Hex.bytes(text)
        } catch {
            throw ValidationError(String(describing: error))
        }
        guard !bytes.isEmpty else { throw ValidationError("hex: found nothing, wanted the bytes of a tag") }
        return bytes
    }
}
