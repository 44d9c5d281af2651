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
        // What others should not read is theirs to give away, not ours.
        try await OutputFile.fill(path, isPrivate: true) { put in
            guard put.isPlain else {
                throw Complaint(
                    "\(path): found no plain file, wanted one that can be read again",
                    hint: "name a file; what is written is read again before it is believed",
                    isUsage: true
                )
            }
            for try await piece in pieces { try put(Data(piece.readableBytesView)) }
            let (bytes, found) = try Self.read(try put.readAgain())
            let wanted = digest.flatMap { Data(base64Encoded: String($0.dropFirst("sha-256=:".count).dropLast())) }
            guard let wanted, wanted == found else {
                throw Complaint(
                    "\(path): found other bytes on the disk than the daemon has sent, wanted the same",
                    hint: "try again; if it happens again, look at the disk with: journalctl -k -p err"
                )
            }
            return Written(file: path, bytes: bytes, sha256: Hex.string(found))
        }
    }

    private static func read(_ file: FileHandle) throws -> (count: Int, digest: Data) {
        var (hash, count) = (SHA256(), 0)
        while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty {
            hash.update(data: piece)
            count += piece.count
        }
        return (count, Data(hash.finalize()))
    }
}
