import Foundation
import Testing

private let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized

private func numbers(_ version: Substring) -> [Int] { version.split(separator: ".").compactMap { Int($0) } }

/// Whoever asks what the programs are made of finds every package, with its version and its licence.
@Test func `every package is listed with a version that the manifest allows, and with its licence`() throws {
    let manifest = try String(contentsOf: root.appending(path: "Package.swift"), encoding: .utf8)
    let page = try String(contentsOf: root.appending(path: "docs/security.md"), encoding: .utf8)
    let licences = try String(contentsOf: root.appending(path: "debian/copyright"), encoding: .utf8)
    let wanted = manifest.matches(of: /\.package\(url: "[^"]+\/([\w.-]+)", from: "([\d.]+)"\)/)
    let listed = page.matches(of: /(?m)^\| ([\w.-]+) \| ([\d.]+) \|/)
    #expect(wanted.count > 5)
    for dependency in wanted {
        let name = dependency.output.1.replacing(".swift", with: "")
        guard let row = listed.first(where: { $0.output.1.lowercased() == name.lowercased() }) else {
            Issue.record("docs/security.md: found no \(name), wanted it under \"What is built in\"")
            continue
        }
        let isAllowed = !numbers(row.output.2).lexicographicallyPrecedes(numbers(dependency.output.2))
        #expect(isAllowed, "docs/security.md: found \(name) \(row.output.2), wanted \(dependency.output.2) at least")
        #expect(licences.lowercased().contains(name.lowercased()), "debian/copyright: found no \(name)")
    }
    #expect(listed.count == wanted.count, "docs/security.md lists what the manifest does not have")
}
