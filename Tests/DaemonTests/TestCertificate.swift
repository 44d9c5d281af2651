import Foundation
import LinuxIO
import Testing

/// A certificate for `ils.test` that is its own authority, made by the `openssl` that administrators use.
struct TestCertificate {
    let folder: URL
    let fingerprint: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "pressmark-tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        _ = try Self.openssl([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj", "/CN=Test", "-addext", "subjectAltName=DNS:ils.test",
            "-keyout", folder.appending(path: "key").path, "-out", folder.appending(path: "cert").path,
        ])
        let told = try Self.openssl([
            "x509", "-noout", "-fingerprint", "-sha256", "-in", folder.appending(path: "cert").path,
        ])
        fingerprint = try #require(told.split(separator: "=").last).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    var path: String { folder.appending(path: "cert").path }
    var identity: TLSIdentity {
        TLSIdentity(certificatePath: path, keyPath: folder.appending(path: "key").path)
    }

    private static func openssl(_ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return text
    }
}
