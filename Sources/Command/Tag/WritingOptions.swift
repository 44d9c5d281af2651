import ArgumentParser
import Tags

/// How a library writes its tags where standards and vendors disagree, for one tag; the daemon's stand in `[tags]` of
/// its configuration.
struct WritingOptions: ParsableArguments {
    @Flag(
        help: """
            ISO 28560-3: put an identifier of more than 16 bytes, or an owner of more than 13, into the library block by the
            rule of 2011, which few readers know. Refused otherwise.
            """
    )
    var longFields = false

    @Option(help: ArgumentHelp("ISO 28560-2: what pad bytes hold; 00 by itself, 80 in Finland.", valueName: "HH"))
    var padByte: HexByte?

    @Flag(name: .customLong("utf8"), help: "ISO 28560-2: UTF-8 for text that fits no shorter packing.")
    var prefersUTF8 = false

    @Flag(name: .customLong("utf8-title"), help: "ISO 28560-2: UTF-8 for title and ONIX media format.")
    var forcesUTF8OnTitle = false

    @Flag(help: "ISO 28560-2: one-byte codes as octets.")
    var octetCodes = false

    @Flag(help: "ISO 28560-2: elements that are on the tag stay in the order they have.")
    var keepOrder = false

    @Option(help: ArgumentHelp("ISO 28560-2: zeros behind the content parameter, 0 to 8.", valueName: "N"))
    var reserve = 0

    func validate() throws {
        guard (0...8).contains(reserve) else { throw ValidationError("--reserve: found \(reserve), wanted 0 to 8") }
    }

    var habits: SiteProfile {
        var habits = SiteProfile()
        habits.part3Style.movesLongFields = longFields
        if let padByte { habits.style.padByte = padByte.value }
        habits.style.prefersUTF8 = prefersUTF8
        habits.style.forcesUTF8OnTitle = forcesUTF8OnTitle
        if octetCodes { habits.style.codeCompaction = .octets }
        habits.style.keepsOrder = keepOrder
        habits.style.contentParameterReserve = reserve
        return habits
    }
}
