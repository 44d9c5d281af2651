package import Wire

/// metraTec readers of the first generation, which speak text.
///
/// ## Hardware
/// DeskID ISO, UM15, Dwarf15, QR15, QuasarMX, QuasarLR.
///
/// ## Protocol source
/// SDK: the maker's own kit for Python (version 1.4.1); GUIDE: metraTec's ISO 15693 protocol guide.
///
/// ## Link settings
/// 115200 baud, 8N1; TCP port 10001, which FEIG readers use too, so the driver must be named in the configuration.
///
/// ## Quirks
/// - Commands end with a carriage return; answers end with a line feed only after `EOF` was sent.
/// - Answers carry no number and no checksum; a tag's own check bytes come along in answers to requests and are
///   checked.
/// - The UID in a request goes most significant byte first, as the reader prints it (SDK alone says so).
/// - `INV` counts its lines, which tells a torn answer; the DSFID is not told.
/// - The maker's kit for Python sends a broken AFI option; the form here is the guide's.
///
/// ## Tested with
/// Two answers the kit quotes; no hardware yet.
package enum MetraTecDriver: ReaderDriver {
    package static let identity = DriverIdentity(
        name: "metratec",
        vendor: "metraTec",
        models: ["DeskID ISO", "UM15", "Dwarf15", "QR15", "QuasarMX", "QuasarLR"],
        usbDevices: [],
        line: LineSettings(baudRate: 115200),
        tcpPort: 10001,
        hasChecksum: false
    )

    package static func open(
        _ link: consuming any Link & ~Copyable
    ) async throws(ReaderError) -> any Reader & ~Copyable {
        var line = MetraTecLine(link)
        try await line.setUp()
        let revision = try await line.revision()
        let name = revision.prefix { $0 != " " }
        line.device = String(name)
        let information = ReaderInformation(
            model: String(name),
            firmware: "\(revision.suffix(4)), hardware \(revision.suffix(8).prefix(4))",
            abilities: [
                .inventoryByAFI, .writeAFI, .writeDSFID, .eas, .custom, .multipleBlocks, .outputs, .inputs,
                .oneSlotPoll, .easPoll,
            ]
        )
        return MetraTecReader(line: line, information: information)
    }

    package static func twin() -> any ReaderTwin { MetraTecTwin() }
}
