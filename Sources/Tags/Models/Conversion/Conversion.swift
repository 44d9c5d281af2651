/// What it takes to bring a tag into the site's own data model, or why that is not done.
package enum Conversion: Hashable, Sendable {
    case plan(WritePlan)
    case refused(ConversionRefusal)

    /// `isKnownItem` says that the identifier is in the library's holdings, which makes up for a missing owner.
    package init(of memory: TagMemory, for profile: SiteProfile, isKnownItem: Bool = false) {
        do throws(ConversionRefusal) {
            self = .plan(try Self.plan(memory, profile, isKnownItem: isKnownItem))
        } catch {
            self = .refused(error)
        }
    }

    private static func plan(
        _ memory: TagMemory,
        _ profile: SiteProfile,
        isKnownItem: Bool
    ) throws(ConversionRefusal) -> WritePlan {
        try expectWhole(memory)
        let tag = LibraryTag(reading: memory, by: profile.reading)
        try expectOwnItem(tag, memory, profile, isKnownItem: isKnownItem)
        var (content, leftOut) = content(of: tag, for: profile)
        let target: Target
        do throws(EncodeError) {
            if profile.target == .iso28560Part3 {
                leftOut += try leaveOutWithoutRoom(&content, memory.geometry, profile.part3Style)
            }
            target = try Target(content, over: memory, tag, for: profile)
        } catch {
            throw .cannotWrite(error)
        }
        let new = try Self.expectSameItem(target.memory, content)
        let old = TagContent(tag)
        var order = WriteOrder(
            from: memory,
            to: target.memory.bytes,
            dsfids: [nil, memory.dsfid, target.memory.dsfid]
        ) { [content] state in
            state.primaryItemIdentifier == content.primaryItemIdentifier && state.says(nothingBut: [old, new])
        }
        guard let found = order.find() else { throw .noSafeOrder }
        return WritePlan(
            writes: found.writes,
            interruption: found.interruption,
            dsfid: memory.dsfid == target.memory.dsfid ? nil : target.memory.dsfid,
            blocksToLock: target.blocksToLock,
            result: target.memory.bytes,
            leftOut: leftOut
        )
    }

    static func expectWhole(_ memory: TagMemory) throws(ConversionRefusal) {
        let geometry = memory.geometry
        guard memory.blockSize > 0, memory.bytes.count == geometry.byteCount, !memory.bytes.isEmpty else {
            throw .partialRead(read: memory.bytes.count, wanted: geometry.byteCount)
        }
    }

    /// What the finished tag says; locked blocks between the new ones may make it unreadable.
    static func expectSameItem(
        _ finished: TagMemory,
        _ content: TagContent
    ) throws(ConversionRefusal) -> TagContent {
        let tag = LibraryTag(reading: finished)
        let found = TagContent(tag)
        guard tag.recognition.confidence == .certain, found.primaryItemIdentifier == content.primaryItemIdentifier
        else {
            throw .unreadableWhenDone
        }
        return found
    }

    private static func expectOwnItem(
        _ tag: LibraryTag,
        _ memory: TagMemory,
        _ profile: SiteProfile,
        isKnownItem: Bool
    ) throws(ConversionRefusal) {
        if tag.recognition.confidence == .no { throw .notRecognised(reason: tag.recognition.reason) }
        if tag.checksum?.isRight == false, !(profile.acceptsWrongChecksums && tag.isPlausible) {
            throw .notReliable(reason: tag.recognition.reason)
        }
        if tag.problems.contains(where: { $0.hasPrefix("ambiguous") }) { throw .notReliable(reason: "ambiguous") }
        if tag.primaryItemIdentifier == nil { throw .noIdentifier }
        if tag.typeOfUsage?.isPatronCard == true { throw .patronCard }
        if memory.dsfid == 0x46 { throw .directory }
        if let owner = tag.anyOwner {
            guard profile.owns(owner) else { throw .foreignOwner(owner) }
        } else if !isKnownItem, !profile.convertsTagsWithoutOwner {
            throw .noOwner
        }
    }

    /// Fields of older models and vendors' blocks that say something no element can.
    private static let fieldsWithoutElement: Set<String> = [
        "unstructuredBlock", "futureBlock", "mediaType", "branch", "library", "custom", "reserved",
    ]

    /// Takes the elements out for which ISO 28560-3 has no room behind the basic block; their names, to be told. Text is
    /// never cut short.
    private static func leaveOutWithoutRoom(
        _ content: inout TagContent,
        _ geometry: MemoryGeometry,
        _ style: Part3Style
    ) throws(EncodeError) -> [String] {
        let elements = try Part3Model.elementsWithoutRoom(of: content, in: geometry, style: style)
        for element in elements { content.others[element.oid] = nil }
        return elements.map(\.name)
    }

    /// What shall be written, and the elements that are on the tag and are not carried over.
    private static func content(of tag: LibraryTag, for profile: SiteProfile) -> (TagContent, leftOut: [String]) {
        var content = TagContent(tag)
        var leftOut: [String] = []
        for element in DataElement.allCases where element != .primaryItemIdentifier && element != .contentParameter {
            guard content.value(of: element) != nil, !profile.elements.contains(element) else { continue }
            leftOut.append(element.name)
            switch element {
            case .ownerInstitution: content.ownerInstitution = nil
            case .setInformation: content.setInformation = nil
            case .typeOfUsage: content.typeOfUsage = nil
            default: content.others[element.oid] = nil
            }
        }
        // Numbers of a later edition or of a vendor's own: nobody can ask for them, so they must not stop the tag.
        for oid in content.others.keys.sorted() where DataElement(oid: oid) == nil {
            leftOut.append("\(DataElement.name(oid: oid)) element \(oid)")
            content.others[oid] = nil
        }
        if profile.elements.contains(.ownerInstitution), content.ownerInstitution == nil {
            content.ownerInstitution = profile.ownerInstitution
        }
        if profile.target == .iso28560Part3, let usage = content.typeOfUsage, usage.rawValue & 0x0F != 0 {
            content.typeOfUsage = TypeOfUsage(mainClass: usage.mainClass)
            leftOut.append("sub class of \(DataElement.typeOfUsage.name)")
        }
        for field in tag.elements where field.oid == nil && tag.bytes(of: field).contains(where: { $0 != 0 }) {
            if fieldsWithoutElement.contains(field.name) { leftOut.append(field.name) }
        }
        let locked = profile.target == .iso28560Part2 ? profile.lockedElements : []
        content.lockedElements = Set(locked.map(\.oid)).filter { oid in
            DataElement(oid: oid).flatMap(content.value(of:)) != nil
        }
        return (content, leftOut)
    }
}

extension LibraryTag {
    /// Whether owner, set and usage are each absent or as one of `contents` has them.
    func says(nothingBut contents: [TagContent]) -> Bool {
        let owners = contents.map(\.ownerInstitution)
        let sets = contents.map { $0.setInformation ?? .single }
        let usages = contents.map(\.typeOfUsage)
        return (ownerInstitution == nil || owners.contains(ownerInstitution))
            && sets.contains(setInformation ?? .single)
            && (typeOfUsage == nil || usages.contains(typeOfUsage))
    }
}
