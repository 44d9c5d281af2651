import Readers
import Wire

/// A FEIG gate that calls us (notification mode): nobody asks it for tags, it tells them, and now and then that it is
/// alive. An empty portion of bytes stands for the passing of time.
struct CallingGateTwin: ReaderTwin {
    private var gate: FEIGTwin
    /// Turns since it said anything.
    private var quietTurns = 0
    /// Between two signs of life; seen from gates are a few seconds (hardware notes).
    private static let mostQuietTurns = 20

    init(_ device: FEIGTwin.Device) {
        gate = FEIGTwin(device)
    }

    mutating func receive(_ bytes: [UInt8], air: inout any Air) -> [UInt8] {
        guard bytes.isEmpty else { return gate.receive(bytes, air: &air) }
        quietTurns += 1
        let news = gate.notify(air: &air)
        guard news != nil || quietTurns >= Self.mostQuietTurns else { return [] }
        quietTurns = 0
        return news ?? sign
    }

    mutating func lineFellSilent() { gate.lineFellSilent() }

    private var sign: [UInt8] {
        FEIGReply(
            style: .advanced,
            address: gate.device.address,
            command: FEIGCommandCode.diagnostic.rawValue,
            status: .ok,
            data: [0, 0]
        ).frame.bytes
    }
}
