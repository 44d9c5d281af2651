import Tags
import Wire

/// The reader's side: words in, lines out.
package struct MetraTecTwin: ReaderTwin {
    private var pending: [UInt8] = []
    private var endsWithLineFeed = false
    private var isFieldOn = false
    /// Levels of the output pins, as the host set them.
    package private(set) var outputs: [Int: Bool] = [:]

    /// Characters of the longest command that is listened to.
    private static let longest = 512

    package init() {}

    package mutating func receive(_ bytes: [UInt8], air: inout any Air) -> [UInt8] {
        var reply: [UInt8] = []
        for byte in bytes {
            guard byte == 0x0D else {
                if pending.count < Self.longest, 0x20...0x7E ~= byte { pending.append(byte) }
                continue
            }
            let lines = perform(String(decoding: pending, as: UTF8.self), &air)
            pending = []
            let text = MetraTecAnswer(lines).text
            reply += endsWithLineFeed ? text : text.dropLast()
        }
        return reply
    }

    package mutating func lineFellSilent() {
        pending = []
    }

    private mutating func perform(_ command: String, _ air: inout any Air) -> [String] {
        let words = command.split(separator: " ").map(String.init)
        switch words.first {
        case "BRK": return ["NCM"]
        case "EOF":
            endsWithLineFeed = true
            return ["OK!"]
        case "REV": return ["DESKID_ISO     01000218"]
        case "SRI":
            // One sub-carrier and full modulation, or off: nothing else is played here.
            guard ["SRI SS 100", "SRI OFF"].contains(command) else { return ["UPA"] }
            isFieldOn = command == "SRI SS 100"
            air.setField(on: isFieldOn)
            return ["OK!"]
        case "MOD": return words.last == "156" ? ["OK!"] : ["UPA"]
        case "INV": return isFieldOn ? inventory(words, &air) : ["NRF"]
        case "REQ", "WRQ": return isFieldOn ? request(words, &air) : ["NRF"]
        case "WOP":
            guard words.count == 3, let pin = Int(words[1]), 0..<4 ~= pin, ["HI", "LOW"].contains(words[2]) else {
                return ["UPA"]
            }
            outputs[pin] = words[2] == "HI"
            return ["OK!"]
        case "RIP":
            guard words.count == 2, let pin = Int(words[1]) else { return ["UPA"] }
            return pin == 0 ? ["HI!"] : ["LOW"]
        default: return ["UCO"]
        }
    }

    private func inventory(_ words: [String], _ air: inout any Air) -> [String] {
        var afi: UInt8?
        if words.count == 3, words[1] == "AFI" {
            guard let value = try? Hex.bytes(words[2]).first else { return ["UPA"] }
            afi = value
        } else if words.count > 1 {
            return ["UPA"]
        }
        let tags = air.inventory(afi: afi)
        let count = tags.count < 10 ? "0\(tags.count)" : "\(tags.count)"
        return tags.map { "\($0.uid)" } + ["IVF \(count)"]
    }

    private func request(_ words: [String], _ air: inout any Air) -> [String] {
        guard words.count == 3, words[2] == "CRC", var bytes = try? Hex.bytes(words[1]), bytes.count >= 2 else {
            return ["UPA"]
        }
        // Addressed: eight bytes of UID, printed order, behind command and maker's code.
        let start = 0xA0...0xDF ~= bytes[1] ? 3 : 2
        if bytes[0] & 0x20 != 0 {
            guard bytes.count >= start + 8 else { return ["UPA"] }
            // A copy of its own: put in place straight from the slice, the optimizer overwrites what it still reads.
            let uid = Array(bytes[start..<(start + 8)].reversed())
            bytes.replaceSubrange(start..<(start + 8), with: uid)
        }
        var heard = air.send(ISO15693.FrameCheck.sealing(bytes))
        if heard == .silence, words[0] == "WRQ", bytes[0] & 0x40 != 0 {
            air.wait(.milliseconds(20))
            heard = air.endOfFrame()
        }
        switch heard {
        case .silence: return ["TNR"]
        case .collision: return ["CDT"]
        case .frame(let frame):
            let isWhole = (try? ISO15693.FrameCheck.opening(frame)) != nil
            return ["TDT", Hex.string(frame), isWhole ? "COK" : "CER", "NCL"]
        }
    }
}
