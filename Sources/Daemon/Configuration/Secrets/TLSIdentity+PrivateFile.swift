import LinuxIO
import Wire

extension TLSIdentity {
    /// Refuses a key that is not there or that others can read: whoever has it can pass for us.
    func checkKey() throws(LinkError) {
        do throws(PrivateFile.Refusal) {
            _ = try PrivateFile(path: keyPath).text()
        } catch {
            throw .refused(
                reason: error.cause,
                hint: error.hint ?? "the key of \(certificatePath) belongs there, in PEM"
            )
        }
    }
}

extension TLSLink where Carrier == TCPLink {
    /// Connects as the configuration says, with our own certificate only where its key is ours alone.
    static func configured(
        host: String,
        port: UInt16,
        settings: TLSSettings,
        on readiness: Readiness
    ) async throws(LinkError) -> TLSLink {
        try settings.identity?.checkKey()
        return try await connect(host: host, port: port, settings: settings, on: readiness)
    }
}
