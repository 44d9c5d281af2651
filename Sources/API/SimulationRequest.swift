/// What to do in the simulated branch: `POST /v1/simulation`. One of the cases.
package enum SimulationRequest: Codable, Hashable, Sendable {
    /// Lays items on a pad, beside what lies there already.
    case put(barcodes: [String], reader: String)
    /// Takes items off a pad and back to where they were; all of them when the list is empty.
    case take(barcodes: [String], reader: String)
    /// Takes an item off the pad in the middle of the next write.
    case snatch(barcode: String, reader: String)
    /// Walks the wand along the shelf, from one item to another (the whole shelf when left out).
    case walk(reader: String, from: String?, to: String?, millimetresPerSecond: Double)
    /// Carries items through a gate and back to the shelf afterwards.
    case carry(barcodes: [String], gate: String)
    /// Unplugs a reader, or plugs it in again.
    case unplug(reader: String)
    case plug(reader: String)
    /// What goes wrong with the library system's next answers, one word each: `slow`, `wrong-checksum`, `half-line`,
    /// `silence`, `drop`, `drop-before`, `resend`, `stale`, `twice`, `garbage`, `refuse`, or `none`.
    case trouble(faults: [String])
}

/// How the simulated branch stands: `GET /v1/simulation`, and the answer to each request.
package struct SimulationScene: Codable, Hashable, Sendable {
    /// Items on the shelf, first and last barcode, for examples.
    package var shelfItems: Int
    /// Of the item at the left end; `nil` when the shelf is empty.
    package var firstBarcode: String?
    /// Of the item at the right end; `nil` when the shelf is empty.
    package var lastBarcode: String?
    /// Shelf length in millimetres.
    package var shelfMillimetres: Int
    /// Barcodes by pad.
    package var pads: [String: [String]]
    /// Where each wand is, in millimetres from the start of the shelf.
    package var wands: [String: Int]
    /// Outputs of gates that are on: `gate-1 siren`.
    package var outputs: [String]
    /// What was done, in words.
    package var message: String

    package init(
        shelfItems: Int,
        firstBarcode: String?,
        lastBarcode: String?,
        shelfMillimetres: Int,
        pads: [String: [String]],
        wands: [String: Int],
        outputs: [String] = [],
        message: String
    ) {
        self.shelfItems = shelfItems
        self.firstBarcode = firstBarcode
        self.lastBarcode = lastBarcode
        self.shelfMillimetres = shelfMillimetres
        self.pads = pads
        self.wands = wands
        self.outputs = outputs
        self.message = message
    }
}
