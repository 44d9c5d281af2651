import Tags
import Testing

extension ISO15693.AirTime {
    var microseconds: Double { Double(cycles) / 13.56 }
}

@Suite struct AirTimeTests {
    /// Table of iso15693 §5: bytes and microseconds.
    @Test(arguments: [(5, 1623.6), (6, 1925.7), (12, 3738.1), (13, 4040.1), (14, 4342.2), (17, 5248.4), (18, 5550.4)])
    func `a request takes its time`(bytes: Int, microseconds: Double) {
        #expect(abs(ISO15693.AirTime.request(bytes: bytes).microseconds - microseconds) < 0.1)
    }

    @Test(arguments: [(3, 1208.3), (5, 1812.4), (7, 2416.5), (12, 3926.8), (17, 5437.2), (35, 10874.3), (115, 35039.5)])
    func `an answer takes its time`(bytes: Int, microseconds: Double) {
        #expect(abs(ISO15693.AirTime.response(bytes: bytes).microseconds - microseconds) < 0.1)
    }

    @Test func `a low rate is four times slower, a fast one twice as fast`() {
        let high = ISO15693.AirTime.response(bytes: 12)
        #expect(ISO15693.AirTime.response(bytes: 12, rate: .low).cycles == 4 * high.cycles)
        #expect(ISO15693.AirTime.response(bytes: 12, rate: .fast).cycles == high.cycles / 2)
    }

    @Test func `the fixed gaps are those of the standard`() {
        #expect(abs(ISO15693.AirTime.untilAnswer.microseconds - 320.9) < 0.1)
        #expect(abs(ISO15693.AirTime.untilRequest.microseconds - 309.2) < 0.1)
        #expect(abs(ISO15693.AirTime.emptySlot.microseconds - 474.3) < 0.1)
        #expect(abs(ISO15693.AirTime.emptySlotShallow.microseconds - 4250.1) < 0.1)
        #expect(ISO15693.AirTime.latestWriteAnswer.duration == .milliseconds(20))
    }

    @Test func `cycles and clock time agree`() {
        #expect(ISO15693.AirTime(cycles: 13_560_000).duration == .seconds(1))
        #expect(ISO15693.AirTime(.milliseconds(20)).cycles == 271_200)
        #expect(ISO15693.AirTime(.seconds(3600)).duration == .seconds(3600))
    }
}
