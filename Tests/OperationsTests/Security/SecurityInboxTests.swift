import Library
import Tags
import Testing

@testable import Operations

/// A look at a field in which these tags came.
private func look(
    _ reader: String,
    _ role: StationRole,
    came: [UInt64],
    lying: [UInt64],
    afi: UInt8 = 0x07
) -> StationRound {
    let at = Moment(milliseconds: 1_700_000_000_000)
    return StationRound(
        reader: reader,
        role: role,
        at: at,
        arrived: came.map { HeardTag(uid: TagUID($0), at: at, antenna: nil, signal: nil, afi: afi) },
        left: [],
        heard: lying.map { TagUID($0) },
        present: lying.map { TagUID($0) }
    )
}

extension SecurityInbox {
    /// Everything that waits, in its order.
    fileprivate mutating func all() -> [SecurityNews] {
        var all: [SecurityNews] = []
        while let news = next() { all.append(news) }
        return all
    }
}

@Suite struct SecurityInboxTests {
    @Test func `what a pad has told comes before what wands tell, however much that is`() {
        var inbox = SecurityInbox()
        let onPad = look("pad-1", .pad, came: [1], lying: [1])
        let walk = (10..<UInt64(SecurityInbox.most + 60)).map { look("wand-1", .wand, came: [$0], lying: [$0]) }
        inbox.take(walk[0])
        inbox.take(onPad)
        for round in walk.dropFirst() { inbox.take(round) }
        let all = inbox.all()
        #expect(all.first == .round(onPad))
        let newest = walk.suffix(SecurityInbox.most).map { SecurityNews.round($0) }
        #expect(Array(all.dropFirst()) == newest, "the newest, in their order")
    }

    @Test func `looks of one pad that wait become one, in which every tag is as it was heard last`() {
        var inbox = SecurityInbox()
        inbox.take(look("pad-1", .pad, came: [1, 2], lying: [1, 2]))
        inbox.take(look("pad-2", .pad, came: [7], lying: [7]))
        inbox.take(look("pad-1", .pad, came: [2, 3], lying: [1, 2, 3], afi: 0xC2))
        let all = inbox.all()
        var together = look("pad-1", .pad, came: [1], lying: [1, 2, 3])
        together.arrived += look("pad-1", .pad, came: [2, 3], lying: [], afi: 0xC2).arrived
        #expect(all == [.round(together), .round(look("pad-2", .pad, came: [7], lying: [7]))])
    }

    @Test func `of too many tags on one pad those wait that still lie there`() {
        var inbox = SecurityInbox()
        let many = Array(1...UInt64(SecurityInbox.most))
        inbox.take(look("pad-1", .pad, came: many, lying: many))
        inbox.take(look("pad-1", .pad, came: [1000], lying: [5, 1000]))
        guard case .round(let round)? = inbox.next() else {
            Issue.record("wanted a look at the pad")
            return
        }
        #expect(round.arrived.map(\.uid) == [TagUID(5), TagUID(1000)])
    }

    @Test func `the clock and a wand take turns`() {
        var inbox = SecurityInbox()
        let walk = (10..<UInt64(12)).map { look("wand-1", .wand, came: [$0], lying: [$0]) }
        for round in walk { inbox.take(round) }
        var turns: [SecurityNews] = []
        for _ in 0..<5 {
            inbox.tick()
            inbox.tick()
            if let news = inbox.next() { turns.append(news) }
        }
        #expect(turns == [.tick, .round(walk[0]), .tick, .round(walk[1]), .tick])
    }

    @Test func `nothing is heard any more of a reader that is gone, until another one has its name`() {
        var inbox = SecurityInbox()
        for (reader, role) in [("pad-1", StationRole.pad), ("wand-1", .wand)] {
            inbox.take(look(reader, role, came: [1], lying: [1]))
            inbox.forget(reader)
        }
        let next = look("pad-1", .pad, came: [2], lying: [2])
        inbox.take(next)
        #expect(inbox.all() == [.gone("pad-1"), .gone("wand-1"), .round(next)])
    }
}
