import Crypto
import Foundation
import NIOCore
import Wire

/// Writes a backup that comes over the line, and believes in it only after reading it again.
struct BackupDownload {
    let path: String

    /// What was written.
    struct Written: Codable, Equatable {
        var file: String
        var bytes: Int
        /// SHA-256 of the file as it was read again, in hexadecimal.
        var sha256: String
    }

    /// - Parameter digest: what the daemon says of it: `sha-256=:` and base 64 and `:` (RFC 9530).
    func take<Pieces: AsyncSequence>(
        _ pieces: Pieces,
        digest: String?
    ) async throws -> Written where Pieces.Element == ByteBuffer {
        let part = path + ".part"
        var isWhole = false
        // What others should not read is theirs to give away, not ours.
        guard FileManager.default.createFile(atPath: part, contents: nil, attributes: [.posixPermissions: 0o600]),
            let file = FileHandle(forUpdatingAtPath: part)
        else { throw Complaint("\(part): cannot be written: \(String(cString: strerror(errno)))", isUsage: true) }
        defer { if !isWhole { try? FileManager.default.removeItem(atPath: part) } }
        for try await piece in pieces { try write(Data(piece.readableBytesView), to: file) }
        try file.synchronize()
        let (bytes, found) = try Self.read(file)
        let wanted = digest.flatMap { Data(base64Encoded: String($0.dropFirst("sha-256=:".count).dropLast())) }
        guard let wanted, wanted == found else {
            throw Complaint(
                "\(path): found other bytes on the disk than the daemon has sent, wanted the same",
                hint: "try again; if it happens again, look at the disk with: journalctl -k -p err"
            )
        }
        guard rename(part, path) == 0 else {
            throw Complaint("\(path): cannot be written: \(String(cString: strerror(errno)))", isUsage: true)
        }
        isWhole = true
        return Written(file: path, bytes: bytes, sha256: Hex.string(found))
    }

    private func write(_ bytes: Data, to file: FileHandle) throws {
        do {
            try file.write(contentsOf: bytes)
        } catch {
            throw Complaint("\(path): cannot be written: \(error.localizedDescription)", hint: "is the disk full")
        }
    }

    private static func read(_ file: FileHandle) throws -> (count: Int, digest: Data) {
        try file.seek(toOffset: 0)
        var (hash, count) = (SHA256(), 0)
        while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty {
            hash.update(data: piece)
            count += piece.count
        }
        return (count, Data(hash.finalize()))
    }
}
