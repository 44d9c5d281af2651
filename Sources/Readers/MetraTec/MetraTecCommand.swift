package import Tags
import Wire

/// The words a library needs, each with its parameters, as the reader takes them.
package enum MetraTecCommand: Hashable, Sendable {
    /// Ends whatever goes on by itself; answered by BRA, or NCM when nothing did.
    case stop
    /// From now on a line feed ends every answer.
    case endWithLineFeed
    /// Name and version in one line, `DESKID_ISO     01000218`.
    case revision
    /// The field, single sub-carrier, full modulation.
    case fieldOn
    case fieldOff
    /// Tags of ISO 15693.
    case mode
    case inventory(afi: UInt8?)
    /// A request to a tag; `writes` gives the tag its time to program.
    case request(ISO15693.RequestFrame, writes: Bool)
    /// Pins count from 0.
    case output(pin: Int, high: Bool)
    case input(pin: Int)

    /// The command as text, without the carriage return that ends it.
    package var text: String {
        switch self {
        case .stop: "BRK"
        case .endWithLineFeed: "EOF"
        case .revision: "REV"
        case .fieldOn: "SRI SS 100"
        case .fieldOff: "SRI OFF"
        case .mode: "MOD 156"
        case .inventory(let afi): "INV" + (afi.map { " AFI " + Hex.string($0) } ?? "")
        case .request(let frame, let writes): (writes ? "WRQ " : "REQ ") + Self.digits(of: frame) + " CRC"
        case .output(let pin, let high): "WOP \(pin) \(high ? "HI" : "LOW")"
        case .input(let pin): "RIP \(pin)"
        }
    }

    /// The request as on air, but for the UID, which goes most significant byte first, as the reader prints it.
    private static func digits(of frame: ISO15693.RequestFrame) -> String {
        var bytes = frame.bytes
        let header = frame.header.manufacturer == nil ? 2 : 3
        if let uid = frame.header.uid, bytes.count >= header + 8 {
            bytes.replaceSubrange(header..<(header + 8), with: uid.bytes)
        }
        return Hex.string(bytes)
    }
}
