package import Readers
package import Tags

/// A library branch in memory: one shelf, readers, and tags that move between them.
///
/// Devices behind its readers are the drivers' own twins; they take the host's bytes and use an antenna over exactly
/// those tags that are near. Chance comes from the seed alone: the same calls in the same order give the same bytes.
package actor Branch {
    private var tags: [TagUID: VirtualTag] = [:]
    private var places: [TagUID: TagPlace] = [:]
    private var shelf = Shelf()
    private var zones: [String: ReaderZone] = [:]
    /// Tags to be pulled away in the middle of the next write to them.
    private var torn: Set<TagUID> = []
    private var chance: SeededGenerator

    /// An empty branch: no readers, no tags, an empty shelf.
    package init(seed: UInt64) {
        chance = SeededGenerator(seed: seed)
    }
}

/// Where a tag is.
package enum TagPlace: Hashable, Sendable {
    /// On the shelf, in the place that it was given there.
    case shelf
    /// On the pad of this name.
    case pad(String)
    /// Between the antennas of the gate of this name.
    case gate(String)
    /// Nowhere near an antenna: on a table, in a bag, at a patron's home.
    case away
}

/// Why the branch cannot do what it was asked.
package enum BranchError: Error, Hashable, Sendable {
    /// There is no reader of this name; `known` lists those that there are.
    case unknownReader(String, known: [String])
    /// The reader is of another kind.
    case wrongKind(reader: String, wanted: String)
    /// No tag of this number was ever brought here, or its shelf was filled anew.
    case unknownTag(TagUID)
}

extension BranchError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknownReader(let name, let known):
            "reader: found \"\(name)\", wanted one of \(known.joined(separator: ", "))"
        case .wrongKind(let reader, let wanted): "reader \(reader): wanted a \(wanted)"
        case .unknownTag(let uid): "tag: found \(uid), wanted one of this branch; `pressmark simulate scene` shows them"
        }
    }
}

// MARK: - Readers

extension Branch {
    /// Puts up a reader; one of the same name is replaced. The device is `twin`, freshly switched on.
    package func addReader(
        name: String,
        kind: ReaderKind,
        twin: any ReaderTwin,
        conditions: RadioConditions = RadioConditions()
    ) {
        let field = RadioField(tags: [], conditions: conditions, seed: chance.next())
        zones[name] = ReaderZone(kind: kind, twin: twin, field: field)
    }

    /// Names of all readers, in the order of the alphabet.
    package var readers: [String] { zones.keys.sorted() }

    /// Hands the host's bytes to the reader's device and returns its answer and the time its antenna needed for it.
    ///
    /// A reader that is not there answers nothing.
    package func receive(_ bytes: [UInt8], reader: String) -> (reply: [UInt8], airTime: Duration) {
        guard var zone = zones[reader] else { return ([], .zero) }
        let start = zone.field.clock
        gather(into: &zone)
        zone.field.torn = torn
        var air: any Air = zone.field
        let reply = zone.twin.receive(bytes, air: &air)
        if let field = air as? RadioField { zone.field = field }
        scatter(from: &zone)
        zones[reader] = zone
        return (reply, (zone.field.clock - start).duration)
    }

    /// Tells the reader's device that its line was silent for longer than a frame may pause.
    package func lineFellSilent(reader: String) {
        zones[reader]?.twin.lineFellSilent()
    }

    /// Everything near the antenna comes into its field; what has left it falls asleep.
    private func gather(into zone: inout ReaderZone) {
        let near = near(zone)
        let present = Set(near.map(\.uid))
        for uid in zone.awake.subtracting(present) { tags[uid]?.powerOff() }
        zone.awake = present
        let isOn = zone.field.isOn
        _ = zone.field.exchange(
            tags: near.compactMap { visitor in
                guard var tag = tags[visitor.uid] else { return nil }
                if isOn { tag.powerOn() }
                return RadioField.Placed(tag: tag, coupling: visitor.coupling)
            }
        )
    }

    private func near(_ zone: ReaderZone) -> [ReaderZone.Visitor] {
        guard case .wand(let reach) = zone.kind else { return zone.visitors }
        guard let position = zone.position else { return [] }
        return shelf.reached(from: position, reach: reach).compactMap { number in
            let uid = shelf.stands[number].uid
            guard places[uid] == .shelf else { return nil }
            return ReaderZone.Visitor(
                uid: uid,
                coupling: shelf.coupling(of: number, from: position, reach: reach)
            )
        }
    }

    /// The tags go back where they are, as they are now; those pulled off go away.
    private func scatter(from zone: inout ReaderZone) {
        for placed in zone.field.exchange(tags: []) { tags[placed.tag.uid] = placed.tag }
        for uid in zone.field.takeTorn() {
            torn.remove(uid)
            zone.awake.remove(uid)
            zone.visitors.removeAll { $0.uid == uid }
            places[uid] = .away
        }
    }
}

extension Branch {
    /// Where everything is now.
    package func snapshot() -> BranchSnapshot {
        var snapshot = BranchSnapshot(shelf: [], shelfLength: shelf.length, pads: [:], gates: [:], wands: [:], away: [])
        snapshot.shelf = shelf.stands.compactMap { stand in
            places[stand.uid] == .shelf ? .init(uid: stand.uid, position: stand.centre) : nil
        }
        for (name, zone) in zones {
            switch zone.kind {
            case .pad: snapshot.pads[name] = zone.visitors.map(\.uid)
            case .gate: snapshot.gates[name] = zone.visitors.map(\.uid)
            case .wand: snapshot.wands[name] = zone.position
            }
        }
        snapshot.away = places.filter { $0.value == .away }.map(\.key).sorted()
        return snapshot
    }
}

// MARK: - Tags

extension Branch {
    /// Fills the shelf anew. Tags that stood there before are gone unless they are on the new one.
    package func setShelf(_ books: [ShelvedTag]) {
        for (uid, place) in places where place == .shelf { forget(uid) }
        shelf = Shelf(books)
        for book in books {
            take(book.tag.uid)
            tags[book.tag.uid] = book.tag
            places[book.tag.uid] = .shelf
        }
    }

    /// Brings a tag that has no place on the shelf.
    package func add(_ tag: VirtualTag) {
        take(tag.uid)
        tags[tag.uid] = tag
        places[tag.uid] = .away
    }

    /// The tag as it is now; `nil` when there is none of this UID.
    package func tag(_ uid: TagUID) -> VirtualTag? { tags[uid] }

    /// The length of the books on the shelf together, in millimetres.
    package var shelfLength: Double { shelf.length }

    /// Lays a tag on a pad, on top of those that lie there, wherever it was before.
    package func placeOnPad(_ reader: String, _ uid: TagUID) throws(BranchError) {
        try require(reader, .pad, "pad")
        try move(uid, to: .pad(reader))
        let level = zones[reader]?.visitors.count ?? 0
        zones[reader]?.visitors.append(.init(uid: uid, coupling: Coupling.inStack(level: level)))
    }

    /// Takes everything off a pad; books that have a place on the shelf go back to it.
    package func clearPad(_ reader: String) throws(BranchError) {
        try require(reader, .pad, "pad")
        for visitor in zones[reader]?.visitors ?? [] { try putBack(visitor.uid) }
    }

    /// Brings a tag between the antennas of a gate; `coupling` says how well it is heard there. A tag that is inside
    /// already is only heard better or worse from now on.
    package func enterGate(_ reader: String, _ uid: TagUID, coupling: Double = 0.6) throws(BranchError) {
        try require(reader, .gate, "gate")
        if places[uid] == .gate(reader) {
            zones[reader]?.visitors.removeAll { $0.uid == uid }
        } else {
            try move(uid, to: .gate(reader))
        }
        zones[reader]?.visitors.append(.init(uid: uid, coupling: coupling))
    }

    /// Somebody goes out through a gate: its counter board, where it has one, counts them.
    package func countPerson(through reader: String) {
        guard var twin = zones[reader]?.twin as? FEIGTwin else { return }
        twin.people.outgoing &+= 1
        zones[reader]?.twin = twin
    }

    /// Takes a tag out of a gate, to the outside.
    package func leaveGate(_ reader: String, _ uid: TagUID) throws(BranchError) {
        try require(reader, .gate, "gate")
        guard places[uid] == .gate(reader) else { return }
        try move(uid, to: .away)
    }

    /// Brings a tag back to its place on the shelf, or away when it has none.
    package func putBack(_ uid: TagUID) throws(BranchError) {
        let hasStand = shelf.stands.contains { $0.uid == uid }
        try move(uid, to: hasStand ? .shelf : .away)
    }

    /// Takes a tag out of everybody's reach.
    package func takeAway(_ uid: TagUID) throws(BranchError) {
        try move(uid, to: .away)
    }

    /// Leads a wand to a place along the shelf, in millimetres from its left end; `nil` hangs it up.
    package func moveWand(to position: Double?, reader: String) throws(BranchError) {
        guard let zone = zones[reader] else { throw unknown(reader) }
        guard case .wand = zone.kind else { throw .wrongKind(reader: reader, wanted: "wand") }
        zones[reader]?.position = position
    }

    /// The next write to this tag is interrupted: the tag is pulled off, with old, new or damaged data as chance has
    /// it.
    package func pullDuringNextWrite(_ uid: TagUID) throws(BranchError) {
        guard tags[uid] != nil else { throw .unknownTag(uid) }
        torn.insert(uid)
    }

    private func require(_ reader: String, _ kind: ReaderKind, _ word: String) throws(BranchError) {
        guard let zone = zones[reader] else { throw unknown(reader) }
        guard zone.kind == kind else { throw .wrongKind(reader: reader, wanted: word) }
    }

    private func unknown(_ reader: String) -> BranchError {
        .unknownReader(reader, known: zones.keys.sorted())
    }

    private func move(_ uid: TagUID, to place: TagPlace) throws(BranchError) {
        guard tags[uid] != nil else { throw .unknownTag(uid) }
        take(uid)
        places[uid] = place
    }

    /// Takes a tag out of every antenna's reach; the next look at the field puts it to sleep there.
    private func take(_ uid: TagUID) {
        for name in zones.keys { zones[name]?.visitors.removeAll { $0.uid == uid } }
        tags[uid]?.powerOff()
    }

    private func forget(_ uid: TagUID) {
        take(uid)
        tags[uid] = nil
        places[uid] = nil
    }
}
