import API
import ArgumentParser

struct SimulatePadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pad",
        abstract: "Put items on a simulated pad, or take them off.",
        subcommands: [Put.self, Take.self, Snatch.self]
    )

    struct Put: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "put",
            abstract: "Lay items on the pad, beside what lies there already."
        )

        @Argument(help: "Barcodes of the items.")
        var barcodes: [String]

        @OptionGroup var pad: SimulatedPadOption
        @OptionGroup var daemon: DaemonOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await daemon.simulate(.put(barcodes: barcodes, reader: pad.reader), output)
        }
    }

    struct Take: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "take",
            abstract: "Take items off the pad and back to where they were; all of them without barcodes."
        )

        @Argument(help: "Barcodes of the items.")
        var barcodes: [String] = []

        @OptionGroup var pad: SimulatedPadOption
        @OptionGroup var daemon: DaemonOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await daemon.simulate(.take(barcodes: barcodes, reader: pad.reader), output)
        }
    }

    struct Snatch: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "snatch",
            abstract: "Pull an item off the pad in the middle of the next write to it."
        )

        @Argument(help: "Barcode of the item.")
        var barcode: String

        @OptionGroup var pad: SimulatedPadOption
        @OptionGroup var daemon: DaemonOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await daemon.simulate(.snatch(barcode: barcode, reader: pad.reader), output)
        }
    }
}

struct SimulatedPadOption: ParsableArguments {
    @Option(help: ArgumentHelp("Which pad.", valueName: "name"))
    var reader = "pad-1"
}
