import Tags
import Wire

/// ISO 15693 frames with their check bytes.
enum AirBenchmarks {
    static let list = [
        Benchmark("write a request frame", "frames", goal: nil) {
            guard let frame = try? ISO15693.RequestFrame(read, to: uid) else { return 0 }
            return frame.onAir.count
        },
        Benchmark("read a request frame", "frames", goal: nil) {
            guard let frame = try? ISO15693.RequestFrame(onAir: request?.onAir ?? []) else { return 0 }
            return frame.header.flags.rawValue == 0 ? 0 : 1
        },
        Benchmark("read an answer of 28 blocks", "frames", goal: nil) {
            guard let request, let answer = try? ISO15693.Response(onAir: answer, answering: request, blockSize: 4),
                case .blocks(let blocks) = answer
            else { return 0 }
            return blocks.count
        },
        Benchmark("read an inventory answer", "frames", goal: nil) {
            guard let found = try? ISO15693.InventoryAnswer(onAir: inventoryAnswer) else { return 0 }
            return Int(found.dsfid)
        },
    ]

    private static let uid = TagUID(0xE004_0150_3309_CE74)
    private static let read = ISO15693.Request.readMultipleBlocks(first: 0, count: 28, withSecurity: false)
    private static let request = try? ISO15693.RequestFrame(read, to: uid)
    private static let answer = ISO15693.FrameCheck.sealing([0x00] + Array(repeating: 0x5A, count: 112))
    private static let inventoryAnswer = ISO15693.InventoryAnswer(dsfid: 0x06, uid: uid).onAir
}
