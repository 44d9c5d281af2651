import SIP2

/// Cuts what a library system says into lines without losing a byte: put together again they are what came.
struct ProxyLines: Sendable {
    struct Line: Hashable, Sendable {
        /// Line ends left over from the line before.
        var before: [UInt8]
        var content: [UInt8]
        var end: [UInt8]

        var bytes: [UInt8] { before + content + end }
    }

    private var held: [UInt8] = []
    /// Where in them the line begins that has no end yet, behind line ends; `nil` while nothing of it has been seen.
    private var start: Int?
    /// How far that line was searched for its end: a system may send a long one byte by byte.
    private var searched = 0

    mutating func append(_ bytes: [UInt8]) {
        held += bytes
    }

    /// The next whole line; line ends alone, and bytes that go on without an end, are given out as they are.
    mutating func next() -> Line? {
        guard let start = start ?? held.firstIndex(where: { !Self.isEnd($0) }) else {
            return held.isEmpty ? nil : Line(before: rest(), content: [], end: [])
        }
        guard let end = held[max(start, searched)...].firstIndex(where: Self.isEnd) else {
            guard held.count - start > SIP2Frame.longest else {
                (self.start, searched) = (start, held.count)
                return nil
            }
            return Line(before: rest(), content: [], end: [])
        }
        let line = Line(before: Array(held[..<start]), content: Array(held[start..<end]), end: [held[end]])
        held.removeFirst(end + 1)
        (self.start, searched) = (nil, 0)
        return line
    }

    /// What has come and is no whole line.
    mutating func rest() -> [UInt8] {
        defer { (held, start, searched) = ([], nil, 0) }
        return held
    }

    /// Whether a byte ends a line.
    static func isEnd(_ byte: UInt8) -> Bool { byte == 0x0D || byte == 0x0A }
}
