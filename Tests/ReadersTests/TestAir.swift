import Readers
import Tags
import Wire

/// A few plain tags on an antenna: NXP-like, they answer what library work needs.
struct TestAir: Air {
    struct Tag: Sendable {
        var uid: TagUID
        var dsfid: UInt8 = 0
        var afi: UInt8 = 0x07
        var memory: [UInt8] = Array(repeating: 0, count: 112)
        var blockSize = 4
        var locked: Set<Int> = []
        var eas = true
        /// Commands addressed to it after which it is gone; `nil`: it stays.
        var leavesAfter: Int?
        /// Says that it programs and keeps the old value.
        var ignoresWrites = false
        var isQuiet = false

        init(_ uid: UInt64) {
            self.uid = TagUID(uid)
        }
    }

    var tags: [Tag]
    /// Requests that asked only for one AFI, or for all: how often tags were looked for.
    private(set) var inventories = 0
    private var pending: (request: ISO15693.InventoryRequest, slot: Int)?
    private var isOn = true

    init(_ tags: [Tag]) {
        self.tags = tags
    }

    mutating func setField(on: Bool) {
        isOn = on
        pending = nil
        if !on { for index in tags.indices { tags[index].isQuiet = false } }
    }

    mutating func send(_ frame: [UInt8]) -> AirAnswer {
        pending = nil
        guard isOn else { return .silence }
        if let inventory = try? ISO15693.InventoryRequest(onAir: frame) {
            inventories += 1
            pending = (inventory, 0)
            return slot()
        }
        guard let frame = try? ISO15693.RequestFrame(onAir: frame) else { return .silence }
        if frame.header.uid == nil, case .custom(let custom) = frame.request, custom.code == 0xA5 {
            // Chips with the bit set say the same at the same time.
            guard tags.contains(where: { $0.eas && !$0.isQuiet }) else { return .silence }
            let sequence = ISO15693.Response.data(Array(repeating: 0x2F, count: 32))
            return .frame(ISO15693.FrameCheck.sealing(sequence.content(answering: frame.request)))
        }
        guard let uid = frame.header.uid else { return .silence }
        for index in tags.indices where tags[index].uid == uid {
            if let left = tags[index].leavesAfter {
                tags[index].leavesAfter = left - 1
                if left <= 0 { continue }
            }
            guard let response = tags[index].answer(frame.request) else { return .silence }
            return .frame(ISO15693.FrameCheck.sealing(response.content(answering: frame.request)))
        }
        return .silence
    }

    mutating func endOfFrame() -> AirAnswer {
        guard let open = pending, open.slot < 15 else { return .silence }
        pending = (open.request, open.slot + 1)
        return slot()
    }

    private func slot() -> AirAnswer {
        guard let pending else { return .silence }
        let (request, slot) = pending
        let mask = request.slots == .one ? request.mask : request.mask.adding(UInt64(slot), count: 4)
        let answering = tags.filter { tag in
            !tag.isQuiet && (tag.leavesAfter ?? 1) > 0 && mask?.matches(tag.uid) == true
                && [nil, 0, tag.afi].contains(request.afi)
        }
        guard let first = answering.first else { return .silence }
        guard answering.count == 1 else { return .collision }
        return .frame(ISO15693.InventoryAnswer(dsfid: first.dsfid, uid: first.uid).onAir)
    }
}

extension TestAir.Tag {
    private var blockCount: Int { memory.count / blockSize }

    private func block(_ number: Int, _ withSecurity: Bool) -> ISO15693.Block {
        ISO15693.Block(
            data: Array(memory[(number * blockSize)..<((number + 1) * blockSize)]),
            security: withSecurity ? (locked.contains(number) ? 1 : 0) : nil
        )
    }

    mutating func answer(_ request: ISO15693.Request) -> ISO15693.Response? {
        let refusal = ISO15693.Response.error(ISO15693.TagError(code: 0x0F))
        switch request {
        case .stayQuiet:
            isQuiet = true
            return nil
        case .select, .resetToReady:
            isQuiet = false
            return .done
        case .readSingleBlock(let number, let security):
            return number < blockCount ? .blocks([block(number, security)]) : refusal
        case .readMultipleBlocks(let first, let count, let security):
            guard first < blockCount else { return refusal }
            return .blocks((first..<min(blockCount, first + count)).map { block($0, security) })
        case .writeSingleBlock(let number, let data):
            guard number < blockCount, !locked.contains(number), data.count == blockSize else { return refusal }
            if !ignoresWrites { memory.replaceSubrange((number * blockSize)..<((number + 1) * blockSize), with: data) }
            return .done
        case .writeAFI(let value):
            if !ignoresWrites { afi = value }
            return .done
        case .writeDSFID(let value):
            dsfid = value
            return .done
        case .lockBlock(let number):
            locked.insert(number)
            return .done
        case .systemInformation:
            return .systemInformation(
                ISO15693.SystemInformation(
                    uid: uid,
                    dsfid: dsfid,
                    afi: afi,
                    geometry: MemoryGeometry(blockSize: blockSize, blockCount: blockCount),
                    icReference: 1
                )
            )
        case .blockSecurity(let first, let count):
            guard first < blockCount else { return refusal }
            return .blockSecurity((first..<min(blockCount, first + count)).map { locked.contains($0) ? 1 : 0 })
        case .custom(let custom) where custom.manufacturer == 0x04:
            switch custom.code {
            case 0xA2, 0xA3:
                eas = custom.code == 0xA2
                return .done
            case 0xA5:
                return eas ? .data(Array(repeating: 0x2F, count: 32)) : nil
            default:
                return refusal
            }
        default:
            return refusal
        }
    }
}
