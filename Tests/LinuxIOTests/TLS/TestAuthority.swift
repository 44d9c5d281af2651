import COpenSSL
import Foundation
import Testing
import Wire

@testable import LinuxIO

/// Makes certificates for one test: an authority and what it signs, in a folder of their own.
struct TestAuthority {
    /// The authority's own certificate, as a PEM file.
    let path: String
    private let folder: String
    private let key: Key
    private let certificate: Certificate

    init() throws {
        folder = try temporaryFolder()
        key = try Key()
        certificate = try Certificate(
            of: key,
            name: "Test Authority",
            extensions: [NID_basic_constraints: "critical,CA:TRUE"],
            signedBy: key,
            issuer: nil
        )
        path = folder + "/authority.pem"
        try certificate.write(to: path)
    }

    /// A certificate for names such as `DNS:reader.test,IP:127.0.0.1`.
    func identity(for names: String, days: Int = 1) throws -> (files: TLSIdentity, fingerprint: TLSFingerprint) {
        let ownKey = try Key()
        let own = try Certificate(
            of: ownKey,
            name: "Reader",
            extensions: [NID_subject_alt_name: names],
            signedBy: key,
            issuer: certificate,
            days: days
        )
        let stem = folder + "/" + UUID().uuidString
        try own.write(to: stem + ".pem")
        try ownKey.write(to: stem + ".key")
        let files = TLSIdentity(certificatePath: stem + ".pem", keyPath: stem + ".key")
        return (files, try #require(own.fingerprint))
    }

    private final class Key {
        let pointer: OpaquePointer

        init() throws {
            let context = try #require(EVP_PKEY_CTX_new_id(NID_ED25519, nil))
            defer { EVP_PKEY_CTX_free(context) }
            try #require(EVP_PKEY_keygen_init(context) == 1)
            var key: OpaquePointer?
            try #require(EVP_PKEY_keygen(context, &key) == 1)
            pointer = try #require(key)
        }

        deinit { EVP_PKEY_free(pointer) }

        func write(to path: String) throws {
            let file = try #require(BIO_new_file(path, "w"))
            defer { BIO_free(file) }
            try #require(PEM_write_bio_PrivateKey(file, pointer, nil, nil, 0, nil, nil) == 1)
        }
    }

    private final class Certificate {
        let pointer: OpaquePointer

        init(
            of key: Key,
            name: String,
            extensions: [Int32: String],
            signedBy signer: Key,
            issuer: Certificate?,
            days: Int = 1
        ) throws {
            pointer = try #require(X509_new())
            X509_set_version(pointer, 2)
            ASN1_INTEGER_set(X509_get_serialNumber(pointer), Int.random(in: 1...Int.max))
            // Dates of yesterday on, so that a certificate of minus one day has ended.
            X509_gmtime_adj(X509_getm_notBefore(pointer), -200_000)
            X509_gmtime_adj(X509_getm_notAfter(pointer), days * 86_400)
            X509_set_pubkey(pointer, key.pointer)
            let subject = X509_get_subject_name(pointer)
            X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, name, -1, -1, 0)
            X509_set_issuer_name(pointer, issuer.map { X509_get_subject_name($0.pointer) } ?? subject)
            for (number, value) in extensions {
                let made = try #require(X509V3_EXT_conf_nid(nil, nil, number, value))
                X509_add_ext(pointer, made, -1)
                X509_EXTENSION_free(made)
            }
            try #require(X509_sign(pointer, signer.pointer, nil) > 0)
        }

        deinit { X509_free(pointer) }

        func write(to path: String) throws {
            let file = try #require(BIO_new_file(path, "w"))
            defer { BIO_free(file) }
            try #require(PEM_write_bio_X509(file, pointer) == 1)
        }

        /// Computed here from the certificate's bytes, not by the code under test.
        var fingerprint: TLSFingerprint? {
            var bytes: UnsafeMutablePointer<UInt8>?
            let count = i2d_X509(pointer, &bytes)
            guard count > 0, let bytes else { return nil }
            defer { CRYPTO_free(bytes, "", 0) }
            var digest = [UInt8](repeating: 0, count: 32)
            SHA256(bytes, Int(count), &digest)
            return TLSFingerprint(Hex.string(digest, separator: ":"))
        }
    }
}
