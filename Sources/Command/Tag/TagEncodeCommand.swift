import ArgumentParser
import Tags
import Wire

struct TagEncodeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "encode",
        abstract: "Turn an item's data into a tag's bytes, without daemon or reader.",
        discussion: """
            Takes JSON: {"primaryItemIdentifier": "1000000136", "ownerInstitution": "DK-718500",
            "setInformation": {"total": 3, "ordinal": 1}, "typeOfUsage": "10", "elements": {"shelfLocation": "2.A.17"}}
            or what tag explain --json gives. Nothing is cut short to make it fit, and nothing is written to a tag.

            Exit status: 0 encoded, 1 refused, 2 wrong usage.
            """
    )

    @Argument(help: ArgumentHelp("JSON of the item; - is standard input.", valueName: "file"))
    var file = "-"

    @Option(help: ArgumentHelp("Data model: \(Self.models.joined(separator: ", ")).", valueName: "name"))
    var model = SiteProfile.Target.iso28560Part3.rawValue

    @Option(help: ArgumentHelp("Bytes in a block.", valueName: "N"))
    var blockSize = 4

    @Option(help: ArgumentHelp("Blocks of user memory; 28, or as many as --over has.", valueName: "N"))
    var blocks: Int?

    @Option(help: ArgumentHelp("Data storage format identifier; the model's own by itself.", valueName: "HH"))
    var dsfid: HexByte?

    @Option(help: ArgumentHelp("Application family identifier; 07, in stock, by itself.", valueName: "HH"))
    var afi: HexByte?

    @Option(help: ArgumentHelp("What the tag holds now, all of it: plan the writes over that.", valueName: "hex"))
    var over: String?

    @Option(help: ArgumentHelp("Blocks of the tag that are locked: 0-1,6.", valueName: "blocks"))
    var locked: BlockList?

    @Flag(help: "Plan the locking that the JSON asks for; what is locked stays so for ever.")
    var reallyLock = false

    @Flag(help: "Print the bytes and nothing else, as tag explain - takes them.")
    var hex = false

    @OptionGroup(title: "Where standards and vendors disagree") var writing: WritingOptions
    @OptionGroup var output: OutputOptions

    private static var models: [String] { AllModels.inOrder.map { $0.name }.filter { $0 != "blank" && $0 != "raw" } }

    func validate() throws {
        guard (1...32).contains(blockSize) else {
            throw ValidationError("--block-size: found \(blockSize), wanted 1 to 32")
        }
        if let blocks, !(1...65_536).contains(blocks) {
            throw ValidationError("--blocks: found \(blocks), wanted 1 to 65536")
        }
        let count = try encoder().memory.geometry.blockCount
        if let last = locked?.blocks.max(), last >= count {
            throw ValidationError("--locked: found block \(last), wanted 0 to \(count - 1)")
        }
    }

    func run() async throws {
        let pieces = try FilePieces(path: file)
        let order = try TagOrder(json: try await pieces.text(upTo: 64 << 10), in: pieces.name)
        let encoding = try encoder().encode(order.content)
        let console = output.console
        if hex {
            console.say(Hex.string(encoding.plan.result))
        } else if output.json {
            try console.say(json: encoding)
        } else {
            console.say(EncodingPage(encoding: encoding, palette: console.palette).lines)
        }
    }

    private func encoder() throws -> TagEncoder {
        guard let named = AllModels.inOrder.first(where: { $0.name == model }), Self.models.contains(model) else {
            throw ValidationError("--model: found \(model), wanted \(Self.models.joined(separator: ", "))")
        }
        var encoder = TagEncoder(model: named, memory: try memory(), isNew: over == nil)
        encoder.dsfid = dsfid?.value
        if let afi { encoder.afi = afi.value }
        encoder.locks = reallyLock
        encoder.habits = writing.habits
        return encoder
    }

    private func memory() throws -> TagMemory {
        var bytes: [UInt8] = []
        if let over {
            do {
                bytes = try Hex.bytes(over)
            } catch {
                throw ValidationError("--over: \(error)")
            }
            guard !bytes.isEmpty, bytes.count.isMultiple(of: blockSize) else {
                throw ValidationError("--over: found \(bytes.count) bytes, wanted whole blocks of \(blockSize)")
            }
        }
        let count = blocks ?? (over == nil ? 28 : bytes.count / blockSize)
        if over == nil { bytes = Array(repeating: 0, count: count * blockSize) }
        guard bytes.count == count * blockSize else {
            throw ValidationError("--over: found \(bytes.count) bytes, wanted all \(count * blockSize) of the tag")
        }
        return TagMemory(
            bytes: bytes,
            blockSize: blockSize,
            blockCount: count,
            locked: (0..<count).map { locked?.blocks.contains($0) ?? false }
        )
    }
}
