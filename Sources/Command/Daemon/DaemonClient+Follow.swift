import API
import AsyncHTTPClient
import Foundation
import NIOCore

/// Whether to go on listening.
enum Follow {
    case on, stop
}

extension DaemonClient {
    /// Follows everything that moves until `handle` has enough; a broken stream is opened again every second.
    ///
    /// `opened` runs each time the stream has been opened, before its first event: fetch there what happened before,
    /// and expect some of it once more as an event. The first time must succeed; a later loss is told to `lost`.
    func follow(
        opened: () async throws -> Follow,
        handle: (Event) async throws -> Follow,
        lost: (Complaint) -> Void
    ) async throws {
        var last: String?
        var stream = try await events(after: nil)
        if case .stop = try await opened() { return }
        while true {
            do {
                var parser = ServerSentEventParser()
                for try await piece in stream {
                    for sent in parser.feed(piece.readableBytesView) {
                        // Whoever reads us has enough.
                        guard Console.isRead else { return }
                        guard let event = try? Event(name: sent.name, data: Data(sent.data.utf8)) else { continue }
                        if case .stop = try await handle(event) { return }
                    }
                    last = parser.lastID ?? last
                }
                lost(Complaint("the daemon ended the connection"))
            } catch let error as CancellationError {
                throw error
            } catch let complaint as Complaint {
                lost(complaint)
            } catch {
                lost(Complaint("the connection to the daemon broke off"))
            }
            let (again, follow) = try await reopened(after: last, opened)
            if case .stop = follow { return }
            stream = again
        }
    }

    private func reopened(
        after last: String?,
        _ opened: () async throws -> Follow
    ) async throws -> (HTTPClientResponse.Body, Follow) {
        while true {
            try await Task.sleep(for: .seconds(1))
            if let stream = try? await events(after: last), let follow = try? await opened() { return (stream, follow) }
        }
    }
}
