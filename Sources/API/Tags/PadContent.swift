/// What lies on a pad, as an event, `pad`: told again a third of a second after something came, left, or was marked
/// anew, so that nobody has to ask the reader.
package struct PadContent: Codable, Hashable, Sendable {
    /// Name of the pad in the configuration.
    package var reader: String
    /// In the order of their numbers, 256 at most; patron cards are not among them.
    package var tags: [Tag]
    /// Patron cards that lie there: nothing else is told of them.
    package var cards: Int
    /// Everything that lies there, cards and tags beyond the 256 included.
    package var count: Int

    /// A tag on the pad, as much of it as a page shows.
    package struct Tag: Codable, Hashable, Sendable {
        /// 16 hexadecimal digits, beginning with `E0`.
        package var uid: String
        /// The data model's name, `iso28560-3`; `unread` when the tag was not read.
        package var model: String
        /// `nil` for a tag that is no item's, or was not read.
        package var barcode: String?
        /// Title of the item with this barcode, when the holdings know it.
        package var title: String?
        /// `armed`, `disarmed`, `other value`, `unreadable`.
        package var security: String

        package init(uid: String, model: String, barcode: String?, title: String?, security: String) {
            self.uid = uid
            self.model = model
            self.barcode = barcode
            self.title = title
            self.security = security
        }
    }

    package init(reader: String, tags: [Tag], cards: Int, count: Int) {
        self.reader = reader
        self.tags = tags
        self.cards = cards
        self.count = count
    }
}
