package import Wire

/// Boards with a TRF79xx radio that take hexadecimal text: TI's evaluation boards, RFIDGeek, DLP-RFID1 and 2.
///
/// ## Hardware
/// TI TRF7960, TRF7960A and TRF7970A EVM; RFIDGeek board; DLP-RFID1, DLP-RFID2. One antenna, short reach: for
/// development and single items.
///
/// ## Protocol source
/// SLOU192C (TRF7960EVM user guide); HOST, TI 11-06-26-009 (ISO 15693 host commands); the programs pydlprfid2 and
/// pyrfidgeek, the latter written for a library.
///
/// ## Link settings
/// 115200 baud, 8N1, over USB-serial adapters (CP210x, FTDI; DLP-RFID1 is 0403:FBFC).
///
/// ## Quirks
/// - There is no checksum and no end mark: a reply is whole when as many brackets came as slots were asked for.
/// - A board walks through sixteen slots once; taking collisions apart is ours (see ``TransparentReader``).
/// - UIDs stand in tag order, in replies and requests; the DSFID is not told.
/// - What a board answers to a setting differs; silence is taken for consent.
/// - Whether firmware sends the end of frame that a write with option flag waits for is not documented: TI's own tags
///   may be written without an answer, which the reading back behind every write finds out.
///
/// ## Tested with
/// Frames printed in the documents and one reply of a tag; no hardware yet.
package enum TRFDriver: ReaderDriver {
    package static let identity = DriverIdentity(
        name: "trf79xx",
        vendor: "Texas Instruments",
        models: ["TRF7960 EVM", "TRF7970A EVM", "RFIDGeek", "DLP-RFID1", "DLP-RFID2"],
        usbDevices: [],
        line: LineSettings(baudRate: 115200),
        hasChecksum: false
    )

    /// Chip status 21: full power; ISO control 00: ISO 15693, one of four.
    static let fieldOn = TRFRequest(.writeRegisters, [0x00, 0x21, 0x01, 0x00])
    /// Chip status without the bit of the field.
    static let fieldOff = TRFRequest(.writeRegisters, [0x00, 0x01])

    package static func open(
        _ link: consuming any Link & ~Copyable
    ) async throws(ReaderError) -> any Reader & ~Copyable {
        var line = TRFLine(link)
        let name = try await line.name()
        try await line.set(fieldOn)
        try await line.set(TRFRequest(.gain, [0x00]))
        try await line.set(TRFRequest(.demodulation, [0xFF]))
        let firmware = try await line.version() ?? "not told"
        let information = ReaderInformation(
            model: name,
            firmware: firmware,
            abilities: [
                .inventoryByAFI, .writeAFI, .writeDSFID, .eas, .custom, .multipleBlocks, .oneSlotPoll, .easPoll,
            ]
        )
        return TRFReader(line: line, information: information)
    }

    package static func twin() -> any ReaderTwin { TRFTwin() }
}
