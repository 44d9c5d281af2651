import Glibc
package import Wire

/// The wires beside the data: some adapters feed a reader from them or switch an RS-485 driver with them.
package enum ModemLine: String, Hashable, Sendable, CaseIterable {
    /// DTR and RTS, which this end drives.
    case dataTerminalReady, requestToSend
    /// CTS, DSR, DCD and RI, which the other end drives.
    case clearToSend, dataSetReady, carrierDetect, ringIndicator

    fileprivate var bit: Int32 {
        switch self {
        case .dataTerminalReady: TIOCM_DTR
        case .requestToSend: TIOCM_RTS
        case .clearToSend: TIOCM_CTS
        case .dataSetReady: TIOCM_DSR
        case .carrierDetect: TIOCM_CAR
        case .ringIndicator: TIOCM_RNG
        }
    }
}

extension SerialLink {
    /// The modem lines that are on. A pseudo-terminal has none and refuses.
    package borrowing func modemLines() throws(LinkError) -> Set<ModemLine> {
        var bits: Int32 = 0
        guard ioctl(descriptor.raw, UInt(TIOCMGET), &bits) == 0 else { throw modemFailed("TIOCMGET") }
        return Set(ModemLine.allCases.filter { bits & $0.bit != 0 })
    }

    /// Switches one of the two lines that the host drives: data terminal ready or request to send.
    package borrowing func set(_ line: ModemLine, to on: Bool) throws(LinkError) {
        var bits = line.bit
        guard ioctl(descriptor.raw, UInt(on ? TIOCMBIS : TIOCMBIC), &bits) == 0 else {
            throw modemFailed(on ? "TIOCMBIS" : "TIOCMBIC")
        }
    }

    private borrowing func modemFailed(_ call: String) -> LinkError {
        guard errno == ENOTTY else { return .transfer("\(call) \(path)") }
        return .refused(reason: "\(path): has no modem lines", hint: "use a serial adapter that wires them")
    }
}
