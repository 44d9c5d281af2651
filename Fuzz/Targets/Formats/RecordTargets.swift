import Wire

/// What cuts records out of an export, and what reads one record.
enum RecordTargets {
    static let list = [
        FuzzTarget("json-records", .formats) { input in
            guard let choice = input.first else { return }
            let containers: Set<String> = choice & 1 == 0 ? [] : ["items", "locations"]
            let stream = Array(input.dropFirst())
            let frames = sameInPortions(stream, "records") { portions in
                var framer = JSONFramer(containers: containers)
                return cut(portions, &framer, append: { $0.append($1) }, next: { $0.next() }, end: { $0.end() })
            }
            check(frames, in: stream)
        },
        FuzzTarget("text-lines", .formats) { input in
            let frames = sameInPortions(input, "lines") { portions in
                var framer = LineFramer()
                return cut(portions, &framer, append: { $0.append($1) }, next: { $0.next() }, end: { $0.end() })
            }
            check(frames, in: input)
        },
        FuzzTarget("xml-records", .formats, longest: 512) { input in
            let frames = sameInPortions(input, "records") { portions in
                var framer = XMLRecordFramer()
                return cut(portions, &framer, append: { $0.append($1) }, next: { $0.next() }, end: { $0.end() })
            }
            check(frames, in: input)
            for case .record(let bytes, _) in frames {
                guard let record = try? MARCRecord(xml: bytes) else { continue }
                let titles = try? MARCRecord(xml: bytes) { $0.elementsEqual("245".utf8) }
                promise(titles?.fields == record.fields.filter { $0.tag == "245" }, "other titles of \(record)")
            }
        },
        FuzzTarget("xml-tokens", .formats) { input in
            var tokens = XMLTokenizer(input)
            var count = 0
            var length = 0
            while let token = try? tokens.next() {
                count += 1
                if case .text(let text) = token { length += text.utf8.count }
                promise(count <= 2 * input.count, "\(count) tokens of \(input.count) bytes")
            }
            promise(length <= 3 * input.count, "\(length) bytes of text of \(input.count)")
        },
        FuzzTarget("iso2709-records", .formats, longest: 512) { input in
            let frames = sameInPortions(input, "records") { portions in
                var framer = ISO2709Framer()
                return cut(portions, &framer, append: { $0.append($1) }, next: { $0.next() }, end: { $0.end() })
            }
            for (index, frame) in frames.enumerated() {
                guard case .record(let bytes, let number) = frame else { continue }
                promise(number == index + 1, "record \(index + 1) as number \(number)")
                guard let record = try? MARCRecord(iso2709: bytes) else { continue }
                let count = record.fields.count
                promise(count <= bytes.count / 12, "\(count) fields of \(bytes.count) bytes")
                let titles = try? MARCRecord(iso2709: bytes) { $0.elementsEqual("245".utf8) }
                promise(titles?.fields == record.fields.filter { $0.tag == "245" }, "other titles of \(record)")
            }
        },
    ]

    private static func cut<Framer>(
        _ portions: [ArraySlice<UInt8>],
        _ framer: inout Framer,
        append: (inout Framer, ArraySlice<UInt8>) -> Void,
        next: (inout Framer) -> RecordFrame?,
        end: (inout Framer) -> RecordFrame?
    ) -> [RecordFrame] {
        var frames: [RecordFrame] = []
        for portion in portions {
            append(&framer, portion)
            while let frame = next(&framer) { frames.append(frame) }
        }
        if let frame = end(&framer) { frames.append(frame) }
        return frames
    }

    /// Records lie in the stream one behind the other, each on the line that is told.
    private static func check(_ frames: [RecordFrame], in stream: [UInt8]) {
        let last = stream.count { $0 == 0x0A } + 1
        var place = 0
        var line = 1
        for frame in frames {
            switch frame {
            case .malformed(let number, let cause, let text):
                promise(number >= line && number <= last, "\(cause) on line \(number) of \(last), behind \(line)")
                promise(text.utf8.count <= 1500, "\(text.utf8.count) bytes shown")
                line = number
            case .record(let bytes, let number):
                let found = stream.indices.first { index in
                    index >= place && stream[index...].starts(with: bytes)
                        && stream[..<index].count { $0 == 0x0A } == number - 1
                }
                promise(found != nil, "\(bytes) on line \(number), and does not stand there")
                place = (found ?? place) + bytes.count
                line = number
            }
        }
    }
}
