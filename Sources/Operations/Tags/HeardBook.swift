package import Library
package import Tags

/// How tags on pads and in front of wands were heard since the service started: where, how strongly, how reliably.
///
/// In memory alone, and bounded. Gates are left out on purpose: what goes through them is kept as their rules have it,
/// and nowhere else.
package actor HeardBook {
    /// What is known of one tag.
    package struct Entry: Hashable, Sendable {
        /// When it was heard first since the service started.
        package var first: Moment
        /// When it answered last.
        package var last: Moment
        /// The reader that heard it last.
        package var reader: String
        /// Whether it lies there now.
        package var isThere = true
        /// Looks at the field while it lay there, and those of them in which it answered: every look of a wand, and of
        /// a pad those at which something came or went.
        package var looks = 0
        /// Of these looks, those in which it answered.
        package var answers = 0
        /// On the reader's own scale, when it came last and the reader told.
        package var signal: Int?
        /// The reader whose scale ``signal`` is on; `nil` when none told.
        package var signalReader: String?
        /// How often its memory could not be read although it answered.
        package var unreadable = 0

        package init(first: Moment, last: Moment, reader: String) {
            self.first = first
            self.last = last
            self.reader = reader
        }
    }

    private var entries: [TagUID: Entry] = [:]
    private let limit: Int

    /// - Parameter limit: tags that are remembered; beyond it those go that were heard longest ago.
    package init(limit: Int = 20_000) {
        self.limit = limit
    }

    /// What is known of a tag; `nil` when it was never noted, or is forgotten by now.
    package func entry(_ uid: TagUID) -> Entry? { entries[uid] }

    /// Tags that are remembered.
    package var count: Int { entries.count }

    /// Takes one look at a field.
    package func take(_ round: StationRound) {
        guard round.role != .gate else { return }
        for tag in round.arrived {
            if isItems(tag) {
                note(tag, in: round)
            } else if tag.isPatronCard {
                entries[tag.uid] = nil
            }
        }
        let heard = Set(round.heard)
        for uid in Set(round.present).union(heard) {
            guard var entry = entries[uid] else { continue }
            if entry.reader != round.reader { (entry.looks, entry.answers) = (0, 0) }
            entry.looks += 1
            (entry.reader, entry.isThere) = (round.reader, true)
            if heard.contains(uid) {
                entry.answers += 1
                entry.last = round.at
            }
            entries[uid] = entry
        }
        for uid in round.left where entries[uid]?.reader == round.reader { entries[uid]?.isThere = false }
        if entries.count > limit { forget() }
    }

    /// Whether it is an item's tag or a blank one: of cards that people carry nothing is noted, whatever they are.
    private func isItems(_ tag: HeardTag) -> Bool {
        switch tag.content {
        // It is not read again because its item is known, or a wand has no time yet: a card is forgotten once it is read.
        case .unread: true
        case .read(_, let content):
            !tag.isPatronCard && (content.primaryItemIdentifier != nil || content.model == BlankModel.name)
        case .unreadable: entries[tag.uid] != nil
        }
    }

    private func note(_ tag: HeardTag, in round: StationRound) {
        var entry = entries[tag.uid] ?? Entry(first: tag.at, last: tag.at, reader: round.reader)
        entry.last = max(entry.last, tag.at)
        if let signal = tag.signal { (entry.signal, entry.signalReader) = (signal, round.reader) }
        if case .unreadable = tag.content { entry.unreadable += 1 }
        entries[tag.uid] = entry
    }

    /// A tenth at once, so that it is not done for each tag.
    private func forget() {
        let oldest = entries.sorted { $0.value.last < $1.value.last }.prefix(entries.count - limit + limit / 10)
        for (uid, _) in oldest { entries[uid] = nil }
    }
}
