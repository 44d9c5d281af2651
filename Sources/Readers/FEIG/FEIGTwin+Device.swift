import Tags

extension FEIGTwin {
    /// A reader model as the twin plays it.
    package struct Device: Hashable, Sendable {
        /// How it retells a tag's memory size.
        package enum MemoryCoding: Hashable, Sendable {
            /// As the manuals say.
            case plain
            /// As captured from an MR102.
            case minusOne
        }

        /// The answer to 65, and the beginning of the answer to 66.
        package var version: FEIGSoftwareVersion.Reply
        /// In bytes; longer requests are refused with 81.
        package var receiveBuffer: Int
        /// In bytes; longer inventories are told in portions.
        package var sendBuffer: Int
        /// Its address on the bus; requests to another one, FF aside, are met with silence.
        package var address: UInt8 = 0x00
        /// Frames of other styles are met with silence.
        package var styles: Set<FEIGFrame.Style> = [.standard, .advanced]
        /// More tags than this are dropped with status 93.
        package var mostTags = 255
        /// Readers differ in MEM-SIZE of 2B, see ``FEIGSystemInformation/MemorySize``.
        package var memoryCoding = MemoryCoding.plain
        /// Whether a reported tag is silenced until the field is reset.
        package var onlyNewTags = false
        /// Whether B1 is there.
        package var hasCustomCommands = true
        /// Whether outputs are set by 72; by 71 otherwise.
        package var hasNewOutputs = true
        /// Whether a counter board sits on its inner bus.
        package var hasPeopleCounter = false
        /// What it notes when it scans by itself; `nil` when it works on request.
        package var scan: FEIGTwin.Scan?

        /// Data bytes of blocks in one request or reply.
        static let mostBlockBytes = 128

        /// Frame, status and count around the records of an inventory reply; ten bytes a record.
        var tagsPerReply: Int { max(1, min(0xFF, (sendBuffer - 9) / 10)) }

        var info: FEIGReaderInfo.Reply {
            FEIGReaderInfo.Reply(
                version: version,
                receiveBuffer: UInt16(clamping: receiveBuffer),
                sendBuffer: UInt16(clamping: sendBuffer)
            )
        }

        func retell(_ information: ISO15693.SystemInformation) -> FEIGSystemInformation.Reply {
            let geometry = information.geometry ?? MemoryGeometry(blockSize: 0, blockCount: 0)
            return FEIGSystemInformation.Reply(
                dsfid: information.dsfid ?? 0,
                uid: information.uid,
                afi: information.afi ?? 0,
                memory: memoryCoding == .plain ? .plain(geometry) : .minusOne(geometry),
                icReference: information.icReference ?? 0
            )
        }
    }
}

extension FEIGTwin.Device {
    private static func version(
        _ revision: UInt16,
        hardware: UInt8,
        type: UInt8,
        tags: UInt16
    ) -> FEIGSoftwareVersion.Reply {
        FEIGSoftwareVersion.Reply(
            revision: revision,
            developmentRevision: 0,
            hardwareType: hardware,
            type: type,
            tagTypes: tags
        )
    }

    /// A CPR40 desk pad; its version reply is the captured one (AMAROK).
    package static let pad = FEIGTwin.Device(
        version: version(0x0303, hardware: 0x44, type: 83, tags: 0x0D30),
        receiveBuffer: 0x0118,
        sendBuffer: 0x0118,
        onlyNewTags: true
    )

    /// An MR102 pad: advanced frames only, memory sizes minus one.
    package static let deskPad = FEIGTwin.Device(
        version: version(0x0204, hardware: 0x00, type: 77, tags: 0x0008),
        receiveBuffer: 0x0118,
        sendBuffer: 0x0118,
        styles: [.advanced],
        memoryCoding: .minusOne
    )

    /// A PRH200 wand.
    package static let wand = FEIGTwin.Device(
        version: version(0x0200, hardware: 0x00, type: 64, tags: 0x0008),
        receiveBuffer: 0x0118,
        sendBuffer: 0x0118,
        styles: [.advanced],
        memoryCoding: .minusOne
    )

    /// An LR2500 of a gate.
    package static let gate = FEIGTwin.Device(
        version: version(0x0200, hardware: 0x00, type: 43, tags: 0x0008),
        receiveBuffer: 0x0400,
        sendBuffer: 0x0400,
        styles: [.advanced],
        hasPeopleCounter: true
    )

    /// A PRH200 that scans by itself and notes the first six blocks, as Finnish libraries use it (HARAVA).
    package static let scanningWand = {
        var device = wand
        device.scan = FEIGTwin.Scan(fields: [.blocks, .tagOrder], blocks: 6)
        return device
    }()

    /// A CPR.M02 of the old days: standard frames, four tags, no B1 (M-CPR).
    package static let oldPad = FEIGTwin.Device(
        version: version(0x0101, hardware: 0x00, type: 80, tags: 0x0008),
        receiveBuffer: 0x00FF,
        sendBuffer: 0x00FF,
        styles: [.standard],
        mostTags: 4,
        onlyNewTags: true,
        hasCustomCommands: false,
        hasNewOutputs: false
    )
}
