/// The device's side of a reader protocol: takes the host's bytes, uses its antenna, answers in bytes.
///
/// Written from the device's documents, never bent to fit our driver. Time passes only on air: the runner reads the
/// air's clock to know how long the answer took.
package protocol ReaderTwin: Sendable {
    /// Takes bytes from the host, in any portions, and returns the bytes the device sends back; a device stays silent
    /// on a malformed frame.
    mutating func receive(_ bytes: [UInt8], air: inout any Air) -> [UInt8]

    /// The line was silent for longer than the device lets a frame pause: it gives up a frame that had begun.
    mutating func lineFellSilent()
}

extension ReaderTwin {
    package mutating func lineFellSilent() {}
}
