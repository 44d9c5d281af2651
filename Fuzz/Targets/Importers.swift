import Importers

/// Exports of any bytes to every importer, in two portions.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: count))
    guard let choice = bytes.first else { return 0 }
    let type = AllImporters.list[Int(choice) % AllImporters.list.count]
    var importer = type.init(settings: ImportSettings())
    let middle = bytes.count / 2
    do {
        try importer.read(bytes[1..<max(middle, 1)]) { _ in }
        try importer.read(bytes[max(middle, 1)...]) { _ in }
        try importer.finish { _ in }
    } catch {
        // A file that is not of this profile is refused as a whole.
    }
    return 0
}
