extension Conversion {
    /// What it takes to write `content` over what a tag holds now, blank or another item's: a person has said which.
    ///
    /// What the tag says besides is not carried over. A tag torn away in between reads as the old item, as the new one
    /// or as none. Patron cards and tags with a directory are refused.
    ///
    /// - Parameter habits: how the site writes; the model wanted wins over its target.
    package init(
        to content: TagContent,
        in model: any TagDataModel.Type,
        over memory: TagMemory,
        habits: SiteProfile = SiteProfile()
    ) {
        do throws(ConversionRefusal) {
            self = .plan(try Self.plan(content, in: model, over: memory, habits))
        } catch {
            self = .refused(error)
        }
    }

    private static func plan(
        _ content: TagContent,
        in model: any TagDataModel.Type,
        over memory: TagMemory,
        _ habits: SiteProfile
    ) throws(ConversionRefusal) -> WritePlan {
        try expectWhole(memory)
        let tag = LibraryTag(reading: memory)
        if tag.typeOfUsage?.isPatronCard == true { throw .patronCard }
        if memory.dsfid == 0x46 { throw .directory }
        let target: (memory: TagMemory, blocksToLock: [Int])
        do throws(EncodeError) {
            target = try Self.target(content, in: model, over: memory, tag, habits)
        } catch {
            throw .cannotWrite(error)
        }
        let contents = [TagContent(tag), try Self.expectSameItem(target.memory, content)]
        let isSameItem = contents[0].primaryItemIdentifier == contents[1].primaryItemIdentifier
        // A person may be wrong about the DSFID, and none must make another item of the tag.
        let dsfids = AllModels.inOrder.map { $0.dsfid } + [nil, memory.dsfid]
        var order = WriteOrder(
            from: memory,
            to: target.memory.bytes,
            dsfids: Set(dsfids + [target.memory.dsfid])
        ) { state in
            contents.contains { one in
                state.primaryItemIdentifier == one.primaryItemIdentifier
                    && state.says(nothingBut: isSameItem ? contents : [one])
            }
        }
        guard let found = order.find() else { throw .noSafeOrder }
        return WritePlan(
            writes: found.writes,
            interruption: found.interruption,
            dsfid: memory.dsfid == target.memory.dsfid ? nil : target.memory.dsfid,
            blocksToLock: target.blocksToLock,
            result: target.memory.bytes,
            leftOut: []
        )
    }
}

extension Conversion {
    /// Lays `content` out in any model that can be written.
    private static func target(
        _ content: TagContent,
        in model: any TagDataModel.Type,
        over memory: TagMemory,
        _ tag: LibraryTag,
        _ habits: SiteProfile
    ) throws(EncodeError) -> (memory: TagMemory, blocksToLock: [Int]) {
        if let named = SiteProfile.Target(rawValue: model.name) {
            var profile = habits
            profile.target = named
            profile.keepsReversedBlocks = false
            let target = try Target(content, over: memory, tag, for: profile)
            return (target.memory, target.blocksToLock)
        }
        var result = memory
        result.bytes = try model.encode(content, for: memory.geometry)
        result.dsfid = model.dsfid ?? memory.dsfid
        for (block, isLocked) in memory.locked.enumerated() where isLocked {
            if result.bytes(ofBlock: block) != memory.bytes(ofBlock: block) { throw .locked(block: block) }
        }
        return (result, [])
    }
}
