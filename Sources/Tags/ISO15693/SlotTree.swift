extension ISO15693 {
    /// Finds every tag in the field by asking, slot by slot, and asking again more narrowly where several answered.
    ///
    /// A pure machine: it says what to send next and is told what was heard. With sixteen slots a collision narrows the
    /// mask by four bits, with one slot by one bit (binary tree, better when an empty slot costs as much as an answer,
    /// iso15693 §6.2). Where one half of a collision stays silent, all who collided are in the other half, which is
    /// narrowed again without being asked. A strong tag can drown a weak one without any sign of collision, so rounds
    /// are repeated.
    package struct SlotTree: Sendable {
        /// What the reader shall do next.
        package enum Step: Hashable, Sendable {
            /// Send this inventory and listen to its first slot.
            case send(InventoryRequest)
            /// Send a lone end of frame and listen to the next slot.
            case nextSlot
            /// Silence this tag, so that weaker ones are heard in the next round.
            case stayQuiet(TagUID)
            case finished
        }

        /// What was heard in a slot.
        package enum Heard: Hashable, Sendable {
            case silence
            /// One frame, check bytes included.
            case frame([UInt8])
            case collision
        }

        /// When a round is followed by another one.
        package enum Repetition: Hashable, Sendable {
            /// One round.
            case never
            /// Until a round finds nobody new, at most this many rounds.
            case untilNothingNew(rounds: Int)
            /// The same, with the tags found so far silenced before each further round; the field must be switched off
            /// afterwards.
            case quieting(rounds: Int)
        }

        /// Questions asked in one round at most, so that noise that sounds like collisions everywhere comes to an end.
        /// Two hundred tags need about 70 with sixteen slots and 600 with one.
        package static let mostRequests = 1024

        /// How often in a row a half is taken for a collision unasked: noise sounds like a collision too, and every
        /// such step costs a question.
        package static let mostHalvesUnasked = 3

        /// Decides whether a collision narrows the mask by four bits or by one.
        package let slots: Slots
        /// Only tags with this AFI are looked for; `nil` for all.
        package let afi: UInt8?
        /// When another round follows once all questions of one are asked.
        package let repetition: Repetition

        /// Everyone heard so far, in the order of hearing.
        package private(set) var found: [InventoryAnswer] = []
        /// Whether questions were dropped because the field sounded like collisions without end.
        package private(set) var isIncomplete = false
        /// Questions asked so far, in all rounds.
        package private(set) var requests = 0

        private var known: Set<TagUID> = []
        private var work = [Question(.none)]
        private var state: State = .idle
        private var rounds = 0
        private var foundBeforeRound = 0
        private var requestsBeforeRound = 0

        private enum State: Hashable, Sendable {
            case idle
            /// A question is on air; this slot is being heard.
            case listening(Question, slot: Int)
            /// Between two rounds; this one of those found is silenced next.
            case quieting(next: Int)
        }

        private struct Question: Hashable, Sendable {
            var mask: Mask
            /// Whether the other half of a collision is asked for next, with one slot.
            var isFirstHalf = false
            /// How many halves on the way here were taken for collisions unasked.
            var unasked = 0

            init(_ mask: Mask) {
                self.mask = mask
            }
        }

        package init(slots: Slots, afi: UInt8? = nil, repetition: Repetition = .untilNothingNew(rounds: 8)) {
            self.slots = slots
            self.afi = afi
            self.repetition = repetition
        }

        /// The first step, or the next one after a step that is not listened to.
        package mutating func begin() -> Step {
            next()
        }

        /// Takes in what was heard and says what to do next.
        package mutating func heard(_ heard: Heard) -> Step {
            guard case .listening(let question, let slot) = state else { return next() }
            take(heard, question, slot: slot)
            guard slot + 1 < slots.rawValue else {
                state = .idle
                return next()
            }
            state = .listening(question, slot: slot + 1)
            return .nextSlot
        }

        private mutating func take(_ heard: Heard, _ question: Question, slot: Int) {
            guard heard != .silence else {
                splitOtherHalf(of: question)
                return
            }
            let narrowed = question.mask.adding(UInt64(slot), count: slots.bits)
            if case .frame(let bytes) = heard, let answer = try? InventoryAnswer(onAir: bytes),
                narrowed?.matches(answer.uid) == true
            {
                if known.insert(answer.uid).inserted { found.append(answer) }
                return
            }
            push(narrowed)
        }

        private mutating func push(_ mask: Mask?, unasked: Int = 0) {
            guard let mask else { return }
            let narrower = slots == .sixteen ? [mask] : [1, 0].compactMap { mask.adding($0, count: 1) }
            for mask in narrower where mask.length <= slots.longestMask {
                var question = Question(mask)
                question.unasked = unasked
                work.append(question)
            }
            if slots == .one, narrower.count == 2 { work[work.count - 1].isFirstHalf = true }
        }

        private mutating func splitOtherHalf(of silent: Question) {
            guard silent.isFirstHalf, silent.unasked < Self.mostHalvesUnasked, let other = work.last,
                other.mask.length < slots.longestMask
            else { return }
            work.removeLast()
            push(other.mask, unasked: silent.unasked + 1)
        }

        private mutating func next() -> Step {
            if requests - requestsBeforeRound >= Self.mostRequests, !work.isEmpty {
                isIncomplete = true
                work = []
            }
            if let question = work.popLast() {
                state = .listening(question, slot: 0)
                requests += 1
                return .send(InventoryRequest(slots: slots, afi: afi, mask: question.mask))
            }
            if case .quieting(let index) = state { return quiet(from: index) }
            state = .idle
            rounds += 1
            guard rounds < repetition.rounds, found.count > foundBeforeRound else { return .finished }
            if case .quieting = repetition { return quiet(from: foundBeforeRound) }
            return nextRound()
        }

        private mutating func quiet(from index: Int) -> Step {
            guard index < found.count else { return nextRound() }
            state = .quieting(next: index + 1)
            return .stayQuiet(found[index].uid)
        }

        private mutating func nextRound() -> Step {
            foundBeforeRound = found.count
            requestsBeforeRound = requests
            work = [Question(.none)]
            return next()
        }
    }
}

extension ISO15693.SlotTree.Repetition {
    fileprivate var rounds: Int {
        switch self {
        case .never: 1
        case .untilNothingNew(let rounds), .quieting(let rounds): rounds
        }
    }
}
