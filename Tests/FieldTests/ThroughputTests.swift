import Field
import Readers
import Tags
import Testing

/// Time until every tag is known in the simulation of iso15693 §6.2 (random UIDs, 100 % and 10 % modulation).
@Suite struct ThroughputTests {
    private struct Row: Sendable {
        var tags: Int
        var full: Double
        var shallow: Double
        var binary: Double
    }

    private static let table = [
        Row(tags: 1, full: 13.9, shallow: 70.5, binary: 6.2), Row(tags: 2, full: 19.3, shallow: 77.5, binary: 29.6),
        Row(tags: 5, full: 38.1, shallow: 111, binary: 76.5), Row(tags: 10, full: 81.5, shallow: 228, binary: 163),
        Row(tags: 30, full: 285, shallow: 842, binary: 505), Row(tags: 100, full: 877, shallow: 2392, binary: 1701),
    ]

    /// The mean over many fields of random tags, in milliseconds.
    private func milliseconds(
        _ count: Int,
        slots: ISO15693.Slots,
        modulation: RadioConditions.Modulation,
        runs: UInt64
    ) -> Double {
        var conditions = RadioConditions()
        conditions.modulation = modulation
        var cycles: Int64 = 0
        for seed in 1...runs {
            var air = field(someTags(count, seed: seed), conditions: conditions, seed: seed)
            #expect(air.inventory(slots: slots, repetition: .never).count == count)
            cycles += air.clock.cycles
        }
        return Double(cycles) / Double(runs) / 13560
    }

    @Test(arguments: table.indices)
    func `the sixteen-slot tree is as fast as the protocol allows`(row: Int) {
        let row = Self.table[row]
        let runs: UInt64 = row.tags > 20 ? 20 : 150
        let time = milliseconds(row.tags, slots: .sixteen, modulation: .full, runs: runs)
        #expect(abs(time - row.full) < row.full * 0.08, "\(row.tags) tags: \(time) ms")
        let shallow = milliseconds(row.tags, slots: .sixteen, modulation: .shallow, runs: runs)
        #expect(abs(shallow - row.shallow) < row.shallow * 0.08, "\(row.tags) tags: \(shallow) ms")
    }

    @Test(arguments: table.indices)
    func `the one-slot tree is as fast as the protocol allows`(row: Int) {
        let row = Self.table[row]
        let runs: UInt64 = row.tags > 20 ? 20 : 150
        let time = milliseconds(row.tags, slots: .one, modulation: .full, runs: runs)
        #expect(abs(time - row.binary) < row.binary * 0.08, "\(row.tags) tags: \(time) ms")
    }

    @Test func `thirty tags take as long as the ceiling says`() {
        // 105 to 130 tags a second at 100 %; at 10 % the one-slot tree wins with 55 against 36.
        let full = 30_000 / milliseconds(30, slots: .sixteen, modulation: .full, runs: 40)
        #expect((100...130).contains(full), "\(full) tags a second")
        let shallow = 30_000 / milliseconds(30, slots: .sixteen, modulation: .shallow, runs: 40)
        #expect((33...45).contains(shallow), "\(shallow) tags a second")
        let binary = 30_000 / milliseconds(30, slots: .one, modulation: .shallow, runs: 40)
        #expect(binary > 50, "\(binary) tags a second")
    }
}
