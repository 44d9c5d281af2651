/// A call number as bytes whose order is the order on the shelf: plain byte comparison, shorter before longer.
package struct ShelfKey: Hashable, Sendable {
    package var bytes: [UInt8]

    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }
}

extension ShelfKey: Comparable {
    package static func < (left: ShelfKey, right: ShelfKey) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}
