package import Wire

/// Jinmuyu JMY6xx modules, sold by Quio as QM-ABCM7, found in self-made library wands.
///
/// ## Hardware
/// JMY601H, JMY622, JMY680 and relatives; QM-ABCM7.
///
/// ## Protocol source
/// QM: Quio QM-ABCM7 V2.1.0 manual (framing, §5.2 and §5.12, with printed examples); JMY601H: Jinmuyu JMY601H manual
/// 3.50 (§5.2.52 and following: reading, writing, AFI). Public programs for the JMY622 confirm framing and inventory.
///
/// ## Link settings
/// 19200 baud, 8N1, as delivered; the speed is a setting of the module.
///
/// ## Quirks
/// - Only the tag found last can be worked on; the driver makes sure that it is the wanted one (see ``JMYReader``).
/// - A failure has no reason: whether a tag refused or left is found out by looking for it and asking again.
/// - A field without tags is told as a failure.
/// - Inventory of all leaves the tags quiet: the field is switched off before each look.
/// - EAS and the makers' own commands cannot be reached: they are refused as unsupported.
///
/// ## Tested with
/// Frames printed in the manual; no hardware yet.
package enum JMYDriver: ReaderDriver {
    package static let identity = DriverIdentity(
        name: "jmy",
        vendor: "Jinmuyu",
        models: ["JMY601H", "JMY622", "JMY680", "QM-ABCM7"],
        usbDevices: [],
        line: LineSettings(baudRate: 19200)
    )

    package static func open(
        _ link: consuming any Link & ~Copyable
    ) async throws(ReaderError) -> any Reader & ~Copyable {
        var line = JMYLine(link)
        let product = try await line.product()
        let information = ReaderInformation(
            model: product.name,
            firmware: "\(product.version) of \(product.date)",
            abilities: [.inventoryByAFI, .writeAFI, .writeDSFID, .multipleBlocks]
        )
        return JMYReader(line: line, information: information)
    }

    package static func twin() -> any ReaderTwin { JMYTwin() }
}
