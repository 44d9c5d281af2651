import API
import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Operations

/// A copy of everything, taken while the service runs, and the way back.
struct BackupRoutes {
    let desk: ServiceDesk

    func add(to router: Router<some RequestContext>) {
        router.get("/v1/backup") { _, _ in try await send() }
        router.post("/v1/restore") { request, _ in try Response.json(await take(request.body)) }
        router.post("/v1/check") { _, _ in try Response.json(await check()) }
    }

    /// The file in one piece after another, with its digest (RFC 9530) ahead.
    private func send() async throws -> Response {
        let path = try await desk.backups.write(desk.backups.newName("backup")).path
        // Open, it can be read to its end without a name, whatever becomes of the connection.
        let file: FileHandle
        do {
            file = try FileHandle(forReadingFrom: URL(filePath: path))
            try FileManager.default.removeItem(atPath: path)
        } catch {
            try? FileManager.default.removeItem(atPath: path)
            throw error
        }
        var digest = SHA256()
        var length = 0
        while let piece = try file.read(upToCount: Self.piece), !piece.isEmpty {
            digest.update(data: piece)
            length += piece.count
        }
        try file.seek(toOffset: 0)
        var headers: HTTPFields = [.contentType: "application/vnd.sqlite3"]
        if let name = HTTPField.Name("Repr-Digest") {
            headers[name] = "sha-256=:\(Data(digest.finalize()).base64EncodedString()):"
        }
        return Response(
            status: .ok,
            headers: headers,
            body: .apart(length: length) { writer in
                while let piece = try file.read(upToCount: Self.piece), !piece.isEmpty {
                    try await writer.write(ByteBuffer(bytes: piece))
                }
                try await writer.finish(nil)
            }
        )
    }

    private func take(_ body: RequestBody) async throws -> BackupSummary {
        let path = "\(desk.backups.folder)/\(desk.backups.newName("restore"))"
        defer { try? FileManager.default.removeItem(atPath: path) }
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let file = FileHandle(forWritingAtPath: path)
        else { throw Problem.noPlace(for: "the backup", in: desk.backups.folder) }
        for try await piece in BoundedBody(body, limit: RequestLimits.backupFile) {
            do {
                try file.write(contentsOf: Data(piece))
            } catch {
                throw Problem.noPlace(for: "the backup", in: desk.backups.folder)
            }
        }
        try file.close()
        return BackupSummary(try await desk.backups.restore(path))
    }

    private func check() async throws -> CheckReport {
        let clock = ContinuousClock()
        let start = clock.now
        try await desk.backups.check()
        return CheckReport(database: desk.databasePath, seconds: (clock.now - start) / .seconds(1))
    }

    /// Bytes read and sent at once.
    private static let piece = 256 << 10
}
