import COpenSSL
import Synchronization
import Wire

/// One TLS conversation as a machine: bytes off the line in, bytes for the line out, and the plain bytes between.
///
/// It knows no sockets. One loop may read while another writes: a lock keeps each step whole.
final class TLSSession: Sendable {
    /// The most plain bytes in one record (RFC 8446, 5.1).
    private static let portion = 16_384
    /// The most bytes kept for a line on which we are silent: a peer that asks for new keys without end is no peer.
    private static let longestSilence = 65_536

    /// Whom we talk to, for messages.
    let peer: String
    private let settings: TLSSettings?
    /// Our own certificate, where we show one.
    private let identity: TLSIdentity?
    private let state: Mutex<State>

    /// OpenSSL lets a session be used from any thread, by one at a time: the mutex sees to that.
    private struct State: ~Copyable, @unchecked Sendable {
        let session: OpaquePointer
        /// From the line. The session owns both buffers.
        let input: OpaquePointer
        /// For the line.
        let output: OpaquePointer

        init(_ context: borrowing TLSContext) throws(LinkError) {
            guard let session = SSL_new(context.pointer) else { throw .tls("could not be set up") }
            guard let input = BIO_new(BIO_s_mem()), let output = BIO_new(BIO_s_mem()) else {
                SSL_free(session)
                throw .tls("could not be set up")
            }
            SSL_set_bio(session, input, output)
            (self.session, self.input, self.output) = (session, input, output)
        }

        deinit {
            SSL_free(session)
        }
    }

    private init(peer: String, settings: TLSSettings?, identity: TLSIdentity?, state: consuming State) {
        self.peer = peer
        self.settings = settings
        self.identity = identity
        self.state = Mutex(state)
    }

    /// - Parameters:
    ///   - host: whose certificate is wanted, a name or a numeric address.
    ///   - peer: the place for messages, `ils.example.org:6443`.
    static func client(_ settings: TLSSettings, host: String, peer: String) throws(LinkError) -> TLSSession {
        let state = try State(try TLSContext.client(settings))
        let name = settings.name ?? host
        SSL_set_hostflags(state.session, UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS))
        // A numeric address is looked for among the certificate's addresses, and is no server name (RFC 6066, 3).
        if X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(state.session), name) != 1 {
            guard SSL_set1_host(state.session, name) == 1, copenssl_set_server_name(state.session, name) == 1 else {
                throw .tls("\(name) is no name of a host", hint: "write it as it stands in the certificate")
            }
        }
        SSL_set_connect_state(state.session)
        return TLSSession(peer: peer, settings: settings, identity: settings.identity, state: state)
    }

    static func server(_ identity: TLSIdentity, peer: String) throws(LinkError) -> TLSSession {
        let state = try State(try TLSContext.server(identity))
        SSL_set_accept_state(state.session)
        return TLSSession(peer: peer, settings: nil, identity: identity, state: state)
    }

    /// Bytes that came off the line.
    func take(_ bytes: [UInt8]) {
        state.withLock { state in
            var count = 0
            _ = BIO_write_ex(state.input, bytes, bytes.count, &count)
        }
    }

    /// Bytes that are to leave on the line, an alert among them.
    func output() -> [UInt8] {
        state.withLock { Self.drain($0.output) }
    }

    /// Goes on with the handshake as far as the bytes allow; true when it is done and the other end is whom we wanted.
    func greet() throws(LinkError) -> Bool {
        try locked { state throws(LinkError) in
            ERR_clear_error()
            let result = SSL_do_handshake(state.session)
            guard result != 1 else {
                try checkPeer(state.session)
                return true
            }
            guard SSL_get_error(state.session, result) == SSL_ERROR_WANT_READ else {
                throw .tls("\(peer) and we do not come to terms", hint: certificateHint())
            }
            return false
        }
    }

    /// Turns plain bytes into bytes for the line.
    func seal(_ bytes: [UInt8]) throws(LinkError) -> [UInt8] {
        try locked { state throws(LinkError) in
            ERR_clear_error()
            var rest = bytes[...]
            while !rest.isEmpty {
                var count = 0
                let result = rest.withUnsafeBytes {
                    SSL_write_ex(state.session, $0.baseAddress, $0.count, &count)
                }
                // A memory buffer takes everything; only a broken session does not.
                guard result == 1, count > 0 else { throw failure(state.session, result) }
                rest = rest.dropFirst(count)
            }
            return Self.drain(state.output)
        }
    }

    /// Plain bytes that are there; none when the line has to bring more.
    func open() throws(LinkError) -> [UInt8] {
        try locked { state throws(LinkError) in
            ERR_clear_error()
            var result: Int32 = 0
            let bytes = [UInt8](unsafeUninitializedCapacity: Self.portion) { buffer, count in
                result = SSL_read_ex(state.session, buffer.baseAddress, buffer.count, &count)
                if result != 1 { count = 0 }
            }
            guard result != 1 else { return bytes }
            guard SSL_get_error(state.session, result) == SSL_ERROR_WANT_READ,
                copenssl_pending(state.output) < Self.longestSilence
            else { throw failure(state.session, result) }
            return []
        }
    }

    private func failure(_ session: OpaquePointer, _ result: Int32) -> LinkError {
        switch SSL_get_error(session, result) {
        case SSL_ERROR_ZERO_RETURN: .closed
        case SSL_ERROR_SSL: .tls("\(peer) broke off", hint: certificateHint())
        default: .closed
        }
    }

    private func locked<Value: Sendable>(
        _ body: (borrowing State) throws(LinkError) -> Value
    ) throws(LinkError) -> Value {
        let result: Result<Value, LinkError> = state.withLock { state in
            do throws(LinkError) { return .success(try body(state)) } catch { return .failure(error) }
        }
        return try result.get()
    }

    private static func drain(_ buffer: OpaquePointer) -> [UInt8] {
        let pending = copenssl_pending(buffer)
        guard pending > 0 else { return [] }
        return [UInt8](unsafeUninitializedCapacity: pending) { bytes, count in
            if BIO_read_ex(buffer, bytes.baseAddress, bytes.count, &count) != 1 { count = 0 }
        }
    }
}

// MARK: - Whom we talk to

extension TLSSession {
    private func checkPeer(_ session: OpaquePointer) throws(LinkError) {
        // A server lets anybody in whom its door lets in: kiosks have no certificates.
        guard let settings else { return }
        guard let certificate = SSL_get1_peer_certificate(session) else {
            throw .refused(reason: "\(peer): showed no certificate", hint: "switch one on at the other end")
        }
        defer { X509_free(certificate) }
        let found = Self.fingerprint(certificate)
        if case .certificate(let wanted) = settings.trust {
            guard found == wanted else {
                throw .refused(
                    reason: "\(peer): found the certificate \(found.map { "\($0)" } ?? "?"), wanted \(wanted)",
                    hint: "if it was renewed, take its new fingerprint over; if not, somebody stands between"
                )
            }
            return
        }
        let verdict = SSL_get_verify_result(session)
        guard verdict != Int(X509_V_OK) else { return }
        let meaning = X509_verify_cert_error_string(verdict).map { String(cString: $0).lowercased() } ?? "\(verdict)"
        throw .refused(
            reason: "\(peer): found a certificate that is not trusted, \(meaning)",
            hint: Self.hint(Int32(truncatingIfNeeded: verdict), found)
        )
    }

    private static func hint(_ verdict: Int32, _ found: TLSFingerprint?) -> String {
        switch verdict {
        case X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH:
            "use the name that stands in it as address, or say it with tls-name"
        case X509_V_ERR_CERT_HAS_EXPIRED, X509_V_ERR_CERT_NOT_YET_VALID:
            "renew it, and compare the clock of this machine with: date"
        default:
            "name the authority that signed it with tls-authority, or trust this one certificate with "
                + "tls-fingerprint = \"\(found.map { "\($0)" } ?? "…")\" after you compared it at the other end"
        }
    }

    /// What to do where the last complaint is one of the other end about our own certificate; `nil` for any other.
    ///
    /// TLS 1.2 has no word for a missing one and breaks off without saying why (RFC 5246, 7.4.6); 1.3 says so, after
    /// the handshake (RFC 8446, 6.2).
    private func certificateHint() -> String? {
        switch (ERR_GET_REASON(ERR_peek_last_error()), identity) {
        case (SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED, nil), (SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE, nil):
            return "the other end may want a certificate of ours: name it with tls-certificate and tls-key, "
                + "in a table tls with certificate and key"
        case (SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED, let own?):
            return "renew \(own.certificatePath), and compare the clocks at both ends with: date"
        case (SSL_R_TLSV1_ALERT_UNKNOWN_CA, let own?), (SSL_R_SSLV3_ALERT_BAD_CERTIFICATE, let own?),
            (SSL_R_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE, let own?), (SSL_R_SSLV3_ALERT_CERTIFICATE_REVOKED, let own?),
            (SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN, let own?), (SSL_R_TLSV1_ALERT_ACCESS_DENIED, let own?),
            (SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE, let own?):
            return "the other end does not take \(own.certificatePath): let it trust the authority that signed it"
        default: return nil
        }
    }

    private static func fingerprint(_ certificate: OpaquePointer) -> TLSFingerprint? {
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var count: UInt32 = 0
        guard X509_digest(certificate, EVP_sha256(), &digest, &count) == 1 else { return nil }
        return TLSFingerprint(digest: Array(digest.prefix(Int(count))))
    }
}
