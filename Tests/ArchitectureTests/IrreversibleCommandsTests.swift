import Foundation
import Testing

/// Commands after which a tag is locked, protected or dead for ever. Who builds them and who carries them out knows
/// them; of all others only the places named here may.
private let words = [
    "lockBlock", "lockAFI", "lockDSFID", "LockEAS", "LockPassword", "LockPageProtection", "LockSector", "LockTwoBlocks",
    "ProtectByPassword", "ProtectPage", "JoinPasswords", "EnablePrivacy", ".Destroy", ".Kill", "WriteConfiguration",
]

private let allowed: [String: String] = [
    "Operations/Tags/ConversionRun+Locking.swift": "blocks that the configuration names, at --really-lock"
]

@Test func `nothing locks, protects or kills but what a person has said so for`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources").standardized
    // Tags builds them, readers and the simulated field carry them out.
    let knowing = ["Tags/", "Readers/", "Field/"]
    var found: Set<String> = []
    var looked = 0
    for path in try FileManager.default.subpathsOfDirectory(atPath: root.path)
    where path.hasSuffix(".swift") && !knowing.contains(where: path.hasPrefix) {
        let code = try String(contentsOf: root.appending(path: path), encoding: .utf8)
        looked += 1
        if words.contains(where: code.contains) { found.insert(path) }
    }
    #expect(looked > 100)
    #expect(found == Set(allowed.keys), "found \(found.sorted())")
    for path in allowed.keys {
        let code = try String(contentsOf: root.appending(path: path), encoding: .utf8)
        #expect(code.contains("order.locking != nil"), "\(path) does not ask for the word")
    }
}
