/// What is to be thought of a tag, from what went wrong with it.
package struct TagCondition: Hashable, Sendable {
    /// What to do with a tag; ``unknown`` while it was neither written to nor looked at often enough.
    package enum Verdict: String, Hashable, Sendable, CaseIterable {
        case good, watch, replace, unknown
    }

    /// What to do with the tag.
    package var verdict: Verdict
    /// Why, one sentence each.
    package var reasons: [String]

    /// How a tag was heard lately.
    package struct Hearing: Hashable, Sendable {
        /// Looks of one reader while the tag was about.
        package var looks: Int
        /// Of these looks those that it answered.
        package var answers: Int
        /// How often its memory could not be read although it answered.
        package var unreadable: Int

        package init(looks: Int, answers: Int, unreadable: Int) {
            self.looks = looks
            self.answers = answers
            self.unreadable = unreadable
        }
    }

    /// Looks below which a share of answers says nothing.
    package static let fewestLooks = 20

    /// A tag goes when a write to it fails more often than one in four, three times at least, or when its memory could
    /// not be read three times although it answered. Fewer failures than that, fewer answers than in nine of ten looks,
    /// or saying other than the loans, are worth a second look. A tag that was pulled away is no worse for it.
    package init(_ life: TagLife, hearing: Hearing?) {
        var (watch, replace): ([String], [String]) = ([], [])
        for (writes, what) in [(life.memory, "its memory"), (life.security, "its theft bit")] where writes.failed > 0 {
            let text = "\(writes.failed) of \(writes.tried) writes to \(what) were not read back as wanted"
            let isOften = writes.failed >= 3 && writes.failed * 4 > writes.tried
            if isOften { replace.append(text) } else { watch.append(text) }
        }
        if let hearing {
            if hearing.unreadable > 0 {
                let text = "its memory could not be read \(hearing.unreadable) times although it answered"
                if hearing.unreadable >= 3 { replace.append(text) } else { watch.append(text) }
            }
            if hearing.looks >= Self.fewestLooks, hearing.answers * 10 < hearing.looks * 9 {
                let percent = hearing.answers * 100 / hearing.looks
                watch.append("it answers in \(percent) % of the looks at it: badly placed, covered by metal, or weak")
            }
        }
        if life.isDivergent { watch.append("it says other than what the loans say") }
        reasons = replace + watch
        if !replace.isEmpty {
            verdict = .replace
        } else if !watch.isEmpty {
            verdict = .watch
        } else {
            let isKnown = life.memory.done + life.security.done > 0 || (hearing?.looks ?? 0) >= Self.fewestLooks
            verdict = isKnown ? .good : .unknown
        }
    }
}
