package import Wire

/// FEIG ELECTRONIC readers with the "ISO host" protocol of the OBID i-scan and classic-pro families.
///
/// ## Hardware
/// Pads CPR40/44/50/74, MR101, MR102, M02; wands PRH101, PRH102, PRH200; gates and walk-through readers MR200, LR200,
/// LR1002, LR(M)2000, LR(M)2500. FEIG's UHF readers speak the same frames and are recognised, not used.
///
/// ## Protocol source
/// FEIG's manuals, named in comments by these keys: M-CPR H20800-16e (CPR.M02/02/04), M-MR100 H01000-5e, M-MR101
/// H60301-3e, M-MR102 H01113-4e, M-MR200 H40801-5e, M-LR200 H90692-16e, M-LR1002 H20411-0e, M-LRU3000 H90202-7e, M-MU02
/// H90701-3e, M-U500 H71011-0e, M-M02M8 H90400-0e, M-GATE (antenna ANT1520/680); SIEMENS RF290R
/// C79000-G8976-C377-01. Captures of working installations: AMAROK, THW, GOFEIG, HARAVA, GATE, FDRV (see the frames in
/// the tests).
///
/// ## Link settings
/// 38400 baud, 8 data bits, **even** parity, 1 stop bit, no handshake; at least 5 ms of silence before a request. TCP
/// port 10001, one connection at a time. USB is neither HID nor CDC: bulk endpoints of interface 0 carry the same
/// frames; product 0002 of the PR100 age takes vendor control transfers instead.
///
/// ## Quirks
/// - Block data is turned round block by block; UIDs go most significant byte first.
/// - With "only new tags" a reported tag keeps quiet: the field is reset before an inventory that follows a report.
/// - Status 83 and 84 come with valid data; a gate attaches 84 to every reply while its antenna is detuned.
/// - The memory size of a tag comes as plain numbers or minus one, depending on the model.
/// - CPR.M02 reports at most four tags; a malformed frame is answered with silence; writing in buffered read mode
///   is answered with 82.
/// - B1 (EAS) is unknown to some firmware; BF takes its place.
///
/// ## Tested with
/// Documents and captured frames; no hardware yet.
package enum FEIGDriver: ReaderDriver {
    /// Every USB product of the vendor is asked: models and product numbers do not match one to one.
    package static let identity = DriverIdentity(
        name: "feig",
        vendor: "FEIG ELECTRONIC",
        models: [
            "CPR40", "CPR44", "CPR50", "CPR74", "MR101", "MR102", "PRH101", "PRH102", "PRH200", "MR200", "LR2500",
        ],
        usbDevices: [USBIdentity(vendor: 0x0AB1, product: nil, name: "FEIG OBID reader")],
        line: LineSettings(baudRate: 38400, parity: .even, quietGap: .milliseconds(10)),
        tcpPort: 10001
    )

    /// How long one probe waits: a reader answers for itself at once, an adapter may need its time.
    private static let probeLimit = Duration.milliseconds(500)

    package static func open(
        _ link: consuming any Link & ~Copyable
    ) async throws(ReaderError) -> any Reader & ~Copyable {
        try await opened(link)
    }

    /// The reader with what only FEIG readers have, above all their configuration.
    package static func opened(_ link: consuming any Link & ~Copyable) async throws(ReaderError) -> FEIGReader {
        var line = FEIGLine(link)
        let answer = try await probe(&line)
        let version = try answer.required(.softwareVersion)
        // A late answer to one style may come behind the question in the other: it says which one is understood.
        line.style = answer.style
        line.address = answer.address
        let model = FEIGModel.ofType(version.type)
        line.device = model.name
        let info = try await line.ask(FEIGReaderInfo(), within: FEIGLine.ownLimit)
        var limits = FEIGLimits.unknown
        if let buffers = info.value {
            limits.receiveBuffer = Int(buffers.receiveBuffer)
            limits.sendBuffer = Int(buffers.sendBuffer)
        }
        limits.style = line.style
        let information = ReaderInformation(
            model: model.name,
            firmware: version.firmware,
            abilities: model.abilities
        )
        return FEIGReader(line: line, information: information, model: model, limits: limits)
    }

    /// Asks for the version in the advanced style, then in the standard one, and once more for a line that had to
    /// settle. A reader answers in the style it was asked in, as far as the answer fits (M-CPR, M-MR101).
    private static func probe(
        _ line: inout FEIGLine
    ) async throws(ReaderError) -> FEIGAnswer<FEIGSoftwareVersion.Reply> {
        for style in [FEIGFrame.Style.advanced, .standard, .advanced] {
            line.style = style
            do throws(ReaderError) {
                return try await line.ask(FEIGSoftwareVersion(), within: probeLimit)
            } catch {
                guard case .noReply = error else { throw error }
                line.forgetSilence()
            }
        }
        throw .noReply(command: "\(FEIGCommandCode.softwareVersion)")
    }

    package static func twin() -> any ReaderTwin { FEIGTwin(.pad) }
}
