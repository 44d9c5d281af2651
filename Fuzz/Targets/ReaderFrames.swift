import Field
import Readers
import Tags
import Wire

/// Bytes on a reader's line, to the host's decoder and to a device with tags before it.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: count))
    var decoder = FEIGDecoder(side: .host)
    decoder.append(bytes)
    while decoder.next() != nil {}
    decoder.lineFellSilent()
    while decoder.next() != nil {}
    guard let chip = ChipTable.named("ICODE SLIX") else { return 0 }
    let tag = VirtualTag(uid: TagUID(0xE004_0150_0000_0001), chip: chip)
    var air: any Air = RadioField(tags: [.init(tag: tag)], seed: 1)
    var twin = FEIGDriver.twin()
    _ = twin.receive(bytes, air: &air)
    // The same commands with a checksum that holds, in the advanced style.
    let length = UInt16(truncatingIfNeeded: bytes.count + 6)
    var frame: [UInt8] = [0x02, UInt8(length >> 8), UInt8(truncatingIfNeeded: length), 0xFF] + bytes
    let crc = CRC16.feig.value(frame)
    frame += [UInt8(truncatingIfNeeded: crc), UInt8(truncatingIfNeeded: crc >> 8)]
    _ = twin.receive(frame, air: &air)
    return 0
}
