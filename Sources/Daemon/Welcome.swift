import Foundation
import Logging
import Operations

/// What is printed once the service is up: what runs, where the page is, and what to try.
struct Welcome {
    let configuration: Configuration
    let simulated: Bool
    let port: Int

    var address: String { "http://\(configuration.http.address):\(port)/" }

    /// Writes the port down for whoever asked for a free one, and says hello on a terminal.
    func show(logger: Logger) {
        let file = URL(filePath: configuration.state).appending(path: "port")
        do {
            try "\(port)\n".write(to: file, atomically: true, encoding: .utf8)
        } catch {
            logger.warning("port not written down", metadata: ["file": "\(file.path)"])
        }
        logger.notice("ready", metadata: ["page": "\(address)", "state": "\(configuration.state)"])
        guard simulated else { return }
        print(text)
        fflush(nil)
    }

    /// One screen.
    var text: String {
        let readers = configuration.readers.map { reader in
            "  \(reader.name.padding(toLength: 8, withPad: " ", startingAt: 0))"
                + "\(reader.role.rawValue.padding(toLength: 6, withPad: " ", startingAt: 0))FEIG twin behind \(reader.place)"
        }
        var exports = Self.programs.map { "\n  export PATH=\"\($0):$PATH\"" } ?? ""
        if port != 7878 { exports += "\n  export PRESSMARK_URL=\(address.dropLast())" }
        return """

            Pressmark is running a simulated branch: about 2 000 items in \(SimulatedHoldings.location), \
            \(SimulatedHoldings.branch) branch.

            \(readers.joined(separator: "\n"))

              page   \(address)
              state  \(configuration.state)

            Try, in a second terminal:
            \(exports)
              pressmark status
              pressmark sweep start --location REF --from "QA 76" --to "QA 77"
              pressmark simulate walk --reader wand-1
              pressmark sweep watch
              pressmark simulate carry \(SimulatedHoldings.barcode(0)) && pressmark gate alarms

            Ctrl-C stops it; the next start goes on with what is there.

            """
    }

    /// Where `pressmark` lies when it is not installed, so that a second terminal finds it.
    private static var programs: String? {
        guard let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") else {
            return nil
        }
        let folder = URL(filePath: program).deletingLastPathComponent().path
        return folder.hasSuffix("/bin") ? nil : folder
    }
}
