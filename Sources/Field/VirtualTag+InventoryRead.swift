import Tags

/// NXP's inventory read: a slot, and blocks in the answer (iso15693 §7.3). Errors are never answered.
extension VirtualTag {
    func slot(_ request: NXP.InventoryRead) -> Int? {
        guard chip.manufacturer == .nxp, chip.customCommands.contains(request.unit.rawValue) else { return nil }
        if let extended = request.extended {
            guard chip.customCommands.contains(0xAB) else { return nil }
            if extended.contains(.armedOnly), !eas.armed { return nil }
        }
        if let blocks = request.blocks, blocks.lowerBound * blocksPerUnit(request) >= geometry.blockCount { return nil }
        let reaching = request.extended?.isSuperset(of: .reachingQuiet) == true
        // Errors are never answered: without its password a closed block keeps the tag silent.
        if request.unit == .block, let blocks = request.blocks, !blocks.allSatisfy(mayRead) { return nil }
        return slot(afi: request.afi, mask: request.mask, slots: request.slots, reachingQuiet: reaching)
    }

    mutating func answer(_ request: NXP.InventoryRead) -> [UInt8] {
        var content: [UInt8] = [0x00]
        if request.extended?.contains(.wholeUID) == true {
            content += uid.onAir
        } else if request.withUID {
            let unknown = 64 - request.slots.bits - request.mask.length
            content += uid.onAir.suffix((max(unknown, 0) + 7) / 8)
        }
        let size = geometry.blockSize * blocksPerUnit(request)
        for number in request.blocks ?? 0..<0 where (number + 1) * size <= memory.count {
            if request.unit == .page {
                guard mayRead(number * blocksPerUnit(request)) else {
                    content.append(0x0F)
                    continue
                }
                content.append(0x00)
            }
            content += memory[clamped: (number * size)..<((number + 1) * size)]
        }
        guard let extended = request.extended, !extended.isSuperset(of: .reachingQuiet) else { return content }
        if extended.contains(.thenPersistentlyQuiet) { state = .persistentlyQuiet }
        if extended.contains(.thenQuiet) { state = .quiet }
        return content
    }

    private func blocksPerUnit(_ request: NXP.InventoryRead) -> Int {
        request.unit == .page ? 4 : 1
    }
}
