import Wire

/// Bytes as a specification prints them.
func bytes(_ hex: String) -> [UInt8] {
    do {
        return try Hex.bytes(hex)
    } catch {
        fatalError("\(hex): \(error)")
    }
}
