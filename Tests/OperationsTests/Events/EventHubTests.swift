import Operations
import Testing

@Suite(.timeLimit(.minutes(10))) struct EventHubTests {
    /// The number of divergences; 0 where events were lost.
    private func number(_ event: BranchEvent?) -> Int? {
        switch event {
        case .divergences(let open): open
        case .lost: 0
        default: nil
        }
    }

    @Test func `what somebody waits for is not pushed out by what he does not`() async {
        let hub = EventHub()
        let wanted = await hub.events { event in
            if case .divergences = event { true } else { false }
        }
        await hub.send(.divergences(open: 7))
        for place in 0..<(3 * EventHub.lag) { await hub.send(.librarySystem(isOnline: place.isMultiple(of: 2))) }
        await hub.send(.divergences(open: 8))
        var waiting = wanted.makeAsyncIterator()
        let heard = [number(await waiting.next()), number(await waiting.next())]
        #expect(heard == [7, 8])
    }

    @Test func `whoever falls behind is told that events were lost, and nobody else is`() async {
        let hub = EventHub()
        var slow = await hub.events().makeAsyncIterator()
        var quick = await hub.events().makeAsyncIterator()
        let sent = 3 * EventHub.lag
        for round in 1...2 {
            for open in 1...sent {
                await hub.send(.divergences(open: open))
                let heard = number(await quick.next())
                #expect(heard == open)
            }
            var waiting: [Int] = []
            for _ in 0..<EventHub.lag { waiting.append(number(await slow.next()) ?? -1) }
            #expect(waiting.count { $0 == 0 } == 1, "round \(round)")
            let events = waiting.filter { $0 != 0 }
            #expect(events == Array((sent - events.count + 1)...sent), "the newest, in order")
            await hub.send(.divergences(open: round))
            let (heard, last) = (number(await quick.next()), number(await slow.next()))
            #expect(heard == round && last == round)
        }
    }
}
