import API
import Crypto
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import Interfaces

@Suite struct BackupRoutesTests {
    @Test func `a backup is a database with the digest that is said ahead`() async throws {
        let service = try TestService()
        let response = try await service.send(.get, "/v1/backup")
        #expect(response.status == .ok)
        let bytes = Data(response.body.readableBytesView)
        #expect(bytes.starts(with: Data("SQLite format 3".utf8)))
        let digest = Data(SHA256.hash(data: bytes)).base64EncodedString()
        #expect(response.headers[try #require(HTTPField.Name("Repr-Digest"))] == "sha-256=:\(digest):")
    }

    @Test func `what is no backup is refused with a hint`() async throws {
        let service = try TestService()
        let response = try await service.send(
            .post,
            "/v1/restore",
            headers: [.contentType: "application/octet-stream"],
            bytes: ByteBuffer(string: "no database at all, but long enough to look at")
        )
        #expect(response.status.code == 422)
        let problem: Problem = try response.value()
        #expect(problem.type == "wrong-backup")
        #expect(problem.hint != nil)
    }

    @Test func `the check says that the database is whole`() async throws {
        let service = try TestService()
        let report: CheckReport = try await service.send(.post, "/v1/check").value()
        #expect(report.seconds >= 0)
        #expect(!report.database.isEmpty)
    }
}
