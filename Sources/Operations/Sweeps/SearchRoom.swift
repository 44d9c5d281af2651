package import Library
package import Logging
package import Store
import Tags

/// Rings when a wand comes by an item that somebody looks for, and leads a person to one item.
package actor SearchRoom {
    private let store: Store
    private let book: TagBook
    private let events: EventHub
    private let logger: Logger
    private var guided: (barcode: String, names: Set<String>, guide: FindingGuide, told: Int)?

    /// A room that leads nobody yet; the lists stand in the store.
    package init(store: Store, events: EventHub, logger: Logger) {
        self.store = store
        book = TagBook(store: store)
        self.events = events
        self.logger = logger
    }

    /// Takes a look at a wand's field.
    package func take(_ round: StationRound) async {
        guard round.role == .wand else { return }
        await lead(round)
        for heard in round.arrived where !heard.isPatronCard {
            do {
                guard let barcode = try book.record(of: heard)?.barcode else { continue }
                for name in try store.names(ofItem: barcode).all.sorted() {
                    try await ring(name, heard, by: round.reader)
                }
            } catch {
                logger.error("lists not looked at", metadata: ["reader": "\(round.reader)", "cause": "\(error)"])
            }
        }
    }

    /// Rings for every list that seeks the item under this name, and strikes it off.
    private func ring(_ barcode: String, _ heard: HeardTag, by reader: String) async throws {
        let lists = try store.listsSeeking(barcode)
        // Nobody seeks most of what a wand hears: nothing is to be written then.
        guard !lists.isEmpty else { return }
        let item = try store.item(barcode: barcode)?.item
        for list in lists {
            await events.send(.sought(SoughtRing(list: list, barcode: barcode, item: item, reader: reader)))
        }
        try store.markFound(barcode, by: reader, at: heard.at)
    }

    /// Begins to lead to an item, in place of the one before.
    package func find(_ barcode: String) throws -> FindingPlace {
        let tags = try store.tags(ofItem: barcode).map(\.uid)
        let names = try store.names(ofItem: barcode).all
        guided = (barcode, names, FindingGuide(tags: Set(tags)), -1)
        let item = try store.item(barcode: barcode)
        return FindingPlace(
            barcode: barcode,
            item: item?.item,
            neighbours: try item.map { try store.neighbours(of: $0) } ?? ([], []),
            lastSeen: try store.history(ofItem: barcode).first,
            isTagKnown: !tags.isEmpty,
            strength: 0
        )
    }

    /// Leads to nothing any more; the lists go on ringing.
    package func stopFinding() {
        guided = nil
    }

    private func lead(_ round: StationRound) async {
        guard var now = guided else { return }
        // Of an item that was never read nobody knew the tag when the search began.
        for heard in round.arrived where heard.isRead {
            guard let barcode = try? book.record(of: heard)?.barcode, now.names.contains(barcode) else { continue }
            now.guide.learn(heard.uid)
        }
        if now.guide.tags.isDisjoint(with: round.heard), !now.guide.tags.isDisjoint(with: round.left) {
            now.guide.lose()
        } else {
            let signal = round.arrived.first { now.guide.tags.contains($0.uid) }?.signal
            now.guide.take(heard: round.heard, signal: signal, at: round.at)
        }
        let strength = now.guide.strength(at: round.at)
        // Twenty steps are as fine as a person can follow.
        let step = Int((strength * 20).rounded())
        let isNew = step != now.told
        now.told = step
        // Before anybody is told: while they are, somebody may look for another item.
        guided = now
        guard isNew else { return }
        await events.send(.guide(GuideReading(barcode: now.barcode, strength: strength, reader: round.reader)))
    }
}

/// An item of a list was come by.
package struct SoughtRing: Hashable, Sendable {
    /// The list that seeks it; an item of several lists rings for each.
    package var list: SoughtList
    /// As the list names the item, which may be a further barcode of it.
    package var barcode: String
    /// By the holdings; `nil` when they do not know it.
    package var item: Item?
    /// The wand that came by.
    package var reader: String
}

/// How near an item is that a person is led to.
package struct GuideReading: Hashable, Sendable {
    /// As it was asked for.
    package var barcode: String
    /// From 0, not heard, to 1.
    package var strength: Double
    /// The wand whose look it was.
    package var reader: String
}

/// Where to look for an item.
package struct FindingPlace: Hashable, Sendable {
    /// As it was asked for.
    package var barcode: String
    /// By the holdings; `nil` when they do not know it.
    package var item: Item?
    /// Items that stand before and behind it by call number, the nearest first.
    package var before: [Item]
    /// Items that stand behind it, the nearest first.
    package var behind: [Item]
    /// Where and when a sweep heard it last; `nil` when none ever did.
    package var lastSeen: ItemSighting?
    /// Whether its tag was read once, so that a wand can hear it.
    package var isTagKnown: Bool
    /// How near it is, from 0 to 1; 0 at first, until a wand has looked.
    package var strength: Double

    init(
        barcode: String,
        item: Item?,
        neighbours: (before: [Item], behind: [Item]),
        lastSeen: ItemSighting?,
        isTagKnown: Bool,
        strength: Double
    ) {
        self.barcode = barcode
        self.item = item
        before = neighbours.before
        behind = neighbours.behind
        self.lastSeen = lastSeen
        self.isTagKnown = isTagKnown
        self.strength = strength
    }
}
