import HummingbirdTLS
import NIOSSL

/// The certificate under which other machines are served, and its key.
package struct WebCertificate: Sendable {
    let configuration: TLSConfiguration

    /// Reads both files, in PEM: the server's own certificate first, then those that vouch for it.
    ///
    /// Throws ``CertificateFailure``.
    package init(certificate: String, key: String) throws {
        let chain: [NIOSSLCertificate]
        do {
            chain = try NIOSSLCertificate.fromPEMFile(certificate)
        } catch {
            throw CertificateFailure(what: "certificate", path: certificate)
        }
        guard !chain.isEmpty else { throw CertificateFailure(what: "certificate", path: certificate) }
        let secret: NIOSSLPrivateKey
        do {
            secret = try NIOSSLPrivateKey(file: key, format: .pem)
        } catch {
            throw CertificateFailure(what: "key", path: key)
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(secret)
        )
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        do {
            _ = try NIOSSLContext(configuration: configuration)
        } catch {
            throw CertificateFailure(what: "key of this certificate", path: key)
        }
        self.configuration = configuration
    }
}

/// Why other machines cannot be served.
package struct CertificateFailure: Error, CustomStringConvertible {
    let what: String
    let path: String

    package var description: String { "http.lan: \(path): found no \(what) in PEM that can be read" }

    /// What to do about it.
    package var hint: String { "see whose file it is with ls -l, and what is in it with openssl x509 or openssl pkey" }
}
