import Tags
import Wire

/// What a tag makes of the bytes it hears, worked out once for all tags in the field.
enum AirRequest: Hashable, Sendable {
    case inventory(ISO15693.InventoryRequest)
    case inventoryRead(NXP.InventoryRead)
    case command(ISO15693.RequestFrame)
    /// A command with a header but with parameters that make no sense, or of a code nobody knows.
    case unknown(ISO15693.RequestHeader)
    /// Check bytes wrong, or too short: no tag stirs.
    case unreadable

    init(onAir frame: [UInt8]) {
        guard let content = try? ISO15693.FrameCheck.opening(frame), let first = content.first else {
            self = .unreadable
            return
        }
        if ISO15693.RequestFlags(rawValue: first).contains(.inventory) {
            if let inventory = try? ISO15693.InventoryRequest(content) {
                self = .inventory(inventory)
            } else if let read = try? NXP.InventoryRead(content) {
                self = .inventoryRead(read)
            } else {
                self = .unreadable
            }
        } else if let frame = try? ISO15693.RequestFrame(content) {
            self = .command(frame)
        } else {
            var reader = ByteReader(content)
            let header = try? ISO15693.RequestHeader(parsing: &reader)
            self = header.map { .unknown($0) } ?? .unreadable
        }
    }
}
