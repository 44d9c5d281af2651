/// How a serial line is set: FEIG and RL866 readers speak 8E1, nearly everything else 8N1.
package struct LineSettings: Hashable, Sendable {
    /// The bit that a serial line may send behind the data of each character.
    package enum Parity: String, Hashable, Sendable, CaseIterable {
        case none, even, odd
    }

    /// Bits per second; any number the adapter can make.
    package var baudRate: Int
    /// Bits of data in each character, 5 to 8.
    package var dataBits: Int
    /// Whether one more bit makes the number of ones even or odd, so that a flipped bit is noticed; readers' settings
    /// say which.
    package var parity: Parity
    /// Stop bits behind each character, 1 or 2.
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

    /// How long so many bytes take on the line: each has a start bit, its data, perhaps parity, and its stop bits.
    package func lineTime(of count: Int) -> Duration {
        let bits = 1 + dataBits + (parity == .none ? 0 : 1) + stopBits
        return .microseconds(Int64(count * bits) * 1_000_000 / Int64(max(1, baudRate)))
    }
}
