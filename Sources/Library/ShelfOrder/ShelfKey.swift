/// A call number as bytes whose order is the order on the shelf: plain byte comparison, shorter before longer.
package struct ShelfKey: Hashable, Sendable {
    /// A rank byte first, then the parts of the number (see ``ShelfKeyWriter``), or a library system's own key in
    /// UTF-8.
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
