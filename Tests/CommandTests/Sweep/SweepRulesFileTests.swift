import API
import Testing

@testable import Command

private func complaint(_ text: String) -> Complaint? {
    do throws(Complaint) {
        _ = try SweepRulesFile.request(text, name: "new.json")
        return nil
    } catch {
        return error
    }
}

@Suite struct SweepRulesFileTests {
    @Test func `any rule may be left out`() throws {
        let text = #"{"certainty": 0.95, "severities": {"not for loan": "note"}}"#
        let wanted = SweepReplayRequest(certainty: 0.95, severities: ["not for loan": "note"])
        #expect(try SweepRulesFile.request(text, name: "new.json") == wanted)
        #expect(try SweepRulesFile.request("{}", name: "new.json") == SweepReplayRequest())
    }

    @Test func `a rule that is not known is told, not left out`() {
        let found = complaint(#"{"certainity": 0.95}"#)
        #expect(found?.message.hasPrefix("new.json: found 'certainity', wanted one of reach, passes") == true)
        #expect(found?.isUsage == true)
    }

    @Test func `every rule that the daemon takes may be in the file`() {
        let rules = Mirror(reflecting: SweepReplayRequest()).children.compactMap(\.label)
        #expect(rules.count > 5)
        #expect(complaint(#"{"none": 1}"#)?.message.hasSuffix("wanted one of \(rules.joined(separator: ", "))") == true)
    }

    @Test(arguments: [
        ("", "new.json: found something else, wanted JSON"),
        ("certainty = 1", "new.json: found something else, wanted JSON"),
        (#"{"certainty": "high"}"#, "certainty: found another kind of value, wanted a number"),
        (#"{"passes": "two"}"#, "passes: found another kind of value, wanted a whole number"),
        (#"{"checksOrder": 1}"#, "checksOrder: found another kind of value, wanted true or false"),
    ])
    func `a mistake is told in our words`(_ text: String, _ message: String) {
        #expect(complaint(text)?.message == message)
        #expect(complaint(text)?.hint == "see pressmark sweep replay --help for an example")
    }
}
