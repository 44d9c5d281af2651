import Library
import Testing

struct GateScanTests {
    private static func steps(_ scan: inout GateScan, _ count: Int, hit: (GateScan.Step) -> Bool) -> [GateScan.Step] {
        (0..<count).map { _ in
            let step = scan.next()
            scan.took(step, hit: hit(step))
            return step
        }
    }

    @Test func `an empty lane is asked for each armed value in one slot, and now and then for everybody`() {
        var scan = GateScan(SecurityPolicy(alsoArmed: [0x9E]), GateScan.Means(hasAFI: true))
        let steps = Self.steps(&scan, 40) { _ in false }
        #expect(Array(steps.prefix(4)) == [.poll(afi: 0x07), .poll(afi: 0x9E), .poll(afi: 0x07), .poll(afi: 0x9E)])
        #expect(steps.contains(.all) && steps.filter { $0 == .all }.count <= 5)
    }

    @Test func `a hit is followed by the names`() {
        var scan = GateScan(SecurityPolicy(), GateScan.Means(hasAFI: true))
        #expect(
            Self.steps(&scan, 3) { $0 == .poll(afi: 0x07) } == [.poll(afi: 0x07), .name(afi: 0x07), .poll(afi: 0x07)]
        )
    }

    @Test func `an EAS alarm without a name is followed by an inventory`() {
        var scan = GateScan(SecurityPolicy(mechanism: .eas), GateScan.Means(hasAFI: true, hasEAS: true))
        #expect(Self.steps(&scan, 2) { _ in true } == [.eas(manufacturer: 0x04), .all])
    }

    @Test func `a reader without AFI asks everybody each time`() {
        var scan = GateScan(SecurityPolicy(), GateScan.Means(hasAFI: false))
        #expect(Self.steps(&scan, 3) { _ in true } == [.all, .all, .all])
    }

    @Test func `an alarm whose tag is not heard at once is asked for a few times more`() {
        var scan = GateScan(SecurityPolicy(mechanism: .eas), GateScan.Means(hasAFI: false, hasEAS: true))
        let steps = Self.steps(&scan, 5) { if case .eas = $0 { true } else { false } }
        #expect(steps == [.eas(manufacturer: 0x04), .all, .all, .all, .eas(manufacturer: 0x04)])
    }

    private static let byPoll = GateScan.Means(hasAFI: false, hasPoll: true)

    @Test func `polls that nobody has proven are tried behind an inventory that found an armed item`() {
        var scan = GateScan(SecurityPolicy(), Self.byPoll)
        #expect(Self.steps(&scan, 2) { _ in false } == [.all, .all])
        scan.took(scan.next(), hit: true, newcomers: [0xC2])
        #expect(scan.next() == .all && scan.trust == .unproven)
        scan.took(.all, hit: true, newcomers: [0x07])
        #expect(scan.next() == .poll(afi: 0x07))
        scan.took(.poll(afi: 0x07), hit: true)
        #expect(scan.trust == .proven)
        #expect(Self.steps(&scan, 3) { _ in false } == [.all, .poll(afi: 0x07), .poll(afi: 0x07)])
        scan.took(.poll(afi: 0x07), hit: true)
        #expect(scan.next() == .all)
    }

    @Test func `polls that miss what is there are given up`() {
        var scan = GateScan(SecurityPolicy(), Self.byPoll)
        for _ in 0..<3 {
            scan.took(.all, hit: true, newcomers: [0x07])
            scan.took(scan.next(), hit: false)
        }
        #expect(scan.trust == .refused)
        scan.took(.all, hit: true, newcomers: [0x07])
        #expect(Self.steps(&scan, 3) { _ in false } == [.all, .all, .all])
    }

    @Test func `proven polls that grow deaf are given up too`() {
        var scan = GateScan(SecurityPolicy(), Self.byPoll)
        scan.took(.all, hit: true, newcomers: [0x07])
        scan.took(scan.next(), hit: true)
        var looks = 0
        while scan.trust == .proven, looks < 100 {
            let step = scan.next()
            // Somebody armed comes and is found by the look for everybody alone.
            scan.took(step, hit: step == .all, newcomers: step == .all ? [0x07] : [])
            looks += 1
        }
        #expect(scan.trust == .refused)
    }

    @Test func `a step that the reader refuses again and again is asked no more, others are`() {
        let means = GateScan.Means(hasAFI: false, hasEAS: true)
        let alarm = GateScan.Step.eas(manufacturer: 0x04)
        var scan = GateScan(SecurityPolicy(mechanism: .eas), means)
        for _ in 0..<20 {
            // Twice it goes wrong, then it is answered.
            for isRefused in [true, true, false] {
                if scan.next() != alarm { scan.took(.all, hit: false) }
                if isRefused { scan.refused(alarm) } else { scan.took(alarm, hit: false) }
            }
        }
        #expect(Self.steps(&scan, 2) { _ in false }.contains(alarm))
        var deaf = GateScan(SecurityPolicy(mechanism: .eas), means)
        for _ in 0..<3 { deaf.refused(deaf.next()) }
        #expect(Self.steps(&deaf, 3) { _ in false } == [.all, .all, .all])
    }

    @Test func `a step that the reader does not know is asked no more`() {
        var scan = GateScan(SecurityPolicy(mechanism: .eas), GateScan.Means(hasAFI: false, hasEAS: true))
        scan.lacks(scan.next())
        #expect(Self.steps(&scan, 3) { _ in false } == [.all, .all, .all])
    }

    @Test func `where AFI and bit both count, a reader without polls asks everybody`() {
        var scan = GateScan(SecurityPolicy(mechanism: .both), GateScan.Means(hasAFI: false, hasEAS: true))
        #expect(Self.steps(&scan, 3) { _ in false } == [.all, .all, .all])
        var quick = GateScan(SecurityPolicy(mechanism: .both), GateScan.Means(hasAFI: true, hasEAS: true))
        #expect(Self.steps(&quick, 2) { _ in false } == [.poll(afi: 0x07), .eas(manufacturer: 0x04)])
    }
}
