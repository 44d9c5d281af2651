package import Wire

/// 3M RFID pads, later sold by Bibliotheca.
///
/// ## Hardware
/// Staff pads model 210 and 810 ("TTS810") on a USB serial port.
///
/// ## Protocol source
/// SPEC: 3M RFID Reader Model 210 Protocol Specification v1.0.0 of 1 June 2009. Captures of working programs: PERL3M
/// (810 with its vendor's software), PMB (810), LSS (TTS810 as shelf scanner).
///
/// ## Link settings
/// 19200 baud, 8N1, no handshake. The pad ignores a command while it is busy.
///
/// ## Quirks
/// - An 810 is asked for its version in a frame of its own class (D5) and then sent command 13, which no document
///   explains; every working program does so. A 210 answers the plain version command.
/// - Writing the AFI fails often with "no tag": writes are repeated and read back.
/// - A tag may be told twice in one inventory.
/// - An EAS bit that is clear and a tag that is absent give the same error.
/// - Sites with these pads use the AFI pair D7 and DA; sources differ about which is which, so the site says so.
/// - Block data goes in tag order; only tags with blocks of four bytes can be read.
///
/// ## Tested with
/// Documents and captured frames; no hardware yet.
package enum ThreeMDriver: ReaderDriver {
    /// Its USB serial adapter tells nothing of the pad behind it: the site names the port.
    package static let identity = DriverIdentity(
        name: "3m",
        vendor: "3M / Bibliotheca",
        models: ["210", "810"],
        usbDevices: [],
        line: LineSettings(baudRate: 19200)
    )

    package static func open(
        _ link: consuming any Link & ~Copyable
    ) async throws(ReaderError) -> any Reader & ~Copyable {
        var line = ThreeMLine(link)
        let (probe, version) = try await found(on: &line)
        let model = probe == .setup ? "3M 810" : "3M 210"
        line.device = model
        line.probe = probe
        if probe == .setup {
            let answer = try await line.ask(ThreeMStartUp())
            guard answer.error == .none else { throw answer.refusal }
        }
        let information = ReaderInformation(
            model: model,
            firmware: version.firmware,
            abilities: [.inventoryByAFI, .writeAFI, .writeDSFID, .eas, .custom, .multipleBlocks]
        )
        return ThreeMReader(line: line, information: information, probe: probe)
    }

    /// Asks as an 810 is asked, twice, since that one may know the question to a 210 too and would not be started by it;
    /// then as a 210, and once more for a line that had to settle.
    private static func found(
        on line: inout ThreeMLine
    ) async throws(ReaderError) -> (ThreeMProbe, ThreeMVersion.Reply) {
        for probe in [ThreeMProbe.setup, .setup, .plain, .setup] {
            do throws(ReaderError) {
                return (probe, try await line.version(by: probe))
            } catch {
                guard case .noReply = error else { throw error }
            }
        }
        throw .noReply(command: "version")
    }

    package static func twin() -> any ReaderTwin { ThreeMTwin(.model810) }
}
