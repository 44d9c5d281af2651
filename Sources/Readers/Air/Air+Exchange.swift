package import Tags

/// What a reader's firmware does on air, written once for every twin and every transparent reader.
extension Air {
    /// Sends one command to one tag and returns what it answered; `nil` when nothing readable came back, or when the
    /// command cannot be said on air.
    ///
    /// Chips that answer a write only after a lone end of frame get it after `writeTime` (iso15693 §3.4: 16 to 20 ms,
    /// at the latest 20).
    package mutating func exchange(
        _ request: ISO15693.Request,
        with uid: TagUID,
        blockSize: Int? = nil,
        writeTime: Duration = .milliseconds(18)
    ) -> ISO15693.Response? {
        let onEndOfFrame = request.isWrite && uid.answersWritesOnEndOfFrame
        guard let frame = try? ISO15693.RequestFrame(request, to: uid, answerOnEndOfFrame: onEndOfFrame) else {
            return nil
        }
        var answer = send(frame.onAir)
        if frame.waitsForEndOfFrame, answer == .silence {
            wait(writeTime)
            answer = endOfFrame()
        }
        guard case .frame(let bytes) = answer else { return nil }
        return try? ISO15693.Response(onAir: bytes, answering: frame, blockSize: blockSize)
    }

    /// Every tag that answers, each once; `afi` limits the question on air to tags with exactly this AFI.
    ///
    /// Tags that only exist as a collision nobody can take apart are missing from the result.
    package mutating func inventory(
        afi: UInt8? = nil,
        slots: ISO15693.Slots = .sixteen,
        repetition: ISO15693.SlotTree.Repetition = .untilNothingNew(rounds: 8)
    ) -> [ISO15693.InventoryAnswer] {
        var tree = ISO15693.SlotTree(slots: slots, afi: afi, repetition: repetition)
        var step = tree.begin()
        while true {
            switch step {
            case .send(let request):
                step = tree.heard(ISO15693.SlotTree.Heard(send(request.onAir)))
            case .nextSlot:
                step = tree.heard(ISO15693.SlotTree.Heard(endOfFrame()))
            case .stayQuiet(let uid):
                _ = exchange(.stayQuiet, with: uid)
                step = tree.begin()
            case .finished:
                return tree.found
            }
        }
    }
}

extension ISO15693.SlotTree.Heard {
    /// What the antenna heard, in the tree's words.
    package init(_ answer: AirAnswer) {
        switch answer {
        case .silence: self = .silence
        case .frame(let bytes): self = .frame(bytes)
        case .collision: self = .collision
        }
    }
}
