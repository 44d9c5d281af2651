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
    var hex: [String] = []

    @Option(help: ArgumentHelp("Data storage format identifier, when known.", valueName: "HH"))
    var dsfid: HexByte?

    @Option(
        help: ArgumentHelp(
            "Application family identifier, when known: says whether a gate would sound.",
            valueName: "HH"
        )
    )
    var afi: HexByte?

    @Option(
        help: ArgumentHelp(
            "Memory bank 01 of a UHF tag, with its checksum or without; what stands before it is bank 11, if there is one.",
            valueName: "hex"
        )
    )
    var identifierBank: String?

    @Option(help: ArgumentHelp("Bytes in a block.", valueName: "N"))
    var blockSize = 4

    @Flag(help: "Do not take a tag for ISO 28560-3 whose blocks hold their bytes in reverse.")
    var noReversedBlocks = false

    @Flag(help: "Read nothing of a tag whose DSFID announces a directory (46).")
    var rawDirectory = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...32).contains(blockSize) else {
            throw ValidationError("--block-size: found \(blockSize), wanted 1 to 32")
        }
        if let identifierBank { _ = try bytes(identifierBank, of: "--identifier-bank") }
        if hex != ["-"], !hex.isEmpty || identifierBank == nil { _ = try bytes(hex.joined(separator: " "), of: "hex") }
    }

    func run() async throws {
        let text = hex == ["-"] ? try await FilePieces(path: "-").text(upTo: 64 << 10) : hex.joined(separator: " ")
        let explanation = try explained(text)
        if output.json {
            try output.console.say(json: explanation)
        } else {
            output.console.say(TagPage(explanation: explanation, palette: output.console.palette).lines)
        }
        if !explanation.isLibraryTag { throw ExitCode.failure }
    }

    /// What came from standard input is looked at when the parser knows no more which command it was for.
    func explained(_ text: String) throws -> TagExplanation {
        do {
            return try explanation(text)
        } catch let error as ValidationError {
            throw Complaint(error.message, hint: "see pressmark tag explain --help", isUsage: true)
        }
    }

    private func explanation(_ text: String) throws -> TagExplanation {
        if let identifierBank {
            let bank = try bytes(identifierBank, of: "--identifier-bank")
            let user = hex.isEmpty ? [] : try bytes(text, of: "hex")
            do {
                return try TagExplanation(identifierBank: bank, userBank: user)
            } catch {
                throw ValidationError("--identifier-bank: \(error)")
            }
        }
        let memory = TagMemory(
            bytes: try bytes(text, of: "hex"),
            blockSize: blockSize,
            dsfid: dsfid?.value,
            afi: afi?.value
        )
        var rules = ReadingRules.standard
        rules.turnsBlocks = !noReversedBlocks
        if rawDirectory { rules.directory = .raw }
        return TagExplanation(memory, by: rules)
    }

    private func bytes(_ text: String, of field: String) throws -> [UInt8] {
        let bytes: [UInt8]
        do {
            bytes = try Hex.bytes(text)
        } catch {
            throw ValidationError(field == "hex" ? String(describing: error) : "\(field): \(error)")
        }
        guard !bytes.isEmpty else { throw ValidationError("\(field): found nothing, wanted the bytes of a tag") }
        return bytes
    }
}
