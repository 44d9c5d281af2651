/// A tag in a reader's field as it was read: `GET /v1/readers/{name}/tags`.
package struct TagReading: Codable, Hashable, Sendable {
    /// 16 hexadecimal digits, most significant byte first: `E00401503309CE74`.
    package var uid: String
    /// The chip by name, `ICODE SLIX`.
    package var chip: String?
    /// Data storage format identifier, 0 to 255; `nil` when the tag was not read or did not tell.
    package var dsfid: UInt8?
    /// Application family identifier, 0 to 255, which tells gates whether to ring; `nil` when it is not known.
    package var afi: UInt8?
    /// Bytes in a block; that of the chip, or 4, when the tag was not read.
    package var blockSize: Int
    /// Blocks on the tag, when it told.
    package var blockCount: Int?
    /// User memory from block 0 on, in hexadecimal, tag byte order.
    package var memory: String
    /// Numbers of the locked blocks; `nil` when the lock state was not read.
    package var lockedBlocks: [Int]?
    /// The data model's name, `iso28560-3`, `blank`, `raw`; `unread` when the tag was not read.
    package var model: String
    /// The primary item identifier; `nil` when the tag carries none or was not read.
    package var barcode: String?
    /// Title of the item with this barcode, when the holdings know it.
    package var title: String?
    /// `armed`, `disarmed`, `other value`, `unreadable`.
    package var security: String
    /// Why the tag could not be read whole.
    package var problem: String?

    package init(
        uid: String,
        chip: String?,
        dsfid: UInt8?,
        afi: UInt8?,
        blockSize: Int,
        blockCount: Int?,
        memory: String,
        lockedBlocks: [Int]?,
        model: String,
        barcode: String?,
        title: String?,
        security: String,
        problem: String?
    ) {
        self.uid = uid
        self.chip = chip
        self.dsfid = dsfid
        self.afi = afi
        self.blockSize = blockSize
        self.blockCount = blockCount
        self.memory = memory
        self.lockedBlocks = lockedBlocks
        self.model = model
        self.barcode = barcode
        self.title = title
        self.security = security
        self.problem = problem
    }
}
