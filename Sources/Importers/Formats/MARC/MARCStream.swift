/// A stream of MARC records in either encoding; the first byte that is no space tells which.
struct MARCStream: Sendable {
    enum Event {
        case record(MARCRecord, line: Int)
        case malformed(RejectedRow)
    }

    private enum Encoding {
        /// Nothing but space has come, with so many line ends.
        case unknown(lineEnds: Int)
        case iso2709(ISO2709Framer)
        case xml(XMLRecordFramer)
    }

    private var encoding = Encoding.unknown(lineEnds: 0)
    /// Tags of the fields that are read; `nil` reads all of them.
    private let tags: [[UInt8]]?

    init(tags: [String]? = nil) {
        self.tags = tags?.map { Array($0.utf8) }
    }

    mutating func append(_ bytes: ArraySlice<UInt8>) throws(ImportError) {
        switch encoding {
        case .unknown(let lineEnds): try open(bytes, after: lineEnds)
        case .iso2709(var framer):
            encoding = .unknown(lineEnds: 0)
            framer.append(bytes)
            encoding = .iso2709(framer)
        case .xml(var framer):
            encoding = .unknown(lineEnds: 0)
            framer.append(bytes)
            encoding = .xml(framer)
        }
    }

    private mutating func open(_ bytes: ArraySlice<UInt8>, after lineEnds: Int) throws(ImportError) {
        // A byte order mark may stand before XML.
        let text = bytes.drop { $0 <= 0x20 || [0xEF, 0xBB, 0xBF].contains($0) }
        guard let first = text.first else {
            encoding = .unknown(lineEnds: lineEnds + bytes.count { $0 == 0x0A })
            return
        }
        switch first {
        case 0x3C:
            var framer = XMLRecordFramer(line: lineEnds + 1)
            framer.append(bytes)
            encoding = .xml(framer)
        case 0x30...0x39:
            var framer = ISO2709Framer()
            framer.append(text)
            encoding = .iso2709(framer)
        default:
            throw .notThisFormat(found: "a file that begins with byte \(first)", wanted: "MARC 21 or MARCXML")
        }
    }

    mutating func next() -> Event? {
        frame {
            $0.next()
        } xml: {
            $0.next()
        }.map(read)
    }

    mutating func end() -> Event? {
        frame {
            $0.end()
        } xml: {
            $0.end()
        }.map(read)
    }

    private mutating func frame(
        iso2709: (inout ISO2709Framer) -> RecordFrame?,
        xml: (inout XMLRecordFramer) -> RecordFrame?
    ) -> RecordFrame? {
        switch encoding {
        case .unknown: return nil
        case .iso2709(var framer):
            encoding = .unknown(lineEnds: 0)
            defer { encoding = .iso2709(framer) }
            return iso2709(&framer)
        case .xml(var framer):
            encoding = .unknown(lineEnds: 0)
            defer { encoding = .xml(framer) }
            return xml(&framer)
        }
    }

    private func isWanted(_ tag: ArraySlice<UInt8>) -> Bool {
        guard let tags else { return true }
        return tags.contains { $0.elementsEqual(tag) }
    }

    private func read(_ frame: RecordFrame) -> Event {
        switch frame {
        case .malformed(let line, let cause, let text):
            return .malformed(RejectedRow(line: line, cause: cause, text: text))
        case .record(let bytes, let line):
            // By the stream, not by the record: the length that a leader begins with is not needed, and may be damaged.
            let isXML = if case .xml = encoding { true } else { false }
            do {
                let record =
                    isXML
                    ? try MARCRecord(xml: bytes, isWanted: isWanted)
                    : try MARCRecord(iso2709: bytes, isWanted: isWanted)
                return .record(record, line: line)
            } catch let flaw as MARCRecord.Flaw {
                return .malformed(RejectedRow(line: line, cause: flaw.cause, text: RecordFrame.shown(bytes)))
            } catch {
                let flaw = error as? XMLTokenizer.Flaw
                let cause = "found \(flaw?.found ?? "broken XML") at byte \(flaw?.offset ?? 0) of the record"
                return .malformed(RejectedRow(line: line, cause: cause, text: RecordFrame.shown(bytes)))
            }
        }
    }
}
