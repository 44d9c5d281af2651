import Operations
import SIP2
import Testing

/// Fields as systems write them (ils §2.1): unknown ones, empty places between bars, a last one without its bar.
@Test(arguments: [
    ("121NNY20260102    100000AO|AB1|XIsame||AJx|", ""), ("121NNY20260102    100000AO|AB1||Z|AJx", "|"),
    ("121NNY20260102    100000", ""),
])
func `a line more for the kiosk's screen leaves every other byte of the answer as it came`(
    _ answer: String,
    _ joint: String
) throws {
    let watch = ProxyWatch(encoding: .utf8, rules: CirculationRules())
    let frame = SIP2Frame(body: Array(answer.utf8), check: .sequence(3))
    let told = watch.adding("see | staff", to: frame)
    #expect(String(decoding: told.body, as: UTF8.self) == answer + joint + "AFsee   staff|")
    #expect(told.check == .sequence(3))
}

@Test func `what is no message gets no line for the screen`() {
    let watch = ProxyWatch(encoding: .utf8, rules: CirculationRules())
    let frame = SIP2Frame(body: Array("no message".utf8), check: .none)
    #expect(watch.adding("see staff", to: frame) == frame)
}
