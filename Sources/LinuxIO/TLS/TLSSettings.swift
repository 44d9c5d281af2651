/// Whom we trust at the other end of a TLS connection, and how we show who we are.
package struct TLSSettings: Hashable, Sendable {
    /// Why a certificate is believed.
    package enum Trust: Hashable, Sendable {
        /// An authority that this machine trusts (`/etc/ssl/certs`) has signed it.
        case system
        /// An authority in this PEM file has signed it; no other is trusted.
        case authority(path: String)
        /// It is this one; neither name nor dates nor signature are looked at, as suits a device that made its own.
        case certificate(TLSFingerprint)
    }

    /// Why the other end's certificate is believed.
    package var trust: Trust
    /// The name that must stand in the certificate, where it is not the host's.
    package var name: String?
    /// Our own certificate, where the other end asks for one.
    package var identity: TLSIdentity?

    package init(trust: Trust = .system, name: String? = nil, identity: TLSIdentity? = nil) {
        self.trust = trust
        self.name = name
        self.identity = identity
    }
}

/// A certificate with its key, by which one end shows the other who it is.
package struct TLSIdentity: Hashable, Sendable {
    /// PEM file with the certificate, then those of the authorities between it and a trusted one.
    package var certificatePath: String
    /// PEM file with the key, without a password.
    package var keyPath: String

    package init(certificatePath: String, keyPath: String) {
        self.certificatePath = certificatePath
        self.keyPath = keyPath
    }
}
