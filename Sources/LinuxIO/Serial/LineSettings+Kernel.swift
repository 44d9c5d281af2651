import CLinux
import Wire

extension LineSettings {
    /// The settings as the trade writes them: `38400 8E1`.
    var brief: String {
        let letter =
            switch parity {
            case .none: "N"
            case .even: "E"
            case .odd: "O"
            }
        return "\(baudRate) \(dataBits)\(letter)\(stopBits)"
    }

    init(_ line: clinux_line) {
        let parity: Parity = line.parity == 0 ? .none : line.parity == 1 ? .even : .odd
        self.init(
            baudRate: Int(line.baud_rate),
            dataBits: Int(line.data_bits),
            parity: parity,
            stopBits: Int(line.stop_bits)
        )
    }
}

extension clinux_line {
    /// Refuses what no line can be: 5 to 8 data bits, 1 or 2 stop bits, up to 4 Mbaud.
    init(_ settings: LineSettings) throws(LinkError) {
        guard (1...4_000_000).contains(settings.baudRate), (5...8).contains(settings.dataBits),
            (1...2).contains(settings.stopBits)
        else {
            throw .refused(
                reason: "line settings: found \(settings.brief), wanted 1-4000000 baud, 5-8 data bits, 1-2 stop bits",
                hint: "correct the reader's line in the configuration"
            )
        }
        self.init()
        baud_rate = UInt32(settings.baudRate)
        data_bits = UInt8(settings.dataBits)
        parity = settings.parity == .none ? 0 : settings.parity == .even ? 1 : 2
        stop_bits = UInt8(settings.stopBits)
    }

    /// Whether a line set like this serves for `wanted`: adapters divide a clock, and 3 % of speed is within what a
    /// receiver tolerates. A pseudo-terminal drops parity and forces eight bits without harm.
    func carries(_ wanted: clinux_line, withoutParity: Bool) -> Bool {
        let difference = baud_rate > wanted.baud_rate ? baud_rate - wanted.baud_rate : wanted.baud_rate - baud_rate
        guard difference <= wanted.baud_rate / 33, stop_bits == wanted.stop_bits else { return false }
        return withoutParity || (parity == wanted.parity && data_bits == wanted.data_bits)
    }
}
