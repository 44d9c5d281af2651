import AsyncHTTPClient
import Foundation
package import Importers
import Library
import NIOCore
import NIOHTTP1
package import Operations

/// Sends what a pull wants sent to a library system, and brings back its pages.
///
/// One connection, closed with the client. Redirects are not followed: credentials go nowhere but to the configured
/// address.
package struct PullClient: Sendable {
    private let address: String
    private let time: Timekeeper
    private let http: HTTPClient

    /// A page of a thousand records with everything embedded stays well below this, in bytes.
    private static let largestPage = 64 << 20
    private static let patience = TimeAmount.seconds(120)

    /// `address` is the system's, such as `https://koha.example.org`, without a slash at its end.
    package init(address: String, time: Timekeeper) {
        self.address = address
        self.time = time
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout = HTTPClient.Configuration.Timeout(connect: .seconds(20), read: Self.patience)
        // Whoever asks tries again by a rule of its own, and has to know that nothing was sent.
        configuration.connectionPool.retryConnectionEstablishment = false
        http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// The pages of a pull, each asked for when the one before has been read. The client is closed with the last, or
    /// when nobody wants the rest.
    package func pages(_ pull: Pull) -> AsyncThrowingStream<[UInt8], any Error> {
        let run = PullRun(pull, http)
        return AsyncThrowingStream {
            do {
                if let page = try await run.page(by: self) { return page }
            } catch {
                try? await http.shutdown()
                throw error
            }
            try? await http.shutdown()
            return nil
        }
    }

    func answer(to request: PullRequest) async throws -> PullResponse {
        var message = HTTPClientRequest(url: address + request.path)
        message.method = HTTPMethod(rawValue: request.method.rawValue)
        for (name, value) in request.headers { message.headers.add(name: name, value: value) }
        message.headers.add(name: "user-agent", value: "pressmark")
        if !request.body.isEmpty { message.body = .bytes(ByteBuffer(bytes: request.body)) }
        let response = try await http.execute(message, timeout: Self.patience)
        let body = try await response.body.collect(upTo: Self.largestPage)
        var headers: [String: String] = [:]
        for (name, value) in response.headers {
            let name = name.lowercased()
            headers[name] = name == "set-cookie" ? headers[name].map { "\($0)\n\(value)" } ?? value : value
        }
        return PullResponse(status: Int(response.status.code), headers: headers, body: Array(body.readableBytesView))
    }

    /// A way to tell this system something; close it when all is told.
    package func door(_ credentials: PullCredentials) -> WriteBackDoor {
        WriteBackDoor(
            credentials: credentials,
            send: { request in
                do {
                    return try await answer(to: request)
                } catch let error as CancellationError {
                    throw error
                } catch {
                    throw WriteBackLoss(cause: PullTrouble.words(error), wasSent: !PullTrouble.isUnsent(error))
                }
            },
            close: { try? await http.shutdown() }
        )
    }

    fileprivate var now: Moment { time.now() }

    fileprivate func rest(_ duration: Duration) async throws { try await time.sleep(duration) }
}

/// A pull under way: the machine, driven one page at a time.
private actor PullRun {
    private var pull: Pull
    private let http: HTTPClient

    init(_ pull: Pull, _ http: HTTPClient) {
        self.pull = pull
        self.http = http
    }

    deinit {
        // Whoever stops reading in the middle lets go of the pages, and of this with them. Closed already is no matter.
        http.shutdown { _ in }
    }

    func page(by client: PullClient) async throws -> [UInt8]? {
        while true {
            try Task.checkCancellation()
            switch pull.next() {
            case .send(let request):
                do {
                    let response = try await client.answer(to: request)
                    if let page = pull.received(response, at: client.now) { return page }
                } catch let error as CancellationError {
                    throw error
                } catch {
                    pull.lost(PullTrouble.words(error))
                }
            case .wait(let duration): try await client.rest(duration)
            case .finished: return nil
            case .failed(let failure): throw failure
            }
        }
    }
}
