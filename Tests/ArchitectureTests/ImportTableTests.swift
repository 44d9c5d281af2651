import Foundation
import Testing

/// Which modules a target may import. A target exists to forbid an import, so this table is the architecture.
private let allowed: [String: Set<String>] = [
    "Wire": [],
    "Tags": ["Wire"],
    "Library": ["Tags"],
    "Readers": ["Tags", "Wire"],
    "Field": ["Readers", "Tags", "Wire"],
    "SIP2": ["Wire"],
    "Importers": ["CZlib", "CZstd", "Library"],
    "LinuxIO": ["CLibUSB", "CLinux", "CMosquitto", "COpenSSL", "Glibc", "Synchronization", "Wire"],
    "Store": ["Crypto", "Foundation", "GRDB", "GRDBSQLite", "Library", "Synchronization", "Tags"],
    "API": ["FoundationEssentials"],
    "Operations": [
        "Importers", "Library", "Logging", "Readers", "SIP2", "Store", "Synchronization", "Tags", "Wire",
    ],
    "Interfaces": [
        "API", "AsyncHTTPClient", "Crypto", "Foundation", "HTTPTypes", "Hummingbird", "HummingbirdCore",
        "HummingbirdTLS", "Importers", "Library", "Logging", "NIOCore", "NIOExtras", "NIOHTTP1", "NIOHTTPTypes",
        "NIOPosix", "NIOSSL", "Operations", "ServiceLifecycle", "Synchronization", "Tags", "Wire",
    ],
    "Daemon": [
        "API", "ArgumentParser", "Field", "Foundation", "Glibc", "Importers", "Interfaces", "Library", "LinuxIO",
        "Logging", "Operations", "Readers", "SIP2", "ServiceLifecycle", "Store", "Synchronization",
        "TOMLKit", "Tags", "UnixSignals", "Wire",
    ],
    "Command": [
        "API", "ArgumentParser", "AsyncHTTPClient", "Crypto", "Foundation", "Library", "NIOCore", "NIOHTTP1", "Tags",
        "Wire",
    ],
    "CLibUSB": [],
    "CLinux": [],
    "CMosquitto": [],
    "COpenSSL": [],
    "CZlib": [],
    "CZstd": [],
]

private let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources").standardized

private func swiftFiles(under folder: URL) -> [URL] {
    let walker = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (walker?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "swift" }
}

/// The module that a line imports. Imports stand at the start of a line, so that most lines are passed by at a glance.
private func importedModule(_ line: Substring) -> String? {
    guard let first = line.utf8.first, "@ipf".utf8.contains(first) else { return nil }
    let words = line.split(separator: " ")
    let before: Set<Substring> = ["public", "package", "internal", "private", "fileprivate"]
    let kinds: Set<Substring> = ["struct", "enum", "class", "func", "protocol"]
    guard let place = words.firstIndex(of: "import"),
        words[..<place].allSatisfy({ $0.hasPrefix("@") || before.contains($0) }),
        let name = words[(place + 1)...].drop(while: kinds.contains).first
    else { return nil }
    return String(name.prefix { $0 != "." })
}

@Test(arguments: allowed.keys.sorted())
func `a target imports only what the table allows, and all of it`(_ target: String) throws {
    let folder = sources.appending(path: target)
    try #require(FileManager.default.fileExists(atPath: folder.path))
    var idle = allowed[target] ?? []
    for file in swiftFiles(under: folder) {
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
            guard let module = importedModule(line) else { continue }
            idle.remove(module)
            #expect(
                allowed[target]?.contains(module) == true,
                "\(file.lastPathComponent): found import \(module), wanted one of \(allowed[target]?.sorted() ?? [])"
            )
        }
    }
    // What is allowed and not used is a door that nobody watches.
    #expect(idle.isEmpty, "\(target): nothing imports \(idle.sorted())")
}

@Test func `every target stands in the table`() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: sources.path).sorted()
    #expect(folders == allowed.keys.sorted())
}

@Test func `whoever wants to help is told what each target is for`() throws {
    let file = sources.deletingLastPathComponent().appending(path: "CONTRIBUTING.md")
    let rows = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter { $0.hasPrefix("| `") }
    for target in allowed.keys.sorted() {
        #expect(rows.contains { $0.contains("`\(target)`") }, "\(target) has no row in CONTRIBUTING.md")
    }
}

/// The fire contact needs the bells and the lines alone: what knows no store, no network and no log waits for none.
@Test(arguments: [
    "Operations/Gate/GateBells.swift", "Library/Gate/Acting/GateOutputs.swift", "LinuxIO/GPIO/GPIOEdges.swift",
    "LinuxIO/GPIO/GPIOHearing.swift", "LinuxIO/GPIO/GPIOOutputBank.swift",
])
func `the fire contact's way knows no store, no network and no log`(_ path: String) throws {
    let text = try String(contentsOf: sources.appending(path: path), encoding: .utf8)
    let modules = Set(text.split(separator: "\n").compactMap(importedModule))
    #expect(modules.isSubset(of: ["CLinux", "Glibc", "Library", "Wire"]), "found \(modules.sorted())")
}
