package import Readers
package import Tags

/// A reader's antenna with the tags in front of it: what they hear, how their answers mix, and how long it all takes.
///
/// Time is counted in carrier cycles from the lengths of the frames (iso15693 §5), never measured. Chance comes from a
/// seed alone, so a run can be repeated.
package struct RadioField: Sendable {
    /// A tag and how well it hears and is heard.
    package struct Placed: Hashable, Sendable {
        /// The tag as it is now, with what the field has done to it.
        package var tag: VirtualTag
        /// 1 lies on the antenna, 0 is out of reach; fades with distance (see ``Coupling``).
        package var coupling: Double
        /// Set while the answer to a write waits for an end of frame.
        var held: Held?

        package init(tag: VirtualTag, coupling: Double = 1) {
            self.tag = tag
            self.coupling = coupling
        }
    }

    struct Held: Hashable, Sendable {
        var content: [UInt8]
        var rate: ISO15693.DataRate
        /// When programming is over.
        var ready: ISO15693.AirTime
        /// The tag as it was, in case programming is disturbed.
        var before: VirtualTag
    }

    /// What is in front of the antenna, in or out of reach.
    package private(set) var tags: [Placed]
    /// How good the air is; may be changed between two frames.
    package var conditions: RadioConditions
    /// Where all chance of this antenna comes from.
    package var chance: SeededGenerator
    /// Time spent on air since the antenna was made.
    package private(set) var clock: ISO15693.AirTime = .zero
    /// UIDs of tags that are pulled away in the middle of the next write to them.
    package var torn: Set<TagUID> = []
    private var tornAway: [TagUID] = []
    /// Whether the antenna gives power; without it no tag answers.
    package private(set) var isOn: Bool

    private var slots: OpenSlots?

    /// A slotted request on air: who answers in which slot still to come.
    private struct OpenSlots: Sendable {
        var current = 0
        var asked: AirRequest
        var answering: [(slot: Int, tag: Int)]
    }

    /// An antenna that is switched on; the tags wake up.
    package init(tags: [Placed], conditions: RadioConditions = RadioConditions(), seed: UInt64) {
        self.tags = tags
        self.conditions = conditions
        chance = SeededGenerator(seed: seed)
        isOn = true
        wake()
    }
}

extension RadioField {
    /// Takes away the tags there are and puts others in their place. Newcomers bring the state they are in.
    package mutating func exchange(tags newcomers: [Placed]) -> [Placed] {
        slots = nil
        defer { tags = newcomers }
        return tags
    }
}

extension RadioField {
    /// Tags pulled away in the middle of a write since the last call; they stay, silent, until they are taken out.
    package mutating func takeTorn() -> [TagUID] {
        defer { tornAway = [] }
        return tornAway
    }
}

extension RadioField: Air {
    package mutating func send(_ frame: [UInt8]) -> AirAnswer {
        closeSlots()
        clock += .request(bytes: frame.count)
        guard isOn else { return listenInVain(to: .unreadable) }
        let request = AirRequest(onAir: frame)
        switch request {
        case .unreadable:
            return listenInVain(to: request)
        case .inventory, .inventoryRead:
            openSlots(request)
            return hearSlot()
        case .command, .unknown:
            return hear(tags.indices.flatMap { deliver(request, to: $0) }, to: request)
        }
    }

    package mutating func endOfFrame() -> AirAnswer {
        clock += .endOfFrame
        guard isOn else { return listenInVain(to: .unreadable) }
        if slots != nil {
            slots?.current += 1
            return hearSlot()
        }
        return hear(tags.indices.flatMap { release(heldBy: $0) }, to: .unreadable)
    }

    package mutating func setField(on: Bool) {
        guard on != isOn else { return }
        isOn = on
        slots = nil
        for index in tags.indices {
            disturb(index)
            if on { tags[index].tag.powerOn() } else { tags[index].tag.powerOff(forgetting: false) }
        }
        // Tags need a moment to fall asleep and to wake up (iso15693 §5, field-on guard; §11.20).
        clock += ISO15693.AirTime(on ? .milliseconds(5) : .milliseconds(10))
    }

    package mutating func wait(_ time: Duration) {
        clock += ISO15693.AirTime(time)
    }
}

// MARK: - Asking

extension RadioField {
    private mutating func wake() {
        for index in tags.indices { tags[index].tag.powerOn() }
    }

    /// Any start of frame ends a slot sequence, and disturbs a tag that is still programming.
    private mutating func closeSlots() {
        slots = nil
        for index in tags.indices { disturb(index) }
    }

    private mutating func disturb(_ index: Int) {
        guard let held = tags[index].held else { return }
        tags[index].held = nil
        guard clock < held.ready else { return }
        let state = tags[index].tag.state
        tags[index].tag = .torn(from: held.before, to: tags[index].tag, using: &chance)
        if state != .unpowered { tags[index].tag.powerOn() }
    }

    private mutating func openSlots(_ request: AirRequest) {
        var answering: [(slot: Int, tag: Int)] = []
        for index in tags.indices where hears(index) {
            let tag = tags[index].tag
            let slot =
                switch request {
                case .inventory(let inventory):
                    tag.slot(afi: inventory.afi, mask: inventory.mask, slots: inventory.slots)
                case .inventoryRead(let read): tag.slot(read)
                default: nil as Int?
                }
            if let slot { answering.append((slot, index)) }
        }
        slots = OpenSlots(asked: request, answering: answering)
    }

    private mutating func hearSlot() -> AirAnswer {
        guard let slots else { return .silence }
        let answers = slots.answering.filter { $0.slot == slots.current }.map { entry in
            let (content, rate) = slotAnswer(of: entry.tag, to: slots.asked)
            return Sounding(
                content: content,
                rate: rate,
                delay: .untilAnswer,
                coupling: tags[entry.tag].coupling
            )
        }
        return hear(answers, to: slots.asked)
    }

    private mutating func slotAnswer(of index: Int, to request: AirRequest) -> ([UInt8], ISO15693.DataRate) {
        switch request {
        case .inventoryRead(let read):
            let rate: ISO15693.DataRate = read.signalling.contains(.highDataRate) ? .high : .low
            return (tags[index].tag.answer(read), read.fast ? .fast : rate)
        case .inventory(let inventory):
            return (tags[index].tag.inventoryAnswer, inventory.signalling.contains(.highDataRate) ? .high : .low)
        default:
            return ([], .high)
        }
    }

    private mutating func deliver(_ request: AirRequest, to index: Int) -> [Sounding] {
        guard hears(index) else { return [] }
        let before = tags[index].tag
        let reaction: Reaction
        let isWrite: Bool
        switch request {
        case .command(let frame):
            reaction = tags[index].tag.receive(frame)
            isWrite = frame.request.isWrite
        case .unknown(let header):
            reaction = tags[index].tag.receiveUnknown(header)
            isWrite = false
        default:
            return []
        }
        if isWrite, reaction != .silent, torn.contains(before.uid) {
            tear(index, from: before)
            return []
        }
        switch reaction {
        case .silent:
            return []
        case .answers(let content, let writing, let rate):
            if writing != nil, chance.chance(conditions.lateWrites) { return [] }
            let delay = ISO15693.AirTime.untilAnswer + Self.onGrid(writing)
            return [Sounding(content: content, rate: rate, delay: delay, coupling: tags[index].coupling)]
        case .answersOnEndOfFrame(let content, let writing, let rate):
            tags[index].held = Held(
                content: content,
                rate: rate,
                ready: clock + ISO15693.AirTime(writing),
                before: before
            )
            return []
        }
    }

    /// A write answers on a grid of 4096 cycles (iso15693 §3.4).
    private static func onGrid(_ writing: Duration?) -> ISO15693.AirTime {
        guard let writing else { return .zero }
        let step = ISO15693.AirTime.writeStep.cycles
        let beyond = max(ISO15693.AirTime(writing).cycles - ISO15693.AirTime.untilAnswer.cycles, 0)
        return ISO15693.AirTime(cycles: (beyond + step / 2) / step * step)
    }

    private mutating func release(heldBy index: Int) -> [Sounding] {
        guard let held = tags[index].held else { return [] }
        guard clock >= held.ready else {
            disturb(index)
            return []
        }
        tags[index].held = nil
        return [Sounding(content: held.content, rate: held.rate, delay: .untilAnswer, coupling: tags[index].coupling)]
    }

    private mutating func tear(_ index: Int, from before: VirtualTag) {
        let tag = VirtualTag.torn(from: before, to: tags[index].tag, using: &chance)
        torn.remove(tag.uid)
        tornAway.append(tag.uid)
        tags[index].tag = tag
    }
}

// MARK: - Listening

/// One tag's answer on air.
struct Sounding: Hashable, Sendable {
    var content: [UInt8]
    var rate: ISO15693.DataRate
    /// From the end of the request.
    var delay: ISO15693.AirTime
    var coupling: Double
}

extension RadioField {
    /// Whether a request reaches this tag: it must be awake, near enough, and lucky at the edge.
    private mutating func hears(_ index: Int) -> Bool {
        guard tags[index].tag.state != .unpowered else { return false }
        return chance.chance(conditions.hearing(at: tags[index].coupling))
    }

    private mutating func listenInVain(to request: AirRequest) -> AirAnswer {
        var patience = conditions.modulation == .full ? ISO15693.AirTime.emptySlot : .emptySlotShallow
        if case .command(let frame) = request, frame.request.isWrite, !frame.waitsForEndOfFrame {
            patience = .latestWriteAnswer
        }
        clock += patience
        return .silence
    }

    /// Mixes what sounds at the same time: the same bits pass, others collide, and one much stronger than the rest is
    /// understood all the same.
    private mutating func hear(_ answers: [Sounding], to request: AirRequest) -> AirAnswer {
        let answers = answers.filter { _ in !chance.chance(conditions.lostAnswers) }
        guard let strongest = answers.max(by: { $0.coupling < $1.coupling }) else {
            return listenInVain(to: request)
        }
        clock += answers.map { $0.delay + .response(bytes: $0.content.count + 2, rate: $0.rate) }.max() ?? .zero
        clock += .untilRequest
        let others = answers.filter { $0.content != strongest.content || $0.rate != strongest.rate }
        if let rival = others.map(\.coupling).max(), strongest.coupling < rival * conditions.captureRatio {
            return .collision
        }
        return received(ISO15693.FrameCheck.sealing(strongest.content), coupling: strongest.coupling)
    }

    private mutating func received(_ frame: [UInt8], coupling: Double) -> AirAnswer {
        guard chance.chance(conditions.damage(bits: frame.count * 8, at: coupling)) else { return .frame(frame) }
        var damaged = frame
        let bit = Int(chance.next() % UInt64(frame.count * 8))
        damaged[bit / 8] ^= 1 << UInt8(bit % 8)
        return .frame(damaged)
    }
}
