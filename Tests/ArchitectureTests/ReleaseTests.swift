import Foundation
import Testing

private func text(_ path: String) throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
    return try String(contentsOf: root.appending(path: path), encoding: .utf8)
}

/// A release is said in three places: the program's version, the changelog for people, and Debian's.
@Test func `program, changelog and package speak of the same release`() throws {
    let program = try #require(try text("Sources/API/Version.swift").firstMatch(of: /current = "([0-9.]+)"/)).output.1
    let people = try #require(
        try text("CHANGELOG.md").firstMatch(of: /## ([0-9.]+), ([0-9]+) ([A-Z][a-z]{2})[a-z]* ([0-9]{4})/)
    ).output
    let debian = try text("debian/changelog")
    let package = try #require(debian.firstMatch(of: /pressmark \(([0-9.]+)\)/)).output.1
    #expect(people.1 == program && package == program)
    let day = try #require(debian.firstMatch(of: /-- .*, 0?([0-9]+) ([A-Z][a-z]{2}) ([0-9]{4})/)).output
    #expect(day.1 == people.2 && day.2 == people.3 && day.3 == people.4, "found \(day.0) and \(people.0)")
}
