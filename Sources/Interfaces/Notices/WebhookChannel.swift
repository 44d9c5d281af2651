import AsyncHTTPClient
import Foundation
package import Library
import NIOCore
import NIOHTTP1

/// Sends notices to a web address.
package struct WebhookChannel: Sendable {
    /// Where to; for Matrix the address of a room's message events, without the transaction.
    package var url: String
    /// Whose form the body has; the configuration says it.
    package var form: WebhookMessage.Form
    /// What the library is called.
    package var site: String
    /// Read afresh for each notice, so that it can be changed without a restart.
    package var secret: @Sendable () throws -> String?
    /// The time that is signed.
    package var now: @Sendable () -> Moment
    /// The language of those who read it.
    package var tongue: ReportTongue

    package init(
        url: String,
        form: WebhookMessage.Form,
        site: String,
        in tongue: ReportTongue = .en,
        secret: @escaping @Sendable () throws -> String?,
        now: @escaping @Sendable () -> Moment
    ) {
        self.url = url
        self.form = form
        self.site = site
        self.secret = secret
        self.now = now
        self.tongue = tongue
    }

    /// Why the other side has not taken a notice; its address stands in the configuration and not here, for it may hold
    /// a secret.
    package struct Refusal: Error, CustomStringConvertible {
        /// The status that came, or why none did.
        package var description: String
    }

    /// Returns when the other side has answered with a status of 200 to 299, and throws otherwise or after 20 seconds.
    /// A redirect is not followed.
    package func deliver(_ notice: Notice) async throws {
        let message = WebhookMessage(
            notice,
            to: url,
            form: form,
            secret: try secret(),
            site: site,
            in: tongue,
            at: now()
        )
        var request = HTTPClientRequest(url: message.url)
        request.method = HTTPMethod(rawValue: message.method)
        for (name, value) in message.headers { request.headers.add(name: name, value: value) }
        request.body = .bytes(ByteBuffer(bytes: message.body))
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout = HTTPClient.Configuration.Timeout(connect: .seconds(5), read: .seconds(15))
        let status: Int
        do {
            status = try await HTTPClient.withHTTPClient(configuration: configuration) { client in
                let response = try await client.execute(request, timeout: .seconds(20))
                _ = try? await response.body.collect(upTo: 64 << 10)
                return Int(response.status.code)
            }
        } catch let error as CancellationError {
            throw error
        } catch let error as HTTPClientError {
            throw Refusal(description: "webhook: \(error.shortDescription)")
        } catch {
            throw Refusal(description: "webhook: no connection")
        }
        guard (200..<300).contains(status) else {
            throw Refusal(description: "webhook: found status \(status), wanted 200 to 299")
        }
    }
}
