import API
import Library
import Operations
import Tags

extension PadContent {
    /// - Parameter items: what the holdings know of the barcodes; a tag of an item they do not know has no title.
    init(_ report: PadReport, items: [String: Item]) {
        self.init(
            reader: report.reader,
            tags: report.tags.map { tag in
                Tag(
                    uid: tag.uid.description,
                    model: tag.model ?? "unread",
                    barcode: tag.barcode,
                    title: tag.barcode.flatMap { items[$0]?.title },
                    security: tag.security.word
                )
            },
            cards: report.cards,
            count: report.count
        )
    }
}
