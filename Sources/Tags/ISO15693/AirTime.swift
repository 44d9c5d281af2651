extension ISO15693 {
    /// How long things take on air, in carrier cycles of 13.56 MHz (iso15693 §5); 1-of-4 coding, as every library
    /// reader uses.
    package struct AirTime: Hashable, Sendable, Comparable, AdditiveArithmetic {
        /// Of 73.7 ns each.
        package var cycles: Int64

        package init(cycles: Int64) {
            self.cycles = cycles
        }

        /// No time at all; where a sum begins.
        package static let zero = AirTime(cycles: 0)

        package static func < (left: AirTime, right: AirTime) -> Bool { left.cycles < right.cycles }
        /// One after the other.
        package static func + (left: AirTime, right: AirTime) -> AirTime { AirTime(cycles: left.cycles + right.cycles) }
        /// How much longer the left one takes; negative when it is the shorter one.
        package static func - (left: AirTime, right: AirTime) -> AirTime { AirTime(cycles: left.cycles - right.cycles) }
    }

    /// How fast a tag answers.
    package enum DataRate: Hashable, Sendable {
        /// 6.62 kbit/s.
        case low
        /// 26.48 kbit/s.
        case high
        /// 52.97 kbit/s: NXP's fast inventory, ST's fast reads, 2D and 3D.
        case fast

        /// Cycles of one bit.
        package var bit: Int64 {
            switch self {
            case .low: 2048
            case .high: 512
            case .fast: 256
            }
        }
    }
}

extension ISO15693.AirTime {
    /// The same time on a clock; the carrier is 13.56 MHz.
    package var duration: Duration {
        let whole = cycles / 13_560_000
        let rest = cycles % 13_560_000
        return .seconds(whole) + .nanoseconds(rest * 100_000 / 1356)
    }

    /// The whole cycles that begin within `duration`.
    package init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        cycles = seconds * 13_560_000 + attoseconds / 1_000_000_000 * 1356 / 100_000
    }

    /// A request of `bytes` bytes, check bytes included: start of frame, data, end of frame.
    package static func request(bytes: Int) -> Self { Self(cycles: 1536 + 4096 * Int64(bytes)) }

    /// A lone end of frame.
    package static let endOfFrame = Self(cycles: 512)

    /// An answer of `bytes` bytes, check bytes included: start of frame, data, end of frame, eight bits' time together
    /// for the two marks.
    package static func response(bytes: Int, rate: ISO15693.DataRate = .high) -> Self {
        Self(cycles: rate.bit * 8 * Int64(bytes + 1))
    }

    /// From the end of a request to the beginning of the answer (t1, nominal).
    package static let untilAnswer = Self(cycles: 4352)
    /// From the end of an answer to the next request (t2, least).
    package static let untilRequest = Self(cycles: 4192)
    /// From an end of frame nobody answers to the next one (t3) when the reader modulates fully: t1 at most and a start
    /// of frame.
    package static let emptySlot = Self(cycles: 6432)
    /// The same when the reader modulates by 10 %: t1 at most and a whole inventory answer.
    package static let emptySlotShallow = Self(cycles: 57632)
    /// The latest beginning of the answer to a write.
    package static let latestWriteAnswer = Self(cycles: 271_200)
    /// Writes answer on this grid behind ``untilAnswer`` (iso15693 §3.4).
    package static let writeStep = Self(cycles: 4096)
}
