import Tags
import Wire

/// The board's side: text in, text for people out.
package struct TRFTwin: ReaderTwin {
    private var pending: [UInt8] = []

    package init() {}

    package mutating func receive(_ bytes: [UInt8], air: inout any Air) -> [UInt8] {
        var reply = ""
        for byte in bytes where isDigit(byte) {
            pending.append(byte)
            guard let request = takeRequest() else { continue }
            reply += perform(request, &air)
        }
        return Array(reply.utf8)
    }

    package mutating func lineFellSilent() {
        pending = []
    }

    private func isDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "F"): true
        default: false
        }
    }

    /// The request, once as many digits are there as its length says; what cannot become one is thrown away.
    private mutating func takeRequest() -> TRFRequest? {
        guard pending.count >= 6, pending.count.isMultiple(of: 2),
            let head = try? Hex.bytes(String(decoding: pending.prefix(6), as: UTF8.self))
        else { return nil }
        let length = Int(head[1]) | Int(head[2]) << 8
        guard head[0] == 0x01, length <= TRFRequest.longest else {
            pending = []
            return nil
        }
        guard pending.count >= 2 * length else { return nil }
        defer { pending = [] }
        return try? TRFRequest(text: pending)
    }

    private func perform(_ request: TRFRequest, _ air: inout any Air) -> String {
        switch TRFCode(rawValue: request.command) {
        case .initialise: return "TRF7970A EVM\r\n"
        case .version: return "Firmware Version 2.0\r\n"
        case .writeRegisters:
            setRegisters(request.parameters, &air)
            return "Register write request.\r\n"
        case .gain, .demodulation: return "[]\r\n"
        case .inventory: return "ISO 15693 Inventory request.\r\n" + inventory(request.parameters, &air)
        case .passThrough: return "Request mode.\r\n[" + pass(request.parameters, &air) + "]\r\n"
        case nil: return "Unknown command.\r\n"
        }
    }

    /// Register 00, bit 5: the field.
    private func setRegisters(_ pairs: [UInt8], _ air: inout any Air) {
        for index in stride(from: 0, to: pairs.count - 1, by: 2) where pairs[index] == 0x00 {
            air.setField(on: pairs[index + 1] & 0x20 != 0)
        }
    }

    private func inventory(_ parameters: [UInt8], _ air: inout any Air) -> String {
        guard let question = try? ISO15693.InventoryRequest(parameters) else { return "" }
        var text = ""
        for slot in 0..<question.slots.rawValue {
            switch slot == 0 ? air.send(question.onAir) : air.endOfFrame() {
            case .silence: text += "[,40]"
            case .collision: text += "[z,40]"
            case .frame(let bytes):
                let answer = try? ISO15693.InventoryAnswer(onAir: bytes)
                text += answer.map { "[\(Hex.string($0.uid.onAir)),72]" } ?? "[z,40]"
            }
        }
        return text + "\r\n"
    }

    private func pass(_ content: [UInt8], _ air: inout any Air) -> String {
        var heard = air.send(ISO15693.FrameCheck.sealing(content))
        let waits = (try? ISO15693.RequestFrame(content))?.waitsForEndOfFrame == true
        if waits, heard == .silence {
            air.wait(.milliseconds(20))
            heard = air.endOfFrame()
        }
        switch heard {
        case .silence: return ""
        case .collision: return "z"
        case .frame(let bytes): return (try? ISO15693.FrameCheck.opening(bytes)).map { Hex.string($0) } ?? "z"
        }
    }
}
