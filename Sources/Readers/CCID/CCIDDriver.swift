package import Wire

/// Readers of the PC/SC kind on USB, spoken to directly, without a smart-card service.
///
/// ## Hardware
/// ACS ACR1552U and ACR1581U (transparent session); Identiv uTrust 3720F and 3721F; OMNIKEY 5121, 5321 and others that
/// show a tag as a storage card. For staff desks and development: stacks are slow on the first and impossible on the
/// others.
///
/// ## Protocol source
/// CCID: USB device class for smart cards 1.1; PCSC3: PC/SC part 3 with its supplement 2.02; NXP: traffic of an
/// ACR1552U with an ICODE SLI (community ta-p/2291679); IDENTIV: uTrust 372x manual 1.00; LLA: liblogicalaccess.
///
/// ## Link settings
/// USB bulk endpoints of an interface of class 0B. Where the system's smart-card service holds the reader we step back
/// and say so.
///
/// ## Quirks
/// - A transparent session has no slots: tags are taken apart bit by bit (see ``TransparentReader``).
/// - Readers wait too briefly for writes: the timer object goes with each of them, least significant byte first.
/// - A session cannot send a lone end of frame: tags that wait for one are read, not written.
/// - Whether a reader takes the session without a card in the slot is asked once, by escape.
/// - UID order, and where FF B0 wants the block number, differ from reader to reader; both are found out by reading.
///
/// ## Tested with
/// Published traffic of an ACR1552U and commands printed for the Identiv 372x; no hardware yet.
package enum CCIDDriver: ReaderDriver {
    package static let identity = DriverIdentity(
        name: "ccid",
        vendor: "PC/SC",
        models: ["ACR1552U", "ACR1581U", "uTrust 3720F", "uTrust 3721F", "OMNIKEY 5121", "OMNIKEY 5321"],
        usbDevices: [
            USBIdentity(vendor: 0x072F, product: 0x2303, name: "ACS ACR1552U"),
            USBIdentity(vendor: 0x072F, product: 0x2308, name: "ACS ACR1552U"),
            USBIdentity(vendor: 0x072F, product: 0x2301, name: "ACS ACR1581U"),
            USBIdentity(vendor: 0x04E6, product: 0x5612, name: "Identiv uTrust 3720F"),
            USBIdentity(vendor: 0x04E6, product: 0x5613, name: "Identiv uTrust 3721F"),
            USBIdentity(vendor: 0x076B, product: 0x5121, name: "OMNIKEY 5121"),
            USBIdentity(vendor: 0x076B, product: 0x5321, name: "OMNIKEY 5321"),
        ] + unproven,
        // No such reader hangs on a serial line.
        line: LineSettings(baudRate: 115200),
        hasChecksum: false
    )

    /// Readers of which the sources say "per maker", "partly" or "not verified" where ISO 15693 is concerned (readers
    /// §3.4): they get permission, and are used where a site names them.
    private static let unproven = [
        USBIdentity(vendor: 0x076B, product: 0x5022, name: "OMNIKEY 5022", isTakenUnasked: false),
        USBIdentity(vendor: 0x076B, product: 0x5023, name: "OMNIKEY 5023", isTakenUnasked: false),
        USBIdentity(vendor: 0x076B, product: 0x5422, name: "OMNIKEY 5422", isTakenUnasked: false),
        USBIdentity(vendor: 0x076B, product: 0x5427, name: "OMNIKEY 5427CK", isTakenUnasked: false),
        USBIdentity(vendor: 0x04E6, product: 0x5790, name: "Identiv uTrust 3700F", isTakenUnasked: false),
        USBIdentity(vendor: 0x04E6, product: 0x5791, name: "Identiv uTrust 3701F", isTakenUnasked: false),
        USBIdentity(vendor: 0x09D8, product: 0x0427, name: "Elatec TWN4", isTakenUnasked: false),
        USBIdentity(vendor: 0x09D8, product: 0x0428, name: "Elatec TWN4", isTakenUnasked: false),
        USBIdentity(vendor: 0x1C34, product: 0x7141, name: "SpringCard Prox'N'Roll", isTakenUnasked: false),
        USBIdentity(vendor: 0x1C34, product: 0x6132, name: "SpringCard Puck", isTakenUnasked: false),
        USBIdentity(vendor: 0x1C34, product: 0x91B1, name: "SpringCard H663", isTakenUnasked: false),
        USBIdentity(vendor: 0x1C34, product: 0x7121, name: "SpringCard CSB6", isTakenUnasked: false),
    ]

    package static func open(
        _ link: consuming any Link & ~Copyable
    ) async throws(ReaderError) -> any Reader & ~Copyable {
        var line = CCIDLine(link)
        _ = try await line.ask(.slotStatus)
        guard try await hasSession(&line) else {
            let information = ReaderInformation(model: "PC/SC reader", firmware: "not told", abilities: [])
            return CCIDCardReader(line: line, information: information)
        }
        let information = ReaderInformation(
            model: "PC/SC reader with transparent session",
            firmware: "not told",
            abilities: [.inventoryByAFI, .writeAFI, .writeDSFID, .eas, .custom, .multipleBlocks]
        )
        return CCIDTransparentReader(line: line, way: .escape, information: information)
    }

    /// Begins a session past the slot, and ends it again.
    private static func hasSession(_ line: inout CCIDLine) async throws(ReaderError) -> Bool {
        do throws(ReaderError) {
            let answer = try await line.command(TransparentSession.manage(.begin), by: .escape)
            guard let content = answer?.content, (try? TransparentReply(content))?.status == TransparentReply.ok else {
                return false
            }
            _ = try await line.command(TransparentSession.manage(.end), by: .escape)
            return true
        } catch {
            switch error {
            // What was asked before the line was opened is still at work: that says nothing of the reader's kind, which
            // is settled here for as long as it is plugged in.
            case .refused(code: CCIDError.busy.code, meaning: _): throw error
            case .unsupported, .refused, .malformed: return false
            default: throw error
            }
        }
    }

    package static func twin() -> any ReaderTwin { CCIDTwin(.transparent) }
}
