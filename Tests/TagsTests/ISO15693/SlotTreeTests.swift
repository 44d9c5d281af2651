import Tags
import Testing

/// Tags that only know the rule of iso15693 §4.2, to try the tree on.
private struct PlainTags {
    var uids: [TagUID]
    private var request: ISO15693.InventoryRequest?
    private var slot = 0

    init(_ uids: [TagUID]) {
        self.uids = uids
    }

    mutating func answer(_ step: ISO15693.SlotTree.Step) -> ISO15693.SlotTree.Heard {
        switch step {
        case .send(let request):
            self.request = request
            slot = 0
        case .nextSlot:
            slot += 1
        case .stayQuiet(let uid):
            uids.removeAll { $0 == uid }
            return .silence
        case .finished:
            return .silence
        }
        guard let request else { return .silence }
        let answering = uids.filter {
            request.mask.matches($0) && Int(request.mask.bits(above: $0, count: request.slots.bits)) == slot
        }
        if answering.count > 1 { return .collision }
        return answering.first.map { .frame(ISO15693.InventoryAnswer(dsfid: 0, uid: $0).onAir) } ?? .silence
    }
}

private func run(_ tree: ISO15693.SlotTree, on uids: [TagUID]) -> (
    tree: ISO15693.SlotTree, steps: [ISO15693.SlotTree.Step]
) {
    var tree = tree
    var tags = PlainTags(uids)
    var step = tree.begin()
    var steps = [step]
    while step != .finished, steps.count < 100_000 {
        let heard = tags.answer(step)
        if case .stayQuiet = step { step = tree.begin() } else { step = tree.heard(heard) }
        steps.append(step)
    }
    return (tree, steps)
}

private func mask(_ length: Int, _ value: UInt64) -> ISO15693.Mask {
    ISO15693.Mask(length: length, value: value) ?? .none
}

private func uid(_ serial: UInt64) -> TagUID { TagUID(0xE004_0150_0000_0000 | serial) }

@Suite struct SlotTreeTests {
    @Test func `sixteen slots are all listened to, the last one too`() {
        // Slot F: the loop of a known reader library stops before it (iso15693 §4.3).
        let (tree, steps) = run(.init(slots: .sixteen, repetition: .never), on: [uid(0x0F)])
        #expect(tree.found.map(\.uid) == [uid(0x0F)])
        #expect(steps.count { $0 == .nextSlot } == 15)
        #expect(tree.requests == 1)
    }

    @Test func `a collision in slot 3 is asked again with four bits of mask`() {
        let (tree, steps) = run(.init(slots: .sixteen, repetition: .never), on: [uid(0x03), uid(0x13)])
        #expect(steps.contains(.send(.init(slots: .sixteen, mask: mask(4, 3)))))
        #expect(Set(tree.found.map(\.uid)) == [uid(0x03), uid(0x13)])
        #expect(tree.requests == 2)
    }

    @Test func `zero nibbles are told apart`() {
        let uids = [uid(0x0000), uid(0x1000), uid(0x10_0000)]
        let (tree, _) = run(.init(slots: .sixteen, repetition: .never), on: uids)
        #expect(Set(tree.found.map(\.uid)) == Set(uids))
    }

    @Test(arguments: [ISO15693.Slots.sixteen, .one])
    func `tags that differ only in the highest bits are found`(slots: ISO15693.Slots) {
        let uids = [TagUID(0xE004_0150_1234_5678), TagUID(0xE007_0150_1234_5678), TagUID(0xE004_0110_1234_5678)]
        let (tree, _) = run(.init(slots: slots, repetition: .never), on: uids)
        #expect(Set(tree.found.map(\.uid)) == Set(uids))
    }

    @Test func `one slot narrows by one bit`() {
        let (tree, steps) = run(.init(slots: .one, repetition: .never), on: [uid(0), uid(1)])
        #expect(tree.found.map(\.uid) == [uid(0), uid(1)])
        #expect(
            steps == [
                .send(.init(slots: .one)),
                .send(.init(slots: .one, mask: mask(1, 0))),
                .send(.init(slots: .one, mask: mask(1, 1))),
                .finished,
            ]
        )
    }

    @Test func `a half that must hold all who collided is narrowed without being asked`() {
        // Both end in 1: nobody is in half 0, so half 1 is not asked and its two halves are.
        let (tree, steps) = run(.init(slots: .one, repetition: .never), on: [uid(0b01), uid(0b11)])
        #expect(Set(tree.found.map(\.uid)) == [uid(0b01), uid(0b11)])
        #expect(
            steps == [
                .send(.init(slots: .one)),
                .send(.init(slots: .one, mask: mask(1, 0))),
                .send(.init(slots: .one, mask: mask(2, 0b01))),
                .send(.init(slots: .one, mask: mask(2, 0b11))),
                .finished,
            ]
        )
    }

    @Test func `noise that sounds like a collision once costs few questions`() {
        var tree = ISO15693.SlotTree(slots: .one, repetition: .never)
        _ = tree.begin()
        var step = tree.heard(.collision)
        while step != .finished { step = tree.heard(.silence) }
        #expect(tree.requests == 3 + ISO15693.SlotTree.mostHalvesUnasked)
        #expect(tree.found.isEmpty)
        #expect(!tree.isIncomplete)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `one slot misses nobody and asks fewer than 2,8 questions a tag`(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var questions = 0
        for _ in 0..<20 {
            let uids = Set((0..<100).map { _ in uid(random.next() & 0xFF_FFFF) })
            let (tree, _) = run(.init(slots: .one, repetition: .never), on: Array(uids))
            #expect(Set(tree.found.map(\.uid)) == uids)
            questions += tree.requests
        }
        #expect(questions < 20 * 280)
    }

    @Test func `rounds are repeated until nobody new is heard`() {
        let (tree, _) = run(.init(slots: .sixteen), on: [uid(1), uid(2)])
        #expect(tree.requests == 2)
        let (empty, _) = run(.init(slots: .sixteen), on: [])
        #expect(empty.requests == 1)
    }

    @Test func `quieting silences everyone found before the next round`() {
        let (tree, steps) = run(.init(slots: .sixteen, repetition: .quieting(rounds: 3)), on: [uid(1), uid(2)])
        #expect(
            steps.filter { if case .stayQuiet = $0 { true } else { false } } == [
                .stayQuiet(uid(1)), .stayQuiet(uid(2)),
            ]
        )
        #expect(tree.found.count == 2)
    }

    @Test(arguments: [ISO15693.Slots.sixteen, .one])
    func `noise that never stops ends all the same and says so`(slots: ISO15693.Slots) {
        var tree = ISO15693.SlotTree(slots: slots)
        var step = tree.begin()
        var steps = 0
        while step != .finished, steps < 1_000_000 {
            step = tree.heard(.collision)
            steps += 1
        }
        #expect(step == .finished)
        #expect(tree.requests <= ISO15693.SlotTree.mostRequests)
        #expect(tree.isIncomplete)
        #expect(tree.found.isEmpty)
    }

    @Test func `an answer in a slot it does not belong to is not believed`() {
        var tree = ISO15693.SlotTree(slots: .sixteen, repetition: .never)
        _ = tree.begin()
        let step = tree.heard(.frame(ISO15693.InventoryAnswer(dsfid: 0, uid: uid(0x07)).onAir))
        #expect(step == .nextSlot)
        #expect(tree.found.isEmpty)
    }

    @Test func `the AFI stands in every question`() {
        let (_, steps) = run(.init(slots: .sixteen, afi: 0x07, repetition: .never), on: [uid(3), uid(0x13)])
        let questions = steps.compactMap { step -> UInt8?? in
            if case .send(let request) = step { request.afi } else { nil }
        }
        #expect(questions == [0x07, 0x07])
    }
}
