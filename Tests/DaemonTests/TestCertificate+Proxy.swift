import LinuxIO

@testable import Daemon

extension TestCertificate {
    /// A configuration with a proxy that shows this certificate to its kiosks, at a port that the kernel chooses.
    ///
    /// - Parameter further: lines that the proxy has besides.
    func proxy(to system: String, _ further: String = "") throws -> Configuration {
        let text = """
            [[reader]]
            name = "pad-1"
            role = "pad"
            driver = "feig"
            serial = "/dev/null"
            [[proxy]]
            name = "kiosk-1"
            listen = "127.0.0.1:0"
            listen-certificate = "\(path)"
            listen-key = "\(identity.keyPath)"
            reader = "pad-1"
            system = "\(system)"
            \(further)
            """
        return try ConfigurationFile.parse(text, file: "pressmark.toml")
    }
}
