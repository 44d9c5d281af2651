import Field
import Tags
import Wire

/// Requests to a tag of every chip, FE between them: the tag keeps its shape whatever it is told.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: count))
    guard let choice = bytes.first else { return 0 }
    let chip = ChipTable.all[Int(choice) % ChipTable.all.count]
    let pattern = UInt64(chip.patterns[0].value) << 32
    let uid = TagUID(0xE0 << 56 | UInt64(chip.manufacturer.rawValue) << 48 | pattern | 9)
    var tag = VirtualTag(uid: uid, chip: chip)
    tag.powerOn()
    for part in bytes.dropFirst().split(separator: 0xFE) where part.count > 1 {
        let words = Array(part)
        let maker: [UInt8] = 0xA0...0xDF ~= words[1] ? [chip.manufacturer.rawValue] : []
        let content = [words[0] & 0xCB | 0x20, words[1]] + maker + uid.onAir + words.dropFirst(2)
        if let frame = try? ISO15693.RequestFrame(content) { _ = tag.receive(frame) }
    }
    precondition(tag.memory.count == tag.geometry.byteCount)
    precondition(tag.locked.count == tag.geometry.blockCount)
    precondition(tag.uid == uid)
    return 0
}
