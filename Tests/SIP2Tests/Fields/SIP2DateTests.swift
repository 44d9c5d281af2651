import SIP2
import Testing

@Test func `a time is written in UTC or in the library's own time`() {
    // 2026-01-02 10:00:00 UTC.
    #expect(SIP2Date(unixSeconds: 1_767_348_000).description == "20260102   Z100000")
    #expect(SIP2Date(unixSeconds: 1_767_348_000, offset: 3600).description == "20260102    110000")
    #expect(SIP2Date(unixSeconds: 1_767_348_000, offset: -36_001).description == "20260101    235959")
}

@Test(
    arguments: [
        (951_782_400, "20000229   Z000000"), (0, "19700101   Z000000"), (4_107_542_399, "21000228   Z235959"),
        (1_709_164_800, "20240229   Z000000"), (Int64.max, "99991231   Z235959"), (Int64.min, "19700101   Z000000"),
    ] as [(Int64, String)]
)
func `leap days and the ends of time are right`(_ seconds: Int64, _ text: String) {
    #expect(SIP2Date(unixSeconds: seconds).description == text)
}

@Test func `a date has eighteen places and no bar`() {
    #expect(SIP2Date("20260102    100000") != nil)
    #expect(SIP2Date("20260102    10000") == nil)
    #expect(SIP2Date("20260102    10000|") == nil)
    #expect(SIP2Date("20260102    10000ø") == nil)
}

@Test(
    arguments: [
        ("20260301    235900", "2026-03-01 23:59"), ("20260301   Z120000", "2026-03-01 12:00 UTC"),
        ("1 March", "1 March"), ("01.03.2026  23:59:", "01.03.2026  23:59:"), ("", ""),
    ]
)
func `a date of due is told as people write it, other words as they came`(_ sent: String, _ told: String) {
    #expect(SIP2Date.words(of: sent) == told)
}
