import LinuxIO

/// How the file says that a connection is encrypted.
extension ConfigurationFile {
    /// `tls = true`, or a table that says whom to trust; `nil` for a plain connection.
    static func tls(from table: inout ConfigurationTable, key: String = "tls") -> TLSSettings? {
        guard table.isTable(key) else { return table.boolean(key) == true ? TLSSettings() : nil }
        guard var inner = table.subtable(key) else { return nil }
        var settings = TLSSettings()
        if let path = inner.string("authority", wanted: "the path of a PEM file") {
            settings.trust = .authority(path: path)
        }
        if let text = inner.string("fingerprint") {
            if let fingerprint = TLSFingerprint(text) {
                settings.trust = .certificate(fingerprint)
            } else {
                inner.refuse(
                    "fingerprint",
                    found: "\"\(text)\"",
                    wanted: "64 hexadecimal digits",
                    hint: "openssl x509 -noout -fingerprint -sha256 -in FILE prints them"
                )
            }
            if inner.has("authority") {
                inner.refuse("authority", found: "a fingerprint beside it", wanted: "one of the two")
            }
        }
        settings.name = inner.string("name", wanted: "the name in the certificate, such as \"ils.example.org\"")
        settings.identity = identity(from: &inner)
        inner.finish()
        table.merge(inner)
        return settings
    }

    /// A certificate with its key; both or none.
    static func identity(
        from table: inout ConfigurationTable,
        certificate: String = "certificate",
        key: String = "key"
    ) -> TLSIdentity? {
        let wanted = "the path of a PEM file"
        let (certificatePath, keyPath) = (table.string(certificate, wanted: wanted), table.string(key, wanted: wanted))
        if certificatePath != nil, !table.has(key) { table.refuse(key, found: "nothing", wanted: wanted) }
        if keyPath != nil, !table.has(certificate) { table.refuse(certificate, found: "nothing", wanted: wanted) }
        guard let certificatePath, let keyPath else { return nil }
        return TLSIdentity(certificatePath: certificatePath, keyPath: keyPath)
    }
}
