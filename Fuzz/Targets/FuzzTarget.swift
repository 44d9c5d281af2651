import Wire

/// A decoder that is given bytes nobody chose.
struct FuzzTarget: Sendable {
    /// The name on the command line and of its corpus.
    let name: String
    /// `Scripts/fuzz tags` runs all of one group.
    let group: Group
    /// Longest input worth trying, in bytes.
    let longest: Int
    /// Decodes the bytes and ends the process when a promise is broken.
    let run: @Sendable ([UInt8]) -> Void

    enum Group: String, CaseIterable, Sendable {
        case tags, air, readers, field, sip2, formats, importers, shelf, texts, api, rim
    }

    init(_ name: String, _ group: Group, longest: Int = 256, run: @escaping @Sendable ([UInt8]) -> Void) {
        self.name = name
        self.group = group
        self.longest = longest
        self.run = run
    }
}

/// A promise a decoder makes whatever the bytes. libFuzzer keeps the input that breaks it.
func promise(_ holds: Bool, _ what: @autoclosure () -> String) {
    guard !holds else { return }
    fatalError("broken promise: \(what())")
}

/// What can be read can be written, and is then read as the same.
func roundTrip<Value: ByteParsable & ByteWritable & Equatable>(_ type: Value.Type, _ input: [UInt8]) {
    guard let value = try? Value(input) else { return }
    promise((try? Value(value.bytes)) == value, "\(value) is not kept")
}

extension [UInt8] {
    /// These bytes in portions of so many, as a line or a connection may bring them.
    func portions(of size: Int) -> [ArraySlice<UInt8>] {
        stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
    }

    /// Bytes in each portion, 1 to 8: the sum of the bytes decides, so that inputs which differ little come in all of them
    /// and each input always in the same.
    var portionSize: Int { 1 + Int(reduce(0, &+) % 8) }
}

/// What comes out is the same whether the bytes come at once or in portions; gives it.
@discardableResult
func sameInPortions<Found: Equatable>(
    _ input: [UInt8],
    _ what: String,
    _ read: ([ArraySlice<UInt8>]) -> Found
) -> Found {
    let whole = read([input[...]])
    let parts = read(input.portions(of: input.portionSize))
    promise(parts == whole, "\(what): \(whole), in portions of \(input.portionSize) \(parts)")
    return whole
}
