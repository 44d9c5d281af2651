import Library
import Logging
import Readers
import Tags

/// What one look at the field has heard.
private struct Sight {
    /// What the air was asked.
    let step: GateScan.Step
    /// What the reader answered last.
    var inventory: Inventory
    /// Who was not there at the look before.
    var newcomers: Set<TagUID>
    /// When it answered.
    var at: GateInstant
    /// Out of the buffer of a reader that scans by itself; empty for others.
    let memories: [TagUID: TagMemory]
    /// How many records that buffer held.
    let records: Int
}

extension Station {
    /// Tags a wand reads between two looks at the field: some 80 ms each on a serial line.
    private static let readingsInPassing = 4
    /// Failed readings of a tag that lies there after which it is told to be unreadable.
    private static let failuresToTell = 3
    /// Looks at a pad on which more and more is laid before what is there is told.
    private static let looksAtStack = 4

    /// One look at the field: who came, who left, and what the newcomers say.
    func look(_ reader: inout any Reader & ~Copyable) async throws(ReaderError) {
        var sight = try await hear(&reader)
        if setup.role == .pad, !sight.newcomers.isEmpty { try await hearStack(&sight, with: &reader) }
        lastAnswer = sight.at.moment
        if !sight.newcomers.isEmpty || !departed.isEmpty { rhythm.changed(at: sight.at.uptime) }
        let arrived = try await arrivals(sight, with: &reader)
        steer(sight, arrived: arrived, with: &reader)
        await tell(sight, arrived: arrived)
        // The buffer is emptied only when what it held has been judged, and always then: a record that names no tag
        // takes the room of one that does.
        if sight.records > 0 { try await reader.clearBuffer() }
    }

    /// Asks the air, or the reader's buffer, and finds the newcomers among those who are there.
    private func hear(_ reader: inout any Reader & ~Copyable) async throws(ReaderError) -> Sight {
        let step = try await senses(&reader)
        let inventory: Inventory
        var memories: [TagUID: TagMemory] = [:]
        var records = 0
        if setup.isBuffered {
            let noted = try await reader.noted(&memories)
            inventory = noted.inventory
            records = noted.records
        } else {
            inventory = try await find(step, with: &reader)
        }
        let now = time.instant
        return Sight(
            step: step,
            inventory: inventory,
            newcomers: took(inventory.tags, at: now.uptime),
            at: now,
            memories: memories,
            records: records
        )
    }

    /// Goes on looking while more come: a stack is laid down book by book and told once, whole.
    private func hearStack(
        _ sight: inout Sight,
        with reader: inout any Reader & ~Copyable
    ) async throws(ReaderError) {
        for _ in 1..<Self.looksAtStack {
            sight.inventory = try await reader.inventory(afi: nil)
            sight.at = time.instant
            let more = took(sight.inventory.tags, at: sight.at.uptime)
            sight.newcomers.formUnion(more)
            if more.isEmpty { break }
        }
    }

    /// Who is to be told to have come, with what its tag says.
    private func arrivals(
        _ sight: Sight,
        with reader: inout any Reader & ~Copyable
    ) async throws(ReaderError) -> [HeardTag] {
        let (tags, moment) = (sight.inventory.tags, sight.at.moment)
        let afi = sight.step.afi ?? setup.reportsAFI
        guard setup.isBuffered else {
            return try await read(tags, newcomers: sight.newcomers, afi: afi, at: moment, with: &reader)
        }
        var arrived: [HeardTag] = []
        for tag in tags where sight.newcomers.contains(tag.uid) {
            arrived.append(HeardTag(tag, afi: afi, memory: sight.memories[tag.uid], by: setup.reading, at: moment))
        }
        return arrived
    }

    /// Lets a gate's scan know what came of its question: its next ones depend on it.
    private func steer(_ sight: Sight, arrived: [HeardTag], with reader: inout any Reader & ~Copyable) {
        switch sight.step {
        case .all, .name:
            let hit = !sight.inventory.tags.isEmpty
            scan?.took(sight.step, hit: hit, newcomers: Set(arrived.compactMap(\.afi)))
        case .poll where !reader.information.abilities.contains(.oneSlotPoll):
            scan?.took(sight.step, hit: sight.inventory.incomplete)
        case .poll, .eas: break
        }
    }

    /// Hands on what is news, and writes down what the device warns of.
    private func tell(_ sight: Sight, arrived: [HeardTag]) async {
        for warning in sight.inventory.warnings {
            logger.debug("reader warns", metadata: ["reader": "\(setup.name)", "warning": "\(warning)"])
        }
        let heard = sight.inventory.tags.map(\.uid)
        let left = takeDeparted()
        // A gate also has to know who is still there, and that its reader answers although nobody is. A wand's every
        // look says how near an item is that somebody looks for, and when it was heard last.
        let isNews =
            !arrived.isEmpty || !left.isEmpty || setup.role == .gate || setup.role == .wand && !heard.isEmpty
        guard isNews else { return }
        await deliver(
            StationRound(
                reader: setup.name,
                role: setup.role,
                at: sight.at.moment,
                arrived: arrived,
                left: left,
                heard: heard,
                present: presence.tags,
                warnings: sight.inventory.warnings,
                isSilent: sight.inventory.isSilent,
                isForAll: sight.step == .all
            )
        )
    }

    /// Asks a gate's air whether anybody is there, and returns the question that tells who: ``GateScan/Step/all`` where
    /// nothing quicker can be asked, a poll itself when nobody answered it.
    private func senses(_ reader: inout any Reader & ~Copyable) async throws(ReaderError) -> GateScan.Step {
        // A reader that scans by itself cannot be asked for tags.
        guard !setup.isBuffered, let step = scan?.next() else { return .all }
        do throws(ReaderError) {
            switch step {
            case .eas(let manufacturer):
                let hit = try await reader.sensesEAS(of: manufacturer)
                scan?.took(step, hit: hit)
                if hit { presence.alarmSounded() }
                return hit ? scan?.next() ?? .all : step
            case .poll(let afi) where reader.information.abilities.contains(.oneSlotPoll):
                let hit = try await reader.senses(afi: afi)
                scan?.took(step, hit: hit)
                if let trust = scan?.trust, trust == .refused {
                    logger.notice("one-slot polls miss tags, not used", metadata: ["reader": "\(setup.name)"])
                }
                return hit ? scan?.next() ?? .all : step
            case .poll, .name, .all: return step
            }
        } catch {
            switch error {
            case .unsupported: scan?.lacks(step)
            case .refused: scan?.refused(step)
            case .link, .malformed, .noReply, .tagLost: throw error
            }
            return .all
        }
    }

    /// The inventory that belongs to a step; nobody where the step was answered by nobody.
    private func find(
        _ step: GateScan.Step,
        with reader: inout any Reader & ~Copyable
    ) async throws(ReaderError) -> Inventory {
        switch step {
        case .eas: return Inventory(tags: [])
        case .poll where reader.information.abilities.contains(.oneSlotPoll): return Inventory(tags: [])
        case .poll(let afi), .name(let afi): return try await reader.inventory(afi: afi)
        case .all: return try await reader.inventory(afi: nil)
        }
    }

    /// Reads the tags that were not read yet, as many as there is time for in one look, and names the newcomers.
    ///
    /// A wand has a few tags' time between two looks: it is the next look that finds books, not the reading.
    private func read(
        _ tags: [DetectedTag],
        newcomers: Set<TagUID>,
        afi: UInt8?,
        at moment: Moment,
        with reader: inout any Reader & ~Copyable
    ) async throws(ReaderError) -> [HeardTag] {
        var arrived: [HeardTag] = []
        var silent = newcomers
        let waiting = presence.unread(of: tags.map(\.uid))
        for uid in waiting.prefix(setup.role == .wand ? Self.readingsInPassing : .max) {
            guard let tag = tags.first(where: { $0.uid == uid }) else { continue }
            var heard = HeardTag(uid: uid, at: moment, antenna: tag.antenna, signal: tag.signal)
            do throws(ReaderError) {
                if let afi, await knows(uid) {
                    // It answered to this value alone: there is nothing to ask it.
                    heard.afi = afi
                } else {
                    try await read(&heard, with: &reader)
                }
                presence.read(uid, eas: heard.eas)
            } catch {
                if error.meansGone { throw error }
                guard presence.failed(uid) == Self.failuresToTell else { continue }
                // Its memory may have been read, and what it says of its security lost each time.
                if !heard.isRead { heard.content = .unreadable(cause: "\(error)") }
            }
            silent.remove(uid)
            arrived.append(heard)
        }
        for tag in tags where silent.contains(tag.uid) {
            arrived.append(HeardTag(uid: tag.uid, at: moment, antenna: tag.antenna, signal: tag.signal))
        }
        return arrived
    }
}
