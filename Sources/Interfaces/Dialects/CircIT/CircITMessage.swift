import Library
import Operations

/// An answer in the CircIT dialect.
struct CircITMessage: Encodable {
    var status: Bool
    var statuscode: Int
    var message: String?
    var items: [Item]?

    struct Item: Encodable {
        var barcode: String
        /// Whether the gate would ring.
        var security: Bool
    }
}

extension CircITMessage {
    init(_ items: [PadItem]) {
        self.init(
            status: true,
            statuscode: 0,
            items: items.compactMap { item in
                item.barcode.map { Item(barcode: $0, security: item.security == .armed) }
            }
        )
    }
}
