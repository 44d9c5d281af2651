import Foundation
import NIOCore
import Testing

@testable import Command

@Suite struct FilePiecesTests {
    @Test func `a file is sent whole and by its name alone`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "items.csv")
        let content = Data((0..<600_000).map { UInt8(truncatingIfNeeded: $0) })
        try content.write(to: file)

        let pieces = try FilePieces(path: file.path)
        #expect(pieces.name == "items.csv")
        #expect(pieces.byteCount == 600_000)
        var sent = Data()
        var count = 0
        for try await piece in pieces {
            sent += Data(piece.readableBytesView)
            count += 1
        }
        #expect(sent == content)
        #expect(count > 1)
    }

    @Test func `a file that is written to while it is sent never ends whole`() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "pressmark-\(UUID().uuidString).csv")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(repeating: 0x41, count: 900_000).write(to: file)
        let pieces = try FilePieces(path: file.path)
        var sent = 0
        let complaint = await #expect(throws: Complaint.self) {
            for try await piece in pieces {
                sent += piece.readableBytes
                let handle = try FileHandle(forWritingTo: file)
                try handle.write(contentsOf: Data([0x42]))
                try handle.close()
            }
        }
        #expect(complaint?.message.hasSuffix("was written to while it was read") == true)
        #expect(sent < 900_000)
    }

    @Test func `what comes through a pipe goes on as it comes`() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "pressmark-\(UUID().uuidString)").path
        try #require(mkfifo(path, 0o600) == 0)
        // Both ends at once: neither waits for the other, and the pipe does not end.
        let ends = open(path, O_RDWR)
        defer {
            close(ends)
            unlink(path)
        }
        func say(_ text: String) throws {
            let bytes = Array(text.utf8)
            try #require(write(ends, bytes, bytes.count) == bytes.count)
        }
        try say("first")
        let pieces = try FilePieces(path: path).begun()
        #expect(pieces.byteCount == nil)
        var iterator = pieces.makeAsyncIterator()
        let first = try await iterator.next()
        #expect(first.map { String(buffer: $0) } == "first")
        try say("second")
        let second = try await iterator.next()
        #expect(second.map { String(buffer: $0) } == "second")
    }

    @Test func `a file that is begun is whole all the same`() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "pressmark-\(UUID().uuidString).csv")
        defer { try? FileManager.default.removeItem(at: file) }
        let content = Data((0..<600_000).map { UInt8(truncatingIfNeeded: $0) })
        try content.write(to: file)
        var sent = Data()
        for try await piece in try FilePieces(path: file.path).begun() { sent += Data(piece.readableBytesView) }
        #expect(sent == content)
    }

    @Test func `a link to a file is looked after like the file`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (file, link) = (folder.appending(path: "items-2026-03-02.csv"), folder.appending(path: "latest.csv"))
        try Data(repeating: 0x41, count: 900_000).write(to: file)
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: file)
        let pieces = try FilePieces(path: link.path)
        #expect(pieces.name == "latest.csv" && pieces.byteCount == 900_000)
        let handle = try FileHandle(forWritingTo: file)
        _ = try handle.seekToEnd()
        try handle.write(contentsOf: Data([0x42]))
        try handle.close()
        await #expect(throws: Complaint.self) {
            for try await _ in pieces {}
        }
        try FileManager.default.removeItem(at: link)
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: folder)
        #expect(throws: Complaint.self) { try FilePieces(path: link.path) }
    }

    @Test func `a file that is not there is named with the reason`() {
        let complaint = #expect(throws: Complaint.self) { try FilePieces(path: "/no/such/items.csv") }
        #expect(complaint?.message == "/no/such/items.csv: cannot be opened: No such file or directory")
        #expect(complaint?.hint?.contains("the folder you are in") == true)
        #expect(complaint?.isUsage == true)
        #expect(Complaint(notOpened: "items.csv", EACCES).hint?.hasPrefix("this user may not read it") == true)
    }

    @Test func `a folder is no export`() {
        let complaint = #expect(throws: Complaint.self) { try FilePieces(path: "/") }
        #expect(complaint?.message == "/: found a folder, wanted a file")
    }

    @Test func `text is text, whatever wrote the file`() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "pressmark-\(UUID().uuidString).txt")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data("\u{FEFF}QA 76\r\n".utf8).write(to: file)
        let marked = try await FilePieces(path: file.path).text(upTo: 100)
        #expect(marked == "QA 76\r\n")
        try Data("QA 76\n\u{FEFF}".utf8).write(to: file)
        let plain = try await FilePieces(path: file.path).text(upTo: 100)
        #expect(plain == "QA 76\n\u{FEFF}")
        try Data([0xFF, 0xFE, 0x51, 0x00] as [UInt8]).write(to: file)
        let complaint = await #expect(throws: Complaint.self) {
            _ = try await FilePieces(path: file.path).text(upTo: 100)
        }
        #expect(complaint?.isUsage == true)
        #expect(complaint?.hint?.contains("iconv") == true)
    }
}
