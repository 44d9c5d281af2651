import API
import ArgumentParser
import Tags

struct TagConvertCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Bring the library's own items on a pad into another data model, read back.",
        discussion: """
            Tags of others, patron cards and tags that cannot be trusted are left alone and told. The AFI stays as it is
            and nothing is locked without --really-lock. --dry-run tells what would be written.

            Exit status: 0 every tag is as it was wanted, 1 not all, 2 wrong usage.
            """
    )

    @Argument(help: "Barcodes of the items; all on the pad when none is named.")
    var barcodes: [String] = []

    @Option(help: ArgumentHelp("The pad they lie on.", valueName: "name"))
    var reader: String

    @Option(help: ArgumentHelp("Data model: iso28560-2 or iso28560-3.", valueName: "model"))
    var to: String

    @Flag(help: "Write nothing, only tell what would be written.")
    var dryRun = false

    @Flag(help: "Convert ISO 28560-3 tags whose checksum is wrong as well, when all else on them looks right.")
    var acceptWrongChecksums = false

    @Flag(help: "Lock what the configuration wants locked; what is locked stays so for ever.")
    var reallyLock = false

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard SiteProfile.Target(rawValue: to) != nil else {
            let known = SiteProfile.Target.allCases.map(\.rawValue).joined(separator: " or ")
            throw ValidationError("--to: found \(to), wanted \(known)")
        }
    }

    func run() async throws {
        let result: ConversionResult = try await daemon.connect { client in
            let request = ConversionRequest(
                barcodes: barcodes,
                target: to,
                dryRun: dryRun,
                acceptWrongChecksums: acceptWrongChecksums ? true : nil,
                reallyLock: reallyLock ? true : nil
            )
            return try await client.post("v1", "readers", reader, "conversions", body: request, within: 600)
        }
        let console = output.console
        if output.json {
            try console.say(json: result)
        } else {
            console.say(ConversionPage(result: result, palette: console.palette).lines)
        }
        guard result.isWhole, !result.tags.isEmpty else { throw ExitCode.failure }
    }
}
