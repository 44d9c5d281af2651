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

    @Test func `a file that is not there is named with the reason`() {
        let complaint = #expect(throws: Complaint.self) { try FilePieces(path: "/no/such/items.csv") }
        #expect(complaint?.message == "/no/such/items.csv: cannot be opened: No such file or directory")
        #expect(complaint?.isUsage == true)
    }

    @Test func `a folder is no export`() {
        let complaint = #expect(throws: Complaint.self) { try FilePieces(path: "/") }
        #expect(complaint?.message == "/: found a folder, wanted a file")
    }
}
