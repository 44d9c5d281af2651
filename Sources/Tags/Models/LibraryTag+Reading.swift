import Wire

extension LibraryTag {
    /// Reads a tag in the data model its bytes speak for, whatever its DSFID claims.
    ///
    /// The model named by the DSFID wins when the bytes leave no doubt; otherwise the first model that is certain, then
    /// the first that may be. What else the bytes could be is said among the problems. Any bytes are answered.
    package init(reading memory: TagMemory, by rules: ReadingRules = .standard) {
        if memory.dsfid == 0x46, rules.directory == .raw {
            self = RawModel.decode(memory)
            recognition = Recognition(.no, because: "DSFID 46 announces a directory, which is not read here")
            return
        }
        self.init(reading: memory, in: AllModels.inOrder)
        if blockOrder == .reversed, !rules.turnsBlocks {
            let turned = model
            self.init(reading: memory, in: AllModels.inOrder.filter { $0.name != turned })
            problems.append("\(turned) when the bytes of each block are reversed, which is not read here")
        }
    }

    private init(reading memory: TagMemory, in models: [any TagDataModel.Type]) {
        if let dsfid = memory.dsfid, let named = models.first(where: { $0.dsfid == dsfid }) {
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
        for model in models {
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
        // What claims to be a chain of elements is a library's, not just any bytes: why it cannot be read is told, packed
        // objects and where a chain breaks alike (datamodels §4.1, §4.7).
        if model == RawModel.name, memory.dsfid.map(Part2Model.heeds) == true {
            recognition = Part2Model.recognise(memory)
        }
        for other in others {
            problems.append("ambiguous: could also be \(other.name), \(other.recognise(memory).reason)")
        }
        noteDSFID(memory.dsfid)
    }

    /// Whether a data model is certain of the bytes; where none is, reading them makes no reliable tag. Quicker than
    /// that, since nothing is decoded.
    static func isRecognised(_ memory: TagMemory) -> Bool {
        AllModels.inOrder.contains { $0.recognise(memory).confidence == .certain }
    }

    private mutating func noteDSFID(_ dsfid: UInt8?) {
        guard let dsfid, dsfid != 0, recognition.confidence > .no,
            let claimed = AllModels.inOrder.first(where: { $0.dsfid == dsfid }), claimed.name != model, model != "blank"
        else { return }
        problems.append("DSFID \(Hex.string(dsfid)) claims \(claimed.name), the bytes are \(model)")
    }
}
