extension Conversion {
    /// The memory as it shall be in the end.
    struct Target {
        var memory: TagMemory
        var blocksToLock: [Int]

        /// Lays `content` out over `memory`; blocks that are locked keep their bytes or the content is refused.
        init(
            _ content: TagContent,
            over memory: TagMemory,
            _ tag: LibraryTag,
            for profile: SiteProfile
        ) throws(EncodeError) {
            self.memory = memory
            switch profile.target {
            case .iso28560Part2:
                let layout =
                    tag.model == Part2Model.name
                    ? try Part2Layout(content, over: memory, style: profile.style)
                    : try Part2Layout(content, for: memory.geometry, style: profile.style)
                self.memory.bytes = layout.bytes
                self.memory.dsfid = Part2Model.dsfid
                blocksToLock = layout.blocksToLock.filter { !memory.locked.indices.contains($0) || !memory.locked[$0] }
            case .iso28560Part3:
                let bytes = try Part3Model.encode(content, for: memory.geometry, style: profile.part3Style)
                let order = profile.keepsReversedBlocks ? tag.blockOrder : .usual
                self.memory.bytes = order.apply(to: bytes, blockSize: memory.blockSize)
                self.memory.dsfid = Part3Model.dsfid
                blocksToLock = []
            }
            for (block, isLocked) in memory.locked.enumerated() where isLocked {
                if self.memory.bytes(ofBlock: block) != memory.bytes(ofBlock: block) { throw .locked(block: block) }
            }
        }
    }
}
