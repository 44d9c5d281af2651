import Tags
import Wire

/// Frames of the air protocol, both sides: refused, or read so that writing gives the same again.
private let questions: [ISO15693.RequestFrame] = [
    "222003DDA3B1140104E000", "222303DDA3B1140104E0011A", "222103DDA3B1140104E005DEADBEEF", "222B03DDA3B1140104E0",
    "0A2B", "023B7F", "423300010300", "423D00010300", "022C001B", "02A504", "02B204",
].compactMap { try? ISO15693.RequestFrame(Hex.bytes($0)) }

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let content = Array(UnsafeBufferPointer(start: data, count: count))
    if let frame = try? ISO15693.RequestFrame(content) {
        precondition(frame.bytes == content)
    }
    if let request = try? ISO15693.InventoryRequest(content) {
        precondition((try? ISO15693.InventoryRequest(request.bytes)) == request)
    }
    if let read = try? NXP.InventoryRead(content) {
        precondition((try? NXP.InventoryRead(read.bytes)) == read)
        _ = try? read.answer(onAir: ISO15693.FrameCheck.sealing(content), slot: count % 16).pages
    }
    for question in questions {
        guard let response = try? ISO15693.Response(content: content, answering: question) else { continue }
        _ = response.content(answering: question.request)
    }
    _ = try? ISO15693.InventoryAnswer(content)
    return 0
}
