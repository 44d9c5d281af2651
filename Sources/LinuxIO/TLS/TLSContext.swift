import COpenSSL
import Wire

/// Rules of a connection before it is one: versions, trusted authorities, own certificate.
struct TLSContext: ~Copyable {
    let pointer: OpaquePointer

    private init(owning pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        SSL_CTX_free(pointer)
    }

    private static func bare(_ method: OpaquePointer?) throws(LinkError) -> TLSContext {
        ERR_clear_error()
        guard let pointer = SSL_CTX_new(method) else { throw .tls("could not be set up") }
        let context = TLSContext(owning: pointer)
        // Compression and renegotiation are ways in that nobody here needs.
        SSL_CTX_set_options(context.pointer, copenssl_options)
        guard copenssl_refuse_old_versions(context.pointer) == 1 else { throw .tls("could not be set up") }
        return context
    }

    static func client(_ settings: TLSSettings) throws(LinkError) -> TLSContext {
        let context = try bare(TLS_client_method())
        // The handshake goes on whatever the certificate: TLSSession.checkPeer judges it afterwards, before a byte of
        // ours has left, and can then say which certificate it was.
        SSL_CTX_set_verify(context.pointer, SSL_VERIFY_NONE, nil)
        switch settings.trust {
        case .system:
            guard SSL_CTX_set_default_verify_paths(context.pointer) == 1 else {
                throw .refused(reason: "this machine's authorities cannot be read", hint: "apt install ca-certificates")
            }
        case .authority(let path):
            guard SSL_CTX_load_verify_locations(context.pointer, path, nil) == 1 else {
                throw .unusable(path, "no certificates of authorities in PEM")
            }
        case .certificate: break
        }
        if let identity = settings.identity { try context.use(identity) }
        return context
    }

    static func server(_ identity: TLSIdentity) throws(LinkError) -> TLSContext {
        let context = try bare(TLS_server_method())
        try context.use(identity)
        return context
    }

    private borrowing func use(_ identity: TLSIdentity) throws(LinkError) {
        guard SSL_CTX_use_certificate_chain_file(pointer, identity.certificatePath) == 1 else {
            throw .unusable(identity.certificatePath, "no certificate in PEM")
        }
        guard SSL_CTX_use_PrivateKey_file(pointer, identity.keyPath, SSL_FILETYPE_PEM) == 1 else {
            throw .unusable(identity.keyPath, "no key in PEM that belongs to \(identity.certificatePath)")
        }
    }
}

extension LinkError {
    /// The last complaint of OpenSSL on this thread, in its own words.
    static func tls(_ what: String, hint: String? = nil) -> LinkError {
        let code = ERR_peek_last_error()
        ERR_clear_error()
        let reason = code == 0 ? nil : ERR_reason_error_string(code).map { String(cString: $0) }
        return .refused(
            reason: "TLS: \(what)\(reason.map { ": \($0)" } ?? "")",
            hint: hint ?? "see what the other end says with: openssl s_client -connect HOST:PORT"
        )
    }

    /// A file that does not hold what it should, or may not be read.
    fileprivate static func unusable(_ path: String, _ found: String) -> LinkError {
        ERR_clear_error()
        return .refused(reason: "\(path): found \(found)", hint: "may the service read it? see: ls -l \(path)")
    }
}
