import Glibc

/// A point on the kernel's monotonic clock, which no change of the wall clock moves.
struct Deadline: Hashable, Comparable, Sendable {
    /// Nanoseconds on CLOCK_MONOTONIC.
    var nanoseconds: UInt64

    static let never = Deadline(nanoseconds: .max)

    static var now: Deadline {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Deadline(nanoseconds: UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec))
    }

    static func < (left: Deadline, right: Deadline) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    /// The point `duration` later; the past is now, and what is too far to count is never.
    static func + (start: Deadline, duration: Duration) -> Deadline {
        guard duration > .zero else { return start }
        let parts = duration.components
        let (whole, overflow) = UInt64(parts.seconds).multipliedReportingOverflow(by: 1_000_000_000)
        let (length, carried) = whole.addingReportingOverflow(UInt64(parts.attoseconds / 1_000_000_000))
        let (end, beyond) = start.nanoseconds.addingReportingOverflow(length)
        return overflow || carried || beyond ? .never : Deadline(nanoseconds: end)
    }

    /// How long from `earlier` to this point; zero when it has passed.
    func after(_ earlier: Deadline) -> Duration {
        self > earlier ? .nanoseconds(Int64(clamping: nanoseconds - earlier.nanoseconds)) : .zero
    }
}
