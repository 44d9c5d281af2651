/// A layout laid over the chips that are there: which lines to ask of which device file.
struct GPIOPlan: Hashable, Sendable {
    /// The lines wanted of one chip, in the order of the layout.
    struct Bank<Line: Hashable & Sendable>: Hashable, Sendable {
        var chip: String
        var path: String
        var lines: [Line]
        /// The lines' numbers on the chip.
        var offsets: [UInt32]
    }

    var outputs: [Bank<GPIOOutput>]
    var inputs: [Bank<GPIOInput>]

    init(_ layout: GPIOLayout, on chips: [GPIOChip]) throws(GPIOError) {
        var names: Set<String> = []
        for name in layout.outputs.map(\.name) + layout.inputs.map(\.name) where !names.insert(name).inserted {
            throw .duplicate(name: name)
        }
        var taken: Set<[String]> = []
        outputs = try Self.banks(layout.outputs, \.name, \.place, chips, &taken)
        inputs = try Self.banks(layout.inputs, \.name, \.place, chips, &taken)
    }

    private static func banks<Line: Hashable & Sendable>(
        _ lines: [Line],
        _ name: KeyPath<Line, String>,
        _ place: KeyPath<Line, GPIOPlace>,
        _ chips: [GPIOChip],
        _ taken: inout Set<[String]>
    ) throws(GPIOError) -> [Bank<Line>] {
        var banks: [Bank<Line>] = []
        for line in lines {
            let wanted = line[keyPath: place]
            guard let chip = chips.first(where: { $0.label == wanted.chip }) else {
                throw .unknownChip(label: wanted.chip, found: chips.map(\.label))
            }
            let offset = try chip.offset(of: wanted)
            let consumer = chip.lines[offset].consumer
            guard consumer.isEmpty else { throw .busy(name: line[keyPath: name], consumer: consumer) }
            guard taken.insert([chip.path, String(offset)]).inserted else {
                throw .duplicate(name: line[keyPath: name])
            }
            let index = banks.firstIndex { $0.path == chip.path } ?? banks.endIndex
            if index == banks.endIndex {
                banks.append(Bank(chip: chip.label, path: chip.path, lines: [], offsets: []))
            }
            banks[index].lines.append(line)
            banks[index].offsets.append(UInt32(offset))
        }
        return banks
    }
}

extension GPIOChip {
    fileprivate func offset(of place: GPIOPlace) throws(GPIOError) -> Int {
        switch place.line {
        case .named(let name):
            if let offset = lines.firstIndex(where: { $0.name == name }) { return offset }
        case .offset(let offset):
            if lines.indices.contains(offset) { return offset }
        }
        throw .unknownLine(place: place, found: lines.enumerated().map { $1.name.isEmpty ? "line \($0)" : $1.name })
    }
}
