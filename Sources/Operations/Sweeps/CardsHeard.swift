import Tags

/// Patron cards that were read lately: a wand that comes by one again may have no time to read it, and its number alone
/// looks like that of a tag that nobody could read. In memory alone, and bounded.
struct CardsHeard: Sendable {
    private var uids: Set<TagUID> = []

    /// All go at once when there are more.
    private static let most = 4096

    /// Takes what came into a field, and returns the cards that were read there.
    mutating func take(_ arrived: [HeardTag]) -> [TagUID] {
        var read: [TagUID] = []
        for heard in arrived where heard.isRead {
            if heard.isPatronCard {
                if uids.count >= Self.most { uids.removeAll() }
                uids.insert(heard.uid)
                read.append(heard.uid)
            } else if !uids.isEmpty {
                // It was made an item's tag.
                uids.remove(heard.uid)
            }
        }
        return read
    }

    /// Whether a tag with this number was read as a card last.
    func knows(_ uid: TagUID) -> Bool { uids.contains(uid) }

    /// Whether it is a card by this look, or by the last one that had the time to read it.
    func has(_ heard: HeardTag) -> Bool {
        heard.isRead ? heard.isPatronCard : knows(heard.uid)
    }
}
