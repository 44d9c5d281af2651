import LinuxIO
import SIP2

extension Configuration {
    /// The library system and the account under which we speak to it.
    struct LibrarySystem: Equatable, Sendable {
        var host: String
        var port: UInt16
        var dialect: SIP2Dialect
        var user: String?
        /// A file that holds the password and nothing else.
        var passwordFile: String?
        var location: String?
        var institution = ""
        var branch: String?
        var terminalPasswordFile: String?
        var encoding: SIP2Encoding
        var hasErrorDetection: Bool
        var lineEnd: SIP2Account.LineEnd
        /// Seconds.
        var timeout = 10
        var retries = 2
        /// Seconds.
        var patience = 30
        var connections = 2
        /// Seconds between two questions on an idle connection.
        var ping = 30
        var rules = LibraryRules()
        var isOfflineAllowed = true
        /// Whether dates go out in UTC instead of local time.
        var isUTC = false
        /// How the connection is encrypted; `nil`: it is not.
        var tls: TLSSettings?

        init(host: String, port: UInt16, dialect: SIP2Dialect) {
            self.host = host
            self.port = port
            self.dialect = dialect
            encoding = dialect.encoding
            hasErrorDetection = dialect.hasErrorDetection
            lineEnd = dialect.lineEnd
        }
    }

    /// What an answer means for tags where it leaves a choice.
    struct LibraryRules: Equatable, Sendable {
        var releasesWhenUnsaid = false
        var securesWhatWasNotLent = true
        var renews = true
        var asksPatronPassword = false
    }

    /// A port that a kiosk takes for the library system.
    struct Proxy: Equatable, Sendable {
        var name: String
        var address: String
        var port: UInt16
        var reader: String
        /// Where the library system is for these kiosks.
        var host: String
        var systemPort: UInt16
        /// How the way to the library system is encrypted; `nil`: it is not.
        var tls: TLSSettings?
        /// Our certificate, where kiosks call with TLS.
        var identity: TLSIdentity?
        /// Addresses that may call; empty for all.
        var kiosks: [String]
        var encoding: SIP2Encoding
        var tellsKiosk: Bool
        var notice: String?
    }
}
