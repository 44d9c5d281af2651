import Foundation
import Library
import LinuxIO
import Logging
import Operations
import SIP2
import Wire

/// How the library system and the proxies are made from the configuration.
extension Composition {
    /// A password that cannot be used keeps the library system from being asked, and nothing else from starting: gates
    /// ring without it. Why stands in the log, in the status and in what the doctor says.
    static func circulation(
        _ system: Configuration.LibrarySystem,
        on readiness: Readiness,
        logger: Logger
    ) -> CirculationSetup {
        var failures: [StartFailure] = []
        func password(in path: String?, _ key: String) -> Confidential {
            do throws(StartFailure) {
                return try secret(in: path, key)
            } catch {
                failures.append(error)
                return .empty
            }
        }
        let login = system.user.map { user in
            SIP2Account.Login(
                user: Confidential(user),
                password: password(in: system.passwordFile, "password-file")
            )
        }
        let account = SIP2Account(
            login: login,
            location: system.location,
            institution: system.institution,
            branch: system.branch,
            terminalPassword: password(in: system.terminalPasswordFile, "terminal-password-file"),
            encoding: system.encoding,
            hasErrorDetection: system.hasErrorDetection,
            lineEnd: system.lineEnd,
            timeout: .seconds(system.timeout),
            retries: system.retries,
            patience: .seconds(system.patience)
        )
        var settings = CirculationSettings(
            place: "\(system.host):\(system.port)",
            dialect: system.dialect,
            account: account,
            connections: system.connections,
            pingInterval: .seconds(system.ping),
            rules: CirculationRules(system.rules),
            offline: system.isOfflineAllowed ? .returns : .refuse,
            date: { [isUTC = system.isUTC] moment in
                let seconds = moment.milliseconds / 1000
                let date = Date(timeIntervalSince1970: Double(seconds))
                return SIP2Date(
                    unixSeconds: seconds,
                    offset: isUTC ? nil : TimeZone.current.secondsFromGMT(for: date)
                )
            }
        )
        settings.isEncrypted = system.tls != nil
        for failure in failures {
            logger.critical(
                "the library system is not asked",
                metadata: ["cause": "\(failure)", "hint": "\(failure.hint ?? "-")"]
            )
        }
        let (host, port, tls, failure) = (system.host, system.port, system.tls, failures.first)
        return CirculationSetup(settings: settings) { () async throws(LinkError) -> any Link & ~Copyable in
            // Nobody is called with an empty password: many systems lock an account after a few wrong ones.
            if let failure { throw .refused(reason: failure.description, hint: failure.hint ?? "-") }
            guard let tls else { return try await TCPLink.connect(host: host, port: port, on: readiness) }
            return try await TLSLink<TCPLink>.configured(host: host, port: port, settings: tls, on: readiness)
        }
    }

    /// Takes the proxies' ports; where 0 was asked for, the kernel chooses. One that is not to be had keeps nothing else
    /// from starting: its door tries again and says so.
    static func doors(
        _ proxies: [Configuration.Proxy],
        rules: CirculationRules,
        on readiness: Readiness
    ) throws -> [(settings: ProxySettings, door: ProxyDoor)] {
        try proxies.map { proxy in
            for path in [proxy.identity?.certificatePath, proxy.identity?.keyPath].compactMap(\.self) {
                guard FileManager.default.isReadableFile(atPath: path) else {
                    throw StartFailure(
                        description: "proxy \(proxy.name): \(path) cannot be read",
                        hint: "see its owner with: ls -l \(path)"
                    )
                }
            }
            do throws(LinkError) {
                try proxy.identity?.checkKey()
            } catch {
                throw StartFailure(description: "proxy \(proxy.name): \(error)", hint: error.hint)
            }
            let door = ProxyDoor(proxy, on: readiness)
            var settings = ProxySettings(
                name: proxy.name,
                reader: proxy.reader,
                place: "\(proxy.address):\(door.port)",
                encoding: proxy.encoding,
                rules: rules,
                tellsKiosk: proxy.tellsKiosk
            )
            if let notice = proxy.notice { settings.notice = notice }
            return (settings, door)
        }
    }

    /// The text of a file that nobody but its owner and group may read, without the line end.
    private static func secret(in path: String?, _ key: String) throws(StartFailure) -> Confidential {
        guard let path else { return .empty }
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard let text = try? String(contentsOf: URL(filePath: path), encoding: .utf8) else {
            throw StartFailure(
                description: "ils.\(key): \(path) cannot be read",
                hint: "see its owner with: ls -l \(path), and restart the service once it can be"
            )
        }
        if let mode = (attributes?[.posixPermissions] as? NSNumber)?.intValue, mode & 0o007 != 0 {
            throw StartFailure(
                description: "ils.\(key): \(path) is open to everybody",
                hint: "chmod o= \(path), and restart the service"
            )
        }
        return Confidential(text.trimmingCharacters(in: .newlines))
    }
}

extension CirculationRules {
    init(_ rules: Configuration.LibraryRules) {
        self.init(
            releasesWhenUnsaid: rules.releasesWhenUnsaid,
            securesWhatWasNotLent: rules.securesWhatWasNotLent,
            renews: rules.renews,
            asksPatronPassword: rules.asksPatronPassword
        )
    }
}
