package import Tags
package import Wire

/// One answer of a metraTec reader: lines of text, each ended by a carriage return, the whole by a line feed.
package struct MetraTecAnswer: Hashable, Sendable {
    /// Without their carriage returns; an inventory has one UID a line and ends with `IVF` and the count.
    package var lines: [String]

    package init(_ lines: [String]) {
        self.lines = lines
    }

    /// As it goes over the line.
    package var text: [UInt8] { Array((lines.map { $0 + "\r" }.joined() + "\n").utf8) }
}

/// Finds answers in a stream of text. Before the reader was told to end its answers with a line feed only silence ends
/// one.
package struct MetraTecDecoder: LineDecoder {
    private var pending: [UInt8] = []
    private var lines: [String] = []
    private var found = FoundFrames<MetraTecAnswer>()

    /// Characters of the longest line: an answer of 32 blocks has 330.
    package static let longestLine = 1024
    /// More tags than any field holds.
    package static let mostLines = 1024

    package init() {}

    package var isMidFrame: Bool { !pending.isEmpty || !lines.isEmpty }

    package mutating func append(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { take(byte) }
    }

    package mutating func lineFellSilent() {
        endAnswer()
    }

    package mutating func reset() {
        self = MetraTecDecoder()
    }

    package mutating func next() -> DecodedFrame<MetraTecAnswer>? {
        found.next()
    }

    private mutating func take(_ byte: UInt8) {
        switch byte {
        case 0x0D:
            endLine()
        case 0x0A:
            endAnswer()
        case 0x20...0x7E where pending.count < Self.longestLine:
            pending.append(byte)
        default:
            // Nothing a reader says: what has begun is worth nothing.
            found.keep(garbage: pending + [byte])
            pending = []
            lines = []
        }
    }

    private mutating func endLine() {
        defer { pending = [] }
        guard !pending.isEmpty, lines.count < Self.mostLines else { return }
        lines.append(String(decoding: pending, as: UTF8.self))
    }

    /// A line without its carriage return was cut off.
    private mutating func endAnswer() {
        if !pending.isEmpty {
            found.keep(garbage: pending)
        } else if !lines.isEmpty {
            found.keep(MetraTecAnswer(lines))
        }
        pending = []
        lines = []
    }
}

extension MetraTecAnswer {
    /// The tags of an inventory with their antenna; `nil` when this is no whole answer to one.
    package var inventory: (uids: [TagUID], antenna: Int?)? {
        guard let last = lines.last, last.hasPrefix("IVF "), let count = Int(last.dropFirst(4)) else { return nil }
        var identifiers = lines.dropLast()
        var antenna: Int?
        if let report = identifiers.last, report.hasPrefix("ARP ") {
            antenna = Int(report.dropFirst(4))
            identifiers.removeLast()
        }
        guard identifiers.count == count else { return nil }
        // Readers for other tags report identifiers that are none of ours.
        return (identifiers.compactMap { TagUID(hex: $0) }.filter { $0.rawValue >> 56 == 0xE0 }, antenna)
    }

    /// What came of a request to a tag.
    package enum Request: Hashable, Sendable {
        /// Flags first, without check bytes, which were right.
        case answer([UInt8])
        /// Nobody answered, or so that it could not be understood.
        case nothing
        /// The tag said more than the reader can carry.
        case tooLong
    }

    /// `nil` when this is no answer to a request.
    package var request: Request? {
        let words = lines.last?.hasPrefix("ARP ") == true ? lines.dropLast() : lines[...]
        switch (words.first, words.last) {
        case ("TDT", "NCL") where words.count == 4 && words[2] == "COK":
            guard let frame = try? Hex.bytes(words[1]), let content = try? ISO15693.FrameCheck.opening(frame) else {
                return .nothing
            }
            return .answer(content)
        case ("TDT", _), ("TNR", _), ("CDT", _): return .nothing
        case ("RDL", _): return .tooLong
        default: return nil
        }
    }

    /// The three letters of a refusal, with their meaning; `nil` when this is none.
    package var refusal: String? {
        guard lines.count == 1, let code = lines.first?.prefix(3) else { return nil }
        return switch code {
        case "UCO": "command unknown"
        case "UPA": "parameter unknown"
        case "NOS": "not supported"
        case "NRF", "RNW": "field is off"
        case "NOR": "number out of range"
        default: nil
        }
    }

    /// The reader has started afresh and forgot what it was told.
    package var isRestart: Bool { lines.first == "SRT" }

    /// The field is off, though it was switched on at the beginning: what the reader said at its start was lost.
    package var isWithoutField: Bool { lines == ["NRF"] }
}
