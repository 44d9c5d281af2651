import Wire

/// One reading of a memory as ISO 28560-2: the chain, its values and what is odd about it.
struct Part2Reading {
    private let memory: TagMemory
    private let chain: DataSetChain
    /// The values beside the links of the chain; `nil` where a value breaks the rules of its packing.
    private let texts: [String?]
    /// The elements the content parameter lists, when there is one.
    private let listed: ContentParameter?

    init(_ memory: TagMemory, from start: Int = 0) {
        self.memory = memory
        chain = DataSetChain(memory.bytes, from: start)
        texts = chain.links.map { DataSet.text(memory.bytes[$0.dataRange], of: $0.oid, in: $0.compaction) }
        listed = chain.links.first { $0.oid == DataElement.contentParameter.oid }
            .map { ContentParameter(parsing: memory.bytes[$0.dataRange]) }
    }

    /// The rules of recognition, hardest first. A Danish tag `11 01 01 31 …` looks like the integer 1, hence the rule
    /// of two digits; capability containers of NFC tags claim more bytes than there are.
    var recognition: Recognition {
        if memory.dsfid == 0x86 {
            return Recognition(.no, because: "DSFID 86 means packed objects, which are not read")
        }
        guard let first = chain.links.first, first.oid == DataElement.primaryItemIdentifier.oid else {
            return Recognition(.no, because: "the first element is no item identifier")
        }
        if let objection = objection(toIdentifier: first) { return Recognition(.no, because: objection) }
        if texts.contains(nil) { return Recognition(.no, because: "a value breaks the rules of its packing") }
        if case .broken = chain.ending {
            guard mayBeCutShort else {
                return Recognition(.no, because: "an element ends behind the end of the memory")
            }
            return listed.map(found.isSubset) == true
                ? Recognition(.certain, because: "the content parameter agrees with the elements read so far")
                : Recognition(.maybe, because: "the item identifier is whole, the bytes read end inside an element")
        }
        if let listed, !listed.isEmpty, listed == found {
            return Recognition(.certain, because: "the chain of elements is whole and its content parameter agrees")
        }
        if memory.dsfid == Part2Model.dsfid, BasicBlock.signs(in: memory.bytes) < 3 {
            return Recognition(.certain, because: "the chain of elements is whole and the DSFID says so")
        }
        return Recognition(.maybe, because: "the chain of elements is whole, nothing else confirms it")
    }

    private var found: ContentParameter { chain.contentParameter }

    private func objection(toIdentifier first: DataSetChain.Link) -> String? {
        if first.compaction == .applicationDefined { return "the item identifier is not packed as text" }
        let text = (texts.first ?? nil)?.utf8
        if text?.isEmpty == true { return "the item identifier is empty" }
        if text?.contains(where: { $0 < 0x20 }) == true { return "the item identifier has control characters" }
        if first.compaction == .integer, text?.count == 1 { return "the item identifier is an integer of one digit" }
        let count = chain.links.reduce(0) { $0 + ($1.oid == first.oid ? 1 : 0) }
        return count > 1 ? "there is more than one item identifier" : nil
    }

    /// Whether the bytes may end before the tag does and still show enough of a chain to believe in it.
    private var mayBeCutShort: Bool {
        let readsOn = memory.blockCount == nil || memory.isPartial
        return readsOn && (memory.dsfid == Part2Model.dsfid || chain.links.count > 1)
    }

    var tag: LibraryTag {
        var tag = LibraryTag(model: Part2Model.name, recognition: recognition, memory: memory)
        tag.elements.reserveCapacity(chain.links.count)
        add(to: &tag)
        return tag
    }

    /// Puts the elements behind those there are; values that stand on the tag already are kept.
    func add(to tag: inout LibraryTag) {
        for (link, text) in zip(chain.links, texts) {
            if let text {
                tag.take(link.oid, text, code: memory.bytes[link.dataRange].first)
            } else {
                tag.problems.append(
                    "\(DataElement.name(oid: link.oid)) at byte \(link.range.lowerBound): "
                        + "\(link.compaction.name) is corrupt"
                )
            }
            tag.elements.append(element(link, text))
        }
        addProblems(to: &tag)
    }

    private func element(_ link: DataSetChain.Link, _ text: String?) -> TagElement {
        TagElement(
            oid: link.oid,
            name: DataElement.name(oid: link.oid),
            value: text ?? Hex.string(memory.bytes[link.dataRange]),
            valueRange: link.dataRange,
            offset: link.range.lowerBound,
            length: link.range.count,
            locked: memory.lockState(of: link.range),
            compaction: link.compaction
        )
    }

    private func addProblems(to tag: inout LibraryTag) {
        if case .broken(let offset, let error) = chain.ending {
            tag.problems.append("element at byte \(offset) cannot be read: \(error)")
        }
        if let listed, listed != found {
            tag.problems.append("content parameter lists \(listed.oids), the tag holds \(found.oids)")
        }
        if memory.dsfid == 0x46 {
            tag.problems.append("DSFID 46 announces a directory, which is ignored: do not write")
        }
    }
}

extension LibraryTag {
    /// Keeps the first value of the elements that have a place of their own; place holders and packings of no character
    /// count as absent.
    fileprivate mutating func take(_ oid: Int, _ text: String, code: UInt8?) {
        guard oid <= 5, let code, !text.isEmpty, text != "\u{0}" else { return }
        switch oid {
        case 1 where primaryItemIdentifier == nil: primaryItemIdentifier = text
        case 3 where ownerInstitution == nil: ownerInstitution = text
        case 4 where setInformation == nil:
            setInformation = SetInformation(digits: text)
            if setInformation == nil {
                problems.append("setInformation: found \"\(text)\", wanted 2, 4 or 6 digits")
            }
        case 5 where typeOfUsage == nil: typeOfUsage = TypeOfUsage(rawValue: code)
        default: break
        }
    }
}
