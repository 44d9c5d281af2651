import Tags
import Wire

/// Memories: recognition, every data model by itself, encoding and conversion.
enum TagTargets {
    static let list =
        [
            FuzzTarget("tag", .tags) { input in
                let memory = TagMemory(fuzzed: input)
                let tag = LibraryTag(reading: memory)
                check(tag, memory)
                promise(!tag.isReliable || tag.primaryItemIdentifier?.isEmpty == false, "reliable without identifier")
                guard let dsfid = memory.dsfid, !AllModels.heed(dsfid) else { return }
                var bare = memory
                bare.dsfid = nil
                let same = LibraryTag(reading: bare)
                promise(
                    tag.recognition == same.recognition && tag.elements == same.elements,
                    "DSFID \(dsfid) is not heeded and changes the reading"
                )
            },
            FuzzTarget("read-plan", .tags, longest: 64) { input in
                let memory = TagMemory(fuzzed: input)
                guard case .read(let blocks) = ReadPlan(after: memory) else { return }
                promise(!blocks.isEmpty && blocks.count <= 256, "a read plan of \(blocks)")
            },
            FuzzTarget("encode", .tags, run: encode),
            FuzzTarget("conversion", .tags, longest: 80, run: convert),
        ] + AllModels.inOrder.map(decoding)

    private static func decoding(_ model: any TagDataModel.Type) -> FuzzTarget {
        FuzzTarget(model.name, .tags) { input in
            let memory = TagMemory(fuzzed: input)
            let tag = model.decode(memory)
            check(tag, memory)
            promise(tag.recognition == model.recognise(memory), "\(model.name) recognises in two ways")
            guard tag.recognition.confidence == .certain else { return }
            checkRoundTrip(TagContent(tag), model, blocks: memory.bytes.count / 4 + 1)
        }
    }

    /// Elements lie inside the memory, and there is no more of anything than the memory has bytes.
    private static func check(_ tag: LibraryTag, _ memory: TagMemory) {
        for element in tag.elements {
            promise(
                element.offset >= 0 && element.length >= 0 && element.offset + element.length <= memory.bytes.count,
                "\(element.name) at \(element.offset), \(element.length) bytes of \(memory.bytes.count)"
            )
        }
        promise(tag.elements.count <= memory.bytes.count + 8, "\(tag.elements.count) elements")
        promise(tag.problems.count <= memory.bytes.count + 16, "\(tag.problems.count) problems")
    }

    /// What can be written is read back as it was, and written again gives the same bytes.
    private static func checkRoundTrip(_ wanted: TagContent, _ model: any TagDataModel.Type, blocks: Int) {
        var content = wanted
        content.lockedElements = []
        // Empty is absent, and so is media format 00 in ISO 28560-3.
        content.others = content.others.filter { !$0.value.isEmpty && $0.value != "00" }
        let geometry = MemoryGeometry(blockSize: 4, blockCount: blocks)
        guard let written = try? model.encode(content, for: geometry) else { return }
        promise(written.count == geometry.byteCount, "\(model.name) wrote \(written.count) bytes")
        let read = TagContent(model.decode(TagMemory(bytes: written, dsfid: model.dsfid)))
        promise(
            read.primaryItemIdentifier == content.primaryItemIdentifier
                && read.ownerInstitution == content.ownerInstitution && read.others == content.others,
            "\(model.name) read \(read) after writing \(content)"
        )
        promise((try? model.encode(read, for: geometry)) == written, "\(model.name) writes \(read) in two ways")
    }

    /// Texts parted by FF: identifier, owner, then elements named by their first byte.
    private static func encode(_ input: [UInt8]) {
        guard input.count > 2 else { return }
        let texts = input.dropFirst(2).split(separator: 0xFF, maxSplits: 8, omittingEmptySubsequences: false)
        var content = TagContent(primaryItemIdentifier: String(decoding: texts[0], as: UTF8.self))
        content.typeOfUsage = TypeOfUsage(rawValue: input[1])
        if texts.count > 1, !texts[1].isEmpty { content.ownerInstitution = String(decoding: texts[1], as: UTF8.self) }
        for text in texts.dropFirst(2) {
            guard let number = text.first, text.count > 1 else { continue }
            let oid = 6 + Int(number) % 21
            let isCode = DataElement(oid: oid)?.form == .singleByte
            content.others[oid] =
                isCode ? Hex.string(text.suffix(1)) : String(decoding: text.dropFirst(), as: UTF8.self)
        }
        let model: any TagDataModel.Type = input[0] & 1 == 0 ? Part2Model.self : Part3Model.self
        checkRoundTrip(content, model, blocks: Int(input[0] >> 1))
    }

    /// A plan's result is what its writes make of the tag, and reads as the same item; cut off after one of its writes
    /// the tag reads as that item or as none, and as that item wherever the plan says so.
    private static func convert(_ input: [UInt8]) {
        var memory = TagMemory(fuzzed: input)
        memory.blockCount = nil
        var profile = SiteProfile()
        profile.target = (input.first ?? 0) & 4 == 0 ? .iso28560Part2 : .iso28560Part3
        profile.convertsTagsWithoutOwner = true
        let before = LibraryTag(reading: memory)
        if let owner = before.anyOwner { profile.furtherOwners = [owner] }
        guard case .plan(let plan) = Conversion(of: memory, for: profile) else { return }
        let after = plan.memory(memory, after: plan.writes.count)
        promise(after.bytes == plan.result, "the writes do not make the result")
        promise(!plan.writes.contains { memory.locked.indices.contains($0.block) && memory.locked[$0.block] }, "locked")
        var written = after
        written.dsfid = plan.dsfid ?? memory.dsfid
        promise(
            LibraryTag(reading: written).primaryItemIdentifier == before.primaryItemIdentifier,
            "another item after conversion"
        )
        checkCut(plan, memory, before.primaryItemIdentifier, choice: input.reduce(0) { ($0 &* 31 &+ UInt($1)) })
    }

    /// The plan has judged every cut itself; here one of them, chosen by the input, is judged anew.
    private static func checkCut(_ plan: WritePlan, _ memory: TagMemory, _ identifier: String?, choice: UInt) {
        let cut = Int(choice % UInt(plan.writes.count + 1))
        var torn = plan.memory(memory, after: cut)
        torn.dsfid = [memory.dsfid, nil, plan.dsfid][Int(choice >> 16 % 3)]
        let tag = LibraryTag(reading: torn)
        promise(!tag.isReliable || tag.primaryItemIdentifier == identifier, "another item after \(cut) writes")
        guard torn.dsfid == memory.dsfid, 0 < cut, cut < plan.writes.count else { return }
        if case .broken(let after) = plan.interruption, after.contains(cut) { return }
        promise(tag.isReliable, "no item after \(cut) writes, promised to be readable")
    }
}
