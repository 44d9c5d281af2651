/// When the machine itself was slow, whatever ran on it, as the looks of a meter at its processors tell.
///
/// A virtual machine's processor may run at half its speed, or be taken away, for tens of milliseconds every second. What
/// is measured meanwhile says more of the machine than of us, so it is told both with such times and apart from them.
package struct SlowTimes: Sendable {
    /// One look of a meter at its processor; nanoseconds on the clock of what is measured beside it.
    package struct Look: Hashable, Sendable {
        /// When the meter wanted to be woken.
        package var due: UInt64
        package var woken: UInt64
        /// How long the same work took, in the meter's own processor time: waiting for others is not in it.
        package var work: UInt64

        package init(due: UInt64, woken: UInt64, work: UInt64) {
            self.due = due
            self.woken = woken
            self.work = work
        }
    }

    /// How many looks were slow, in hundredths of all.
    package let share: Double
    /// Each from the last ordinary look of a processor to its next one, with slow looks between; what came before the
    /// first ordinary look and after the last nobody vouches for.
    private let stretches: [ClosedRange<UInt64>]

    /// A look is slow when the work took half as long again as in the median of its processor, or when it came too late.
    ///
    /// - Parameters:
    ///   - looks: of each processor, oldest first.
    ///   - latest: how late an ordinary look may come, in nanoseconds; `nil` where other programs can have kept the meter
    ///     waiting, so that its lateness says nothing of the machine.
    package init(_ looks: [[Look]], latest: UInt64?) {
        var stretches: [ClosedRange<UInt64>] = looks.isEmpty ? [0...UInt64.max] : []
        var slow = 0
        for looks in looks {
            let usual = looks.map(\.work).sorted().dropFirst(looks.count / 2).first ?? 0
            var ordinary: UInt64 = 0
            var isSlow = true
            for look in looks {
                if look.work > usual + usual / 2 || latest.map({ look.woken > look.due + $0 }) == true {
                    isSlow = true
                    slow += 1
                } else {
                    if isSlow { stretches.append(ordinary...max(ordinary, look.woken)) }
                    isSlow = false
                    ordinary = look.woken
                }
            }
            stretches.append(ordinary...UInt64.max)
        }
        self.stretches = stretches
        let count = looks.reduce(0) { $0 + $1.count }
        share = count > 0 ? Double(slow) * 100 / Double(count) : 0
    }

    /// Whether something that lasted so long had a slow time of any processor in it.
    package func had(_ span: ClosedRange<UInt64>) -> Bool { stretches.contains { $0.overlaps(span) } }
}
