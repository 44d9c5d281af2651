package import Wire

/// RL866 and RL8000-type OEM readers, found in Chinese pads and in Finnish self-checkouts.
///
/// ## Hardware
/// RL866; RL8000 and M201 probably speak the same and are otherwise driven by a closed library.
///
/// ## Protocol source
/// Facts of one public program that runs such a pad in a library. Nothing here is proven by a second source.
///
/// ## Link settings
/// 38400 baud, 8 data bits, **even** parity, 1 stop bit.
///
/// ## Quirks
/// - A bit toggles with every request; whether a fresh start sets it back is not known, so the reader's own complaint
///   is heeded once.
/// - A tag is taken by UID before work and let go before the next inventory.
/// - DSFID, locks and lock states cannot be reached: they are refused as unsupported.
/// - Words go least significant byte first, UIDs too; block data in tag order.
///
/// ## Tested with
/// Documents; no captured frames and no hardware yet.
package enum RL866Driver: ReaderDriver {
    /// The USB form is a HID device whose transport is not known.
    package static let identity = DriverIdentity(
        name: "rl866",
        vendor: "OEM",
        models: ["RL866", "RL8000"],
        usbDevices: [],
        line: LineSettings(baudRate: 38400, parity: .even)
    )

    package static func open(
        _ link: consuming any Link & ~Copyable
    ) async throws(ReaderError) -> any Reader & ~Copyable {
        var line = RL866Line(link)
        try await line.synchronise()
        let information = ReaderInformation(
            model: "RL866",
            firmware: "not told",
            abilities: [.writeAFI, .eas, .multipleBlocks]
        )
        return RL866Reader(line: line, information: information)
    }

    package static func twin() -> any ReaderTwin { RL866Twin() }
}
