/// One reader heard one tag for a while as it went by: the sightings of one visit to one place, drawn together.
///
/// Kept small, since a sweep of a million tags keeps several for each.
struct Hearing: Hashable, Sendable {
    /// Milliseconds since 1970.
    private(set) var first: Int64
    /// Milliseconds that it lasted; a hearing without a pause of 49 days ends there.
    private var length: UInt32 = 0
    /// When the strongest signal came, in milliseconds from `first`; the earlier one of two alike.
    private var peakAt: UInt32 = 0
    private var peakSignal: Int16
    /// Number of the reader among those that the sweep has heard of.
    let reader: UInt16
    /// Which walk along the shelf, as the log says.
    let pass: UInt16

    /// Of a reader that tells no signal.
    private static let noSignal = Int16.min

    init(reader: UInt16, pass: Int, at moment: Moment, signal: Int?) {
        self.reader = reader
        self.pass = UInt16(clamping: pass)
        first = moment.milliseconds
        peakSignal = signal.map { max(Int16(clamping: $0), Self.noSignal + 1) } ?? Self.noSignal
    }

    var last: Int64 { first + Int64(length) }

    /// When the reader was nearest, as well as can be told: at the strongest signal, else halfway.
    var nearest: Int64 { first + Int64(peakSignal == Self.noSignal ? length / 2 : peakAt) }

    /// Whether both belong to one visit: less than `gap` milliseconds lie between them.
    func touches(_ other: Hearing, gap: Int64) -> Bool {
        guard reader == other.reader, pass == other.pass else { return false }
        return Self.apart(other.first, last) < gap && Self.apart(first, other.last) < gap
    }

    /// How much later `later` is; a clock that jumped by centuries must not stop the sweep.
    static func apart(_ later: Int64, _ earlier: Int64) -> Int64 {
        let (difference, overflows) = later.subtractingReportingOverflow(earlier)
        return overflows ? (later > earlier ? .max : .min) : difference
    }

    /// Only of hearings that touch, so that the numbers stay small.
    mutating func join(_ other: Hearing) {
        let (begin, end) = (min(first, other.first), max(last, other.last))
        let (mine, theirs) = (first + Int64(peakAt), other.first + Int64(other.peakAt))
        let isTheirs = (other.peakSignal, mine) > (peakSignal, theirs)
        peakAt = UInt32(clamping: (isTheirs ? theirs : mine) - begin)
        peakSignal = max(peakSignal, other.peakSignal)
        first = begin
        length = UInt32(clamping: end - begin)
    }
}

extension [Hearing] {
    /// Adds a hearing; those that it brings together become one, so that the order of adding makes no difference.
    mutating func add(_ hearing: Hearing, gap: Int64) {
        var joined = hearing
        var isOpen = true
        // What was joined may touch another one now.
        while isOpen {
            isOpen = false
            for place in indices.reversed() where self[place].touches(joined, gap: gap) {
                joined.join(self[place])
                remove(at: place)
                isOpen = true
            }
        }
        append(joined)
    }
}
