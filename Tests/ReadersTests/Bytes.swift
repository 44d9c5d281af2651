import Testing
import Wire

/// Bytes as a specification prints them; none, and a failure, where it is no such text.
func bytes(_ hex: String) -> [UInt8] {
    do {
        return try Hex.bytes(hex)
    } catch {
        Issue.record("\(hex): \(error)")
        return []
    }
}
