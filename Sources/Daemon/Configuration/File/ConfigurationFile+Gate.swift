import Operations
import Readers

/// What a site says of a gate's reader beyond where it is.
extension ConfigurationFile {
    struct GateKeys {
        var countsPeople = true
        var patience: Duration?
        var commands: Configuration.Reader.NetworkPlace?
    }

    /// Reads `people-counter`, `most-silence` and `commands`; they are for gates alone.
    static func gateKeys(of table: inout ConfigurationTable, role: StationRole?) -> GateKeys {
        var keys = GateKeys()
        if let counts = table.boolean("people-counter") { keys.countsPeople = counts }
        if let seconds = table.integer("most-silence", in: 2...300) { keys.patience = .seconds(seconds) }
        let wanted = "host:port of the gate itself, such as \"192.168.10.10:10001\""
        if let text = table.string("commands", wanted: wanted) {
            keys.commands = networkPlace(text)
            if keys.commands == nil {
                table.refuse("commands", found: "\"\(text)\"", wanted: "host:port, port from 1 to 65535")
            }
            if !table.has("listen") {
                table.refuse("commands", found: "a reader that does not call", wanted: "listen beside it")
            }
        }
        for key in ["people-counter", "most-silence", "commands"] where table.has(key) && role != .gate {
            table.refuse(key, found: "role \"\(role?.rawValue ?? "none")\"", wanted: "role \"gate\"")
        }
        return keys
    }

    /// `192.168.10.10`, with the driver's usual port, or `192.168.10.10:10001`.
    private static func networkPlace(_ text: String) -> Configuration.Reader.NetworkPlace? {
        let colon = text.lastIndex(of: ":")
        let host = colon.map { String(text[..<$0]) } ?? text
        let port = colon.map { UInt16(text[text.index(after: $0)...]) } ?? FEIGDriver.identity.tcpPort
        guard let port, port > 0, !host.isEmpty else { return nil }
        return Configuration.Reader.NetworkPlace(host: host, port: port)
    }
}
