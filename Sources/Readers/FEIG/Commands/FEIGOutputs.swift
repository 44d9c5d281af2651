package import Wire

/// 71: lamps, buzzer and relay of the older readers, two bits each.
package struct FEIGSetOutputOld: FEIGCommand {
    package static let code = FEIGCommandCode.setOutputOld
    package typealias Reply = FEIGDone

    /// Two bits per output: 00 unchanged, 01 on, 10 off, 11 flash.
    package var states: UInt16
    /// Two bits per output in the same places.
    package var frequencies: UInt16
    /// Units of 100 ms; 0 changes nothing, FFFF lasts until told otherwise.
    package var time: UInt16
    /// The same for the relay of pads; 0 on those that have none.
    package var relayTime: UInt16

    package init(states: UInt16, frequencies: UInt16 = 0, time: UInt16, relayTime: UInt16 = 0) {
        self.states = states
        self.frequencies = frequencies
        self.time = time
        self.relayTime = relayTime
    }

    /// OS, OSF, OS-TIME and OUT-TIME, two bytes each, most significant first.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        states = try reader.uint16("output states")
        frequencies = try reader.uint16("output frequencies")
        time = try reader.uint16("output time")
        relayTime = try reader.uint16("relay time")
    }

    package func write(to writer: inout ByteWriter) {
        writer.uint16(states)
        writer.uint16(frequencies)
        writer.uint16(time)
        writer.uint16(relayTime)
    }
}

extension FEIGSetOutputOld {
    /// The command for one output of a model; `nil` when the model has no such output, or cannot do this with it.
    init?(_ output: ReaderOutput, _ signal: ReaderSignal, time: UInt16, on model: FEIGModel) {
        if output == .relay, model.outputs != .oldHigh {
            // Pads switch their relay by its time alone: 1 is the shortest, which ends it.
            guard signal != .flash, model.outputs != .oldWithoutRelay else { return nil }
            self.init(states: 0, time: 0, relayTime: signal == .on ? time : 1)
            return
        }
        let shift: UInt16? =
            switch (model.outputs, output) {
            case (.oldHigh, .output(1)): 10
            case (.oldHigh, .output(2)): 12
            case (.oldHigh, .relay): 14
            case (.oldHigh, _): nil
            case (_, .greenLamp): 0
            case (_, .redLamp): 2
            case (_, .buzzer): 4
            default: nil
            }
        guard let shift else { return nil }
        let state: UInt16 =
            switch signal {
            case .on: 0b01
            case .off: 0b10
            case .flash: 0b11
            }
        self.init(states: state << shift, time: time)
    }
}

/// 72: outputs of the newer readers, each named by kind and number (M-MU02).
package struct FEIGSetOutput: FEIGCommand {
    package static let code = FEIGCommandCode.setOutput
    package typealias Reply = FEIGDone

    /// What one output shall do.
    package struct Setting: Hashable, Sendable {
        /// Kind in bits 7–5 (0 output, 1 lamp, 2 buzzer, 4 relay), number in the bits below; not proven on hardware.
        package var number: UInt8
        /// 00 unchanged, 01 on, 10 off, 11 flash in bits 1–0; frequency in bits 3–2; not proven on hardware.
        package var state: UInt8
        /// Units of 100 ms; FFFF lasts until told otherwise.
        package var time: UInt16

        package init(number: UInt8, state: UInt8, time: UInt16) {
            self.number = number
            self.state = state
            self.time = time
        }
    }

    /// At most 255 in one command.
    package var settings: [Setting]

    package init(_ settings: [Setting]) {
        self.settings = settings
    }

    /// Throws on any MODE but 01; then OUT-N and as many settings of four bytes.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        let offset = reader.offset
        let mode = try reader.byte("mode")
        guard mode == 1 else { throw .invalid(field: "mode", offset: offset, found: Hex.string(mode), wanted: "01") }
        settings = []
        for _ in 0..<(try reader.byte("output count")) {
            settings.append(
                Setting(
                    number: try reader.byte("output number"),
                    state: try reader.byte("output state"),
                    time: try reader.uint16("output time")
                )
            )
        }
    }

    package func write(to writer: inout ByteWriter) {
        writer.byte(1)
        writer.byte(UInt8(clamping: settings.count))
        for setting in settings {
            writer.byte(setting.number)
            writer.byte(setting.state)
            writer.uint16(setting.time)
        }
    }
}

extension FEIGSetOutput {
    init?(_ output: ReaderOutput, _ signal: ReaderSignal, time: UInt16) {
        let number: UInt8
        switch output {
        case .greenLamp: number = 0b001_00001
        case .redLamp: number = 0b001_00010
        case .buzzer: number = 0b010_00001
        case .relay: number = 0b100_00001
        case .output(let index):
            guard 1...31 ~= index else { return nil }
            number = UInt8(index)
        }
        let state: UInt8 =
            switch signal {
            case .on: 0b01
            case .off: 0b10
            case .flash: 0b11
            }
        self.init([Setting(number: number, state: state, time: time)])
    }
}

/// 74: the digital inputs, and which of them changed since the last call (M-CPR).
package struct FEIGGetInput: FEIGCommand {
    package static let code = FEIGCommandCode.getInput

    package init() {}
    package init(parsing reader: inout ByteReader) throws(ParseError) {}
    package func write(to writer: inout ByteWriter) {}

    /// The inputs in one byte.
    package struct Reply: ByteParsable, ByteWritable, Hashable, Sendable {
        /// Bits 0–2 active, bits 4–6 changed.
        package var bits: UInt8

        package init(bits: UInt8) {
            self.bits = bits
        }

        /// One byte of any value.
        package init(parsing reader: inout ByteReader) throws(ParseError) {
            bits = try reader.byte("inputs")
        }

        package func write(to writer: inout ByteWriter) {
            writer.byte(bits)
        }

        /// The same by number.
        package var inputs: ReaderInputs {
            ReaderInputs(
                active: Set((1...3).filter { bits & 1 << ($0 - 1) != 0 }),
                changed: Set((1...3).filter { bits & 1 << ($0 + 3) != 0 })
            )
        }
    }
}

/// 6E: what the reader finds out about itself; the answer depends on mode and model.
package struct FEIGDiagnostic: FEIGCommand {
    package static let code = FEIGCommandCode.diagnostic
    package typealias Reply = FEIGBytes

    /// Number of the report that is wanted; what the numbers mean is the model's affair.
    package var mode: UInt8

    package init(mode: UInt8) {
        self.mode = mode
    }

    /// MODE, one byte of any value.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        mode = try reader.byte("mode")
    }

    package func write(to writer: inout ByteWriter) {
        writer.byte(mode)
    }
}
