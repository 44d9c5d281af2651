import Field

/// Scene texts: refused with a line that exists, or read.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let text = String(decoding: UnsafeBufferPointer(start: data, count: count), as: UTF8.self)
    // A hundred thousand books are allowed and only slow.
    guard !text.contains("books") else { return 0 }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count
    do {
        let scene = try Scene(parsing: text)
        precondition(scene.events.allSatisfy { $0.time <= scene.length })
    } catch {
        precondition(1...max(lines, 1) ~= error.line)
    }
    return 0
}
