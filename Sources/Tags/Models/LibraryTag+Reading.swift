import Wire

extension LibraryTag {
    /// Reads a tag in the data model its bytes speak for, whatever its DSFID claims.
    ///
    /// The model named by the DSFID wins when the bytes leave no doubt; otherwise the first model that is certain, then
    /// the first that may be. What else the bytes could be is said among the problems. Any bytes are answered.
    package init(reading memory: TagMemory) {
        if let dsfid = memory.dsfid, let named = AllModels.inOrder.first(where: { $0.dsfid == dsfid }) {
            let tag = named.decode(memory)
            if tag.recognition.confidence == .certain {
                self = tag
                return
            }
        }
        if BlankModel.recognise(memory).confidence == .certain {
            self = BlankModel.decode(memory)
            return
        }
        var best: any TagDataModel.Type = RawModel.self
        var confidence = Recognition.Confidence.no
        var others: [any TagDataModel.Type] = []
        for model in AllModels.inOrder {
            let found = model.recognise(memory).confidence
            guard found > .no else { continue }
            if found > confidence {
                if confidence > .no { others.append(best) }
                (best, confidence) = (model, found)
            } else {
                others.append(model)
            }
        }
        self = best.decode(memory)
        for other in others {
            problems.append("ambiguous: could also be \(other.name), \(other.recognise(memory).reason)")
        }
        noteDSFID(memory.dsfid)
    }

    private mutating func noteDSFID(_ dsfid: UInt8?) {
        guard let dsfid, dsfid != 0, recognition.confidence > .no,
            let claimed = AllModels.inOrder.first(where: { $0.dsfid == dsfid }), claimed.name != model, model != "blank"
        else { return }
        problems.append("DSFID \(Hex.string(dsfid)) claims \(claimed.name), the bytes are \(model)")
    }
}
