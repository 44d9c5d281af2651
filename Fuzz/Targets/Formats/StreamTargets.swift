import Wire

/// Tables, and what compressed exports are expanded by.
enum StreamTargets {
    static let list = [
        FuzzTarget("table-rows", .formats, run: table),
        FuzzTarget("compressed", .formats, longest: 512, run: compressed),
    ]

    private struct Row: Equatable {
        var event: DelimitedParser.Event
        var fields: [[UInt8]] = []
    }

    /// Rows are the same whatever the portions, their fields lie in the stream, and their lines rise.
    private static func table(_ input: [UInt8]) {
        guard let choice = input.first else { return }
        let delimiter = Array(",;\t|".utf8)[Int(choice) % 4]
        let stream = Array(input.dropFirst())
        let rows = sameInPortions(stream, "rows") { portions in
            var parser = DelimitedParser(delimiter: delimiter)
            var rows: [Row] = []
            func take() {
                while let event = parser.next() {
                    guard case .row = event else {
                        rows.append(Row(event: event))
                        continue
                    }
                    rows.append(Row(event: event, fields: (0..<parser.fieldCount).map { Array(parser.field($0)) }))
                    promise(parser.field(parser.fieldCount).isEmpty, "a field behind the last")
                }
            }
            for portion in portions {
                parser.append(portion)
                take()
            }
            parser.end()
            take()
            return rows
        }
        let last = stream.count { $0 == 0x0A || $0 == 0x0D } + 1
        var line = 0
        for row in rows {
            switch row.event {
            case .row(let number):
                promise(number > line && number <= last, "a row on line \(number) of \(last), behind \(line)")
                line = number
            case .malformed(let number, let cause, _):
                promise(number >= line && number <= last, "\(cause) on line \(number) of \(last), behind \(line)")
                line = number
            }
        }
        let length = rows.flatMap(\.fields).reduce(0) { $0 + $1.count }
        promise(length <= stream.count, "\(length) bytes in fields of \(stream.count)")
    }

    /// Enough of what an input of half a kilobyte may expand to.
    private struct Enough: Error {}
    private static let enough = 1 << 16

    private struct Expanded: Equatable {
        var bytes: [UInt8]
        var isWhole: Bool
        var isLong = false
    }

    /// A stream that ends well does so in any portions, with the same bytes.
    private static func compressed(_ input: [UInt8]) {
        guard let compression = Compression(input) else { return }
        let whole = expanded(compression, [input[...]])
        let size = input.portionSize
        let parts = expanded(compression, input.portions(of: size))
        guard !whole.isLong, !parts.isLong else { return }
        // libzstd holds a frame to the size it announces only where it has the frame at once.
        let isStricter = compression == .zstd && !whole.isWhole
        promise(isStricter || parts.isWhole == whole.isWhole, "\(whole), in portions of \(size) \(parts)")
        promise(!whole.isWhole || parts == whole, "\(whole), in portions of \(size) \(parts)")
    }

    private static func expanded(_ compression: Compression, _ portions: [ArraySlice<UInt8>]) -> Expanded {
        var expanded = Expanded(bytes: [], isWhole: false)
        do {
            let expander = try Expander(compression)
            for portion in portions {
                try expander.expand(portion) { piece in
                    promise(piece.count <= 1 << 17, "\(piece.count) bytes at a time")
                    expanded.bytes += piece
                    if expanded.bytes.count > enough { throw Enough() }
                }
            }
            try expander.finish()
            expanded.isWhole = true
        } catch is Enough {
            expanded.isLong = true
        } catch {}
        return expanded
    }
}
