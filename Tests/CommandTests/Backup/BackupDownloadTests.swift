import Crypto
import Foundation
import NIOCore
import Testing

@testable import Command

@Suite struct BackupDownloadTests {
    private let bytes = Data((0..<600_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
    private let folder = FileManager.default.temporaryDirectory.appending(path: "backup-\(UUID().uuidString)")

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private var path: String { folder.appending(path: "backup.sqlite").path }

    private func pieces() -> AsyncStream<ByteBuffer> {
        AsyncStream { stream in
            for start in stride(from: 0, to: bytes.count, by: 70_000) {
                stream.yield(ByteBuffer(bytes: bytes[start..<min(start + 70_000, bytes.count)]))
            }
            stream.finish()
        }
    }

    private var digest: String { "sha-256=:\(Data(SHA256.hash(data: bytes)).base64EncodedString()):" }

    @Test func `a backup is written, read again and readable by its owner alone`() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let written = try await BackupDownload(path: path).take(pieces(), digest: digest)
        #expect(written.bytes == bytes.count)
        #expect(written.sha256 == SHA256.hash(data: bytes).map { String(format: "%02X", $0) }.joined())
        #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
        #expect(mode?.intValue == 0o600)
    }

    @Test(arguments: [nil, "", "sha-256=:AAAA:", "nonsense"])
    func `other bytes than the daemon has sent are no backup and leave no file`(_ digest: String?) async throws {
        let complaint = await #expect(throws: Complaint.self) {
            _ = try await BackupDownload(path: path).take(pieces(), digest: digest)
        }
        #expect(complaint?.hint != nil)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test func `a link that somebody has laid beside it leads a backup nowhere`() async throws {
        let victim = folder.appending(path: "victim").path
        try "theirs".write(toFile: victim, atomically: true, encoding: .utf8)
        try FileManager.default.createSymbolicLink(atPath: path + ".part", withDestinationPath: victim)
        _ = try await BackupDownload(path: path).take(pieces(), digest: digest)
        #expect(try String(contentsOfFile: victim, encoding: .utf8) == "theirs")
        #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
    }

    @Test func `what cannot be read again is no place for a backup`() async throws {
        let complaint = await #expect(throws: Complaint.self) {
            _ = try await BackupDownload(path: "/dev/null").take(pieces(), digest: digest)
        }
        #expect(complaint?.message.hasPrefix("/dev/null: ") == true && complaint?.hint != nil)
    }

    @Test func `a place that cannot be written to is named`() async throws {
        let complaint = await #expect(throws: Complaint.self) {
            _ = try await BackupDownload(path: "/proc/backup").take(pieces(), digest: digest)
        }
        #expect(complaint?.message.contains("/proc/backup") == true)
    }
}
