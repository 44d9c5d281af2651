import Foundation
import Testing

/// Which modules a target may import. A target exists to forbid an import, so this table is the architecture.
private let allowed: [String: Set<String>] = [
    "Wire": [],
    "Tags": ["Wire"],
    "Library": ["Tags"],
    "Readers": ["Tags", "Wire"],
    "Field": ["Readers", "Tags", "Wire"],
    "Importers": ["Library", "Wire"],
    "LinuxIO": ["CLinux", "Glibc", "Synchronization", "Wire"],
    "Store": ["Foundation", "GRDB", "GRDBSQLite", "Library", "Tags"],
    "API": ["FoundationEssentials"],
    "Operations": ["Importers", "Library", "Logging", "Readers", "Store", "Tags", "Wire"],
    "Interfaces": ["API", "Foundation", "HTTPTypes", "Hummingbird", "HummingbirdCore", "Library", "Logging", "NIOCore", "Operations", "ServiceLifecycle", "Tags", "Wire"],
    "Daemon": [
        "API", "ArgumentParser", "Dispatch", "Field", "Foundation", "Glibc", "Importers", "Interfaces", "Library",
        "LinuxIO", "Logging", "Operations", "Readers", "ServiceLifecycle", "Store", "TOMLKit", "Tags", "Wire",
    ],
    "Command": ["API", "ArgumentParser", "AsyncHTTPClient", "Foundation", "NIOCore", "NIOHTTP1", "Tags", "Wire"],
    "CLinux": [],
]

private let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources").standardized

private func swiftFiles(under folder: URL) -> [URL] {
    let walker = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (walker?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "swift" }
}

@Test(arguments: allowed.keys.sorted())
func `a target imports only what the table allows`(_ target: String) throws {
    let folder = sources.appending(path: target)
    try #require(FileManager.default.fileExists(atPath: folder.path))
    for file in swiftFiles(under: folder) {
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
            guard let match = line.wholeMatch(of: /(?:@\w+ )?(?:public |package |internal |private |fileprivate )?import (?:struct |enum |class |func |protocol )?(\w+)[.\w]*/)
            else { continue }
            let module = String(match.1)
            #expect(
                allowed[target]?.contains(module) == true,
                "\(file.lastPathComponent): found import \(module), wanted one of \(allowed[target]?.sorted() ?? [])"
            )
        }
    }
}

@Test func `every target stands in the table`() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: sources.path).sorted()
    #expect(folders == allowed.keys.sorted())
}
