import Library
import Testing

@Suite struct TagConditionTests {
    private func life(tried: Int, failed: Int, uncertain: Int = 0) -> TagLife {
        var life = TagLife()
        life.memory.tried = tried
        life.memory.failed = failed
        life.memory.uncertain = uncertain
        life.memory.done = tried - failed - uncertain
        return life
    }

    @Test(
        arguments: [
            (0, 0, 0, .unknown), (5, 0, 0, .good), (5, 1, 0, .watch), (8, 3, 0, .replace), (12, 3, 0, .watch),
            // Pulled away is not failed.
            (5, 0, 4, .good), (2, 2, 0, .watch),
        ] as [(Int, Int, Int, TagCondition.Verdict)]
    )
    func `failed writes speak against a tag, tags that were pulled away do not`(
        _ tried: Int,
        _ failed: Int,
        _ uncertain: Int,
        _ verdict: TagCondition.Verdict
    ) {
        let condition = TagCondition(life(tried: tried, failed: failed, uncertain: uncertain), hearing: nil)
        #expect(condition.verdict == verdict)
        #expect(condition.reasons.isEmpty == [.good, .unknown].contains(verdict))
    }

    @Test(
        arguments: [
            (19, 1, 0, .unknown), (20, 20, 0, .good), (20, 18, 0, .good), (20, 17, 0, .watch), (40, 40, 1, .watch),
            (40, 40, 3, .replace),
        ] as [(Int, Int, Int, TagCondition.Verdict)]
    )
    func `a tag that answers seldom is looked at again`(
        _ looks: Int,
        _ answers: Int,
        _ unreadable: Int,
        _ verdict: TagCondition.Verdict
    ) {
        let hearing = TagCondition.Hearing(looks: looks, answers: answers, unreadable: unreadable)
        #expect(TagCondition(TagLife(), hearing: hearing).verdict == verdict)
    }

    @Test func `a wrong bit is a reason to look`() {
        var life = TagLife()
        life.isDivergent = true
        #expect(TagCondition(life, hearing: nil).verdict == .watch)
    }
}
