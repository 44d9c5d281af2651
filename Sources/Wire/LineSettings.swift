/// How a serial line is set: FEIG and RL866 readers speak 8E1, nearly everything else 8N1.
package struct LineSettings: Hashable, Sendable {
    package enum Parity: String, Hashable, Sendable, CaseIterable {
        case none, even, odd
    }

    /// Bits per second; any number the adapter can make.
    package var baudRate: Int
    package var dataBits: Int
    package var parity: Parity
    package var stopBits: Int
    /// Silence the device wants on the line before the next request.
    package var quietGap: Duration

    package init(
        baudRate: Int,
        dataBits: Int = 8,
        parity: Parity = .none,
        stopBits: Int = 1,
        quietGap: Duration = .zero
    ) {
        self.baudRate = baudRate
        self.dataBits = dataBits
        self.parity = parity
        self.stopBits = stopBits
        self.quietGap = quietGap
    }
}
