import Foundation
import Testing

/// Whoever wonders what a script takes reads its head.
@Test func `every option of a script is told at its head`() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Scripts").standardized
    var count = 0
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
        guard let text = try? String(contentsOf: folder.appending(path: name), encoding: .utf8) else { continue }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.first?.hasSuffix("bash") == true else { continue }
        let head = lines.dropFirst().prefix { $0.hasPrefix("#") }
        // `--seeds) …` in the list of what is understood.
        for option in lines.compactMap({ $0.firstMatch(of: /^ +(--[a-z][a-z-]*)(?: ?\| ?-[a-z-]+)*\)/)?.output.1 }) {
            count += 1
            #expect(head.contains { $0.contains(option) }, "Scripts/\(name) does not say what \(option) is for")
        }
    }
    #expect(count > 5)
}
