import Operations
import SIP2

/// Everything that goes wrong in the simulated branch, one after the other, as the seed will have it.
extension House {
    private enum Misfortune: CaseIterable {
        case storm, unplug, systemFaults, systemAway, disk, clock, kill, powerCut, stop, fire
    }

    /// Makes trouble until the branch closes.
    func makeTrouble() async {
        while !isClosing {
            await rest(5...90)
            guard !isClosing, let misfortune = chance.one(of: Misfortune.allCases) else { return }
            witness.count("trouble: \(misfortune)")
            trace.note("trouble: \(misfortune)")
            await happen(misfortune)
        }
    }

    private func happen(_ misfortune: Misfortune) async {
        switch misfortune {
        case .storm: await storm()
        case .unplug:
            guard let reader = chance.one(of: readers.map(\.name)) else { return }
            unplugged.insert(reader)
            await rest(1...40)
            unplugged.remove(reader)
        case .systemFaults:
            let faults = (0..<chance.number(1...5)).map { _ in chance.one(of: LibrarySystemFault.allCases) }
            await system.schedule(faults)
        case .systemAway:
            isSystemAway = true
            await rest(5...120)
            isSystemAway = false
        case .disk:
            disk.trouble = chance.one(of: [.full, .failing, .forgetful])
            trace.note("disk \(disk.trouble?.rawValue ?? "")")
            await rest(2...60)
            if disk.trouble != .dead { disk.trouble = nil }
        case .clock:
            let jump = Int64(chance.number(-600...600)) * 1000
            clockOffset += jump
            furthestBack = max(furthestBack, -jump)
        case .kill: killAt = processor.steps + UInt64(chance.number(0...5000))
        case .powerCut:
            disk.atPowerCut = { [weak self] in self?.fall(powerFailed: true) }
            disk.writesToPowerCut = chance.number(0...60)
        case .stop: isStopping = true
        case .fire:
            outputs.setFire(true)
            await rest(5...60)
            outputs.setFire(false)
        }
    }

    /// Bad weather on one channel.
    private func storm() async {
        let channels = readers.map(\.name) + [Self.systemChannel]
        guard let channel = chance.one(of: channels) else { return }
        weather[channel] = readers.first { $0.name == channel }?.storm ?? .network
        trace.note("storm on \(channel)")
        await rest(5...60)
        weather[channel] = nil
    }

    /// Everything is well again.
    func mend() async {
        weather = [:]
        unplugged = []
        isSystemAway = false
        outputs.setFire(false)
        killAt = nil
        disk.writesToPowerCut = nil
        if disk.trouble != .dead { disk.trouble = nil }
        // Faults that were ordered and did not happen yet are used up.
        for _ in 0..<200 {
            if let link = program?.desk?.circulation, program?.isAlive == true, (try? await link.ping()) != nil {
                break
            }
            try? await processor.sleep(.seconds(5))
        }
    }
}
