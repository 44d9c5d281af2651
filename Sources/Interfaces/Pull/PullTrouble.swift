import AsyncHTTPClient
import Foundation
import NIOCore
import NIOPosix
import NIOSSL

/// Why a library system did not answer over HTTP, in words for people.
enum PullTrouble {
    /// The error without the request in it: that has credentials.
    static func words(_ error: any Error) -> String {
        switch error {
        case let error as HTTPClientError: error.shortDescription
        case is NIOConnectionError: "no connection"
        case let error as IOError where error.errnoCode == ECONNREFUSED: "no connection"
        case is NIOTooManyBytesError: "an answer of more than 64 MiB"
        case let error as NIOSSLExtraError where error == .failedToValidateHostname:
            "its certificate is for another name: let url have the name that stands in it"
        case let error as NIOSSLError: greeting(error)
        default: "\(type(of: error))"
        }
    }

    /// What the other library knows of a failed greeting stands in its text alone.
    private static func greeting(_ error: NIOSSLError) -> String {
        guard case .handshakeFailed = error else { return "TLS: the other end broke off" }
        let text = "\(error)"
        if text.contains("CERTIFICATE_VERIFY_FAILED") {
            return "its certificate is not trusted: it has run out, or no authority that this machine trusts signed "
                + "it; openssl s_client -connect HOST:PORT says which: renew it there, or add its authority here with "
                + "update-ca-certificates"
        }
        return text.contains("WRONG_VERSION_NUMBER")
            ? "no TLS is spoken at this port: see the url" : "TLS: the other end and we do not come to terms"
    }

    /// Whether no connection came about, so that nothing can have arrived.
    static func isUnsent(_ error: any Error) -> Bool {
        switch error {
        case let error as HTTPClientError:
            [.connectTimeout, .invalidURL, .emptyHost, .tlsHandshakeTimeout].contains(error)
        case is NIOConnectionError: true
        // A host given by its number.
        case let error as IOError: [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH].contains(error.errnoCode)
        case let error as NIOSSLExtraError: error == .failedToValidateHostname
        case let error as NIOSSLError:
            if case .handshakeFailed = error { true } else { false }
        default: false
        }
    }
}
