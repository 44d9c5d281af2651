import Foundation
import Glibc
import Interfaces

/// Where the service listens besides the loopback address.
extension Composition {
    static func lines(
        _ http: Configuration.HTTP,
        state: String,
        inherited: CInt? = nil,
        _ environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> [WebLine] {
        var lines: [WebLine] = []
        let socket = http.socket ?? "\(runtimeFolder(environment) ?? state)/pressmark.sock"
        // sun_path of unix(7) has room for 107 bytes: a state folder that lies deeper has no socket.
        if socket.utf8.count <= 107 || inherited != nil {
            let door = Door.socket(owner: geteuid(), group: http.socketRole)
            lines.append(WebLine(.socket(path: socket), door: door, inherited: inherited))
        }
        guard let lan = http.lan else { return lines }
        do throws(PrivateFile.Refusal) {
            _ = try PrivateFile(path: lan.key).text()
        } catch {
            throw StartFailure(description: "http.lan.key: \(error.cause)", hint: error.hint)
        }
        do {
            let certificate = try WebCertificate(certificate: lan.certificate, key: lan.key)
            let place = WebLine.Place.tcp(address: lan.address, port: lan.port)
            lines.append(WebLine(place, door: .network, certificate: certificate))
        } catch let failure as CertificateFailure {
            throw StartFailure(description: failure.description, hint: failure.hint)
        }
        return lines
    }

    /// What systemd has made for the unit's `RuntimeDirectory=` (systemd.exec(5)).
    private static func runtimeFolder(_ environment: [String: String]) -> String? {
        environment["RUNTIME_DIRECTORY"]?.split(separator: ":").first.map(String.init)
    }
}
