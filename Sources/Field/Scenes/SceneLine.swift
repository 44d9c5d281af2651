import Tags
import Wire

/// The words of one line of a scene, taken one after the other; every refusal knows its line.
struct SceneLine {
    let number: Int
    private var words: ArraySlice<String>

    /// Words are parted by space; double quotes keep words together; `//` begins a comment.
    init(_ text: Substring, number: Int) {
        self.number = number
        var words: [String] = []
        var word = ""
        var quoted = false
        var previous: Character?
        for character in text {
            if !quoted, character == "/", previous == "/" {
                word.removeLast()
                break
            }
            previous = character
            switch character {
            case "\"":
                quoted.toggle()
            // The last is the byte order mark that Windows puts before the first line.
            case " ", "\t", "\r", "\u{FEFF}":
                if quoted {
                    word.append(character)
                } else if !word.isEmpty {
                    words.append(word)
                    word = ""
                }
            default:
                word.append(character)
            }
        }
        if !word.isEmpty { words.append(word) }
        self.words = words[...]
    }

    var isAtEnd: Bool { words.isEmpty }
    var next: String? { words.first }

    func error(_ found: String?, wanted: String) -> SceneError {
        SceneError(line: number, found: found.map { "\"\($0)\"" } ?? "the end of the line", wanted: wanted)
    }

    mutating func word(_ wanted: String) throws(SceneError) -> String {
        guard let word = words.popFirst() else { throw error(nil, wanted: wanted) }
        return word
    }

    /// Takes exactly this word.
    mutating func expect(_ word: String) throws(SceneError) {
        guard words.first == word else { throw error(words.first, wanted: "\"\(word)\"") }
        words.removeFirst()
    }

    /// Takes this word when it is next.
    mutating func takes(_ word: String) -> Bool {
        guard words.first == word else { return false }
        words.removeFirst()
        return true
    }

    func finish() throws(SceneError) {
        guard words.isEmpty else { throw error(words.first, wanted: "the end of the line") }
    }

    // MARK: Values

    mutating func count(_ wanted: String, atMost most: Int) throws(SceneError) -> Int {
        let word = try word(wanted)
        guard let value = Int(word), 1...most ~= value else { throw error(word, wanted: "\(wanted), 1 to \(most)") }
        return value
    }

    mutating func seed() throws(SceneError) -> UInt64 {
        let word = try word("a seed")
        guard let value = UInt64(word) else { throw error(word, wanted: "a seed, a whole number") }
        return value
    }

    mutating func fraction(_ wanted: String, in range: ClosedRange<Double>) throws(SceneError) -> Double {
        let word = try word(wanted)
        guard let value = Double(word), range.contains(value) else {
            throw error(word, wanted: "\(wanted), \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    mutating func byte(_ wanted: String) throws(SceneError) -> UInt8 {
        let word = try word(wanted)
        guard word.utf8.count == 2, let value = UInt8(word, radix: 16) else {
            throw error(word, wanted: "\(wanted), two hexadecimal digits")
        }
        return value
    }

    mutating func bytes(_ wanted: String) throws(SceneError) -> [UInt8] {
        let word = try word(wanted)
        guard let bytes = try? Hex.bytes(word) else { throw error(word, wanted: "\(wanted) in hexadecimal digits") }
        return bytes
    }

    /// In millimetres: `25mm`, `2.5cm`, `1m`.
    mutating func length(_ wanted: String) throws(SceneError) -> Double {
        let word = try word(wanted)
        guard let value = Self.quantity(word, units: Self.lengthUnits) else {
            throw error(word, wanted: "\(wanted) such as 25mm, 2.5cm or 1m")
        }
        return value
    }

    /// One length, or two with `..` between; the unit stands behind the second: `25mm`, `10..40mm`.
    mutating func lengths(_ wanted: String) throws(SceneError) -> ClosedRange<Double> {
        let word = try word(wanted)
        let ends = word.split(separator: "..", maxSplits: 1).map(String.init)
        guard let last = ends.last, let high = Self.quantity(last, units: Self.lengthUnits),
            let unit = last.firstIndex(where: \.isLetter).map({ last[$0...] }),
            let low = Self.quantity(ends.count == 1 ? last : ends[0] + unit, units: Self.lengthUnits), low <= high
        else { throw error(word, wanted: "\(wanted) such as 25mm or 10..40mm") }
        return low...high
    }

    private static let lengthUnits: [(name: String, factor: Double)] = [("mm", 1), ("cm", 10), ("m", 1000)]

    /// In millimetres per second: `300mm/s`, `1.4m/s`.
    mutating func speed() throws(SceneError) -> Double {
        let word = try word("a speed")
        guard let value = Self.quantity(word, units: [("mm/s", 1), ("cm/s", 10), ("m/s", 1000)]), value > 0 else {
            throw error(word, wanted: "a speed such as 300mm/s or 1.4m/s")
        }
        return value
    }

    /// `500ms`, `2s`, `1.5min`.
    mutating func time() throws(SceneError) -> Duration {
        let word = try word("a time")
        guard let value = Self.quantity(word, units: [("ms", 1), ("min", 60_000), ("s", 1000)]) else {
            throw error(word, wanted: "a time such as 500ms, 2s or 1.5min")
        }
        return .microseconds(Int64(value * 1000))
    }

    /// A number from 0 to a million followed by its unit, in the smallest of the units.
    private static func quantity(_ word: String, units: [(name: String, factor: Double)]) -> Double? {
        for unit in units where word.hasSuffix(unit.name) {
            guard let value = Double(word.dropLast(unit.name.count)) else { continue }
            return 0...1_000_000 ~= value ? value * unit.factor : nil
        }
        return nil
    }
}
