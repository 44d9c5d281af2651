import Tags

/// Memories of any shape: every model answers, none traps.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: count))
    guard bytes.count >= 3 else { return 0 }
    let size = [1, 4, 8, 32][Int(bytes[0] & 3)]
    let memory = TagMemory(
        bytes: Array(bytes.dropFirst(3)),
        blockSize: size,
        blockCount: bytes[0] & 4 == 0 ? nil : Int(bytes[1]) + 1,
        locked: bytes[0] & 8 == 0 ? [] : bytes.dropFirst(3).map { $0 & 1 == 1 },
        dsfid: bytes[0] & 16 == 0 ? nil : bytes[1],
        afi: bytes[0] & 32 == 0 ? nil : bytes[2]
    )
    for model in AllModels.inOrder {
        _ = model.recognise(memory)
        _ = model.decode(memory)
    }
    return 0
}
