import LinuxIO

extension ConfigurationTable {
    private static let tlsKeys = ["tls-authority", "tls-fingerprint", "tls-name", "tls-certificate", "tls-key"]

    /// `tls` and whom it trusts, wherever a connection leaves this machine; `nil` for a plain one.
    mutating func tls() -> TLSSettings? {
        let isOn = boolean("tls") ?? false
        let authority = string("tls-authority", wanted: "the path of a PEM file with the authorities to trust")
        let fingerprint = string("tls-fingerprint", wanted: Self.fingerprintWanted)
        let name = string("tls-name", wanted: "the name in the certificate, such as \"ils.example.org\"")
        let certificate = string("tls-certificate", wanted: "the path of a PEM file with our own certificate")
        let key = string("tls-key", wanted: "the path of a PEM file with our own key")
        guard isOn else {
            if let alone = Self.tlsKeys.first(where: { has($0) }) {
                refuse(alone, found: "it without TLS", wanted: "tls = true beside it")
            }
            return nil
        }
        var settings = TLSSettings(name: name)
        if let authority { settings.trust = .authority(path: authority) }
        if let fingerprint {
            guard let wanted = TLSFingerprint(fingerprint) else {
                refuse("tls-fingerprint", found: "\"\(fingerprint)\"", wanted: Self.fingerprintWanted)
                return nil
            }
            if let other = ["tls-authority", "tls-name"].first(where: { has($0) }) {
                refuse(other, found: "it beside tls-fingerprint", wanted: "one of them: a fingerprint is enough")
            }
            settings.trust = .certificate(wanted)
        }
        switch (certificate, key) {
        case (let certificate?, let key?): settings.identity = TLSIdentity(certificatePath: certificate, keyPath: key)
        case (nil, nil): break
        default:
            let missing = certificate == nil ? "tls-certificate" : "tls-key"
            refuse(missing, found: "nothing", wanted: "the other half of our own certificate")
        }
        return settings
    }

    private static let fingerprintWanted =
        "the SHA-256 of a certificate, as `openssl x509 -noout -fingerprint -sha256 -in FILE` prints it"
}
