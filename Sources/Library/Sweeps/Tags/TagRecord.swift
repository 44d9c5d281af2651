package import Tags

/// What is remembered of a tag since its memory was last read, so that hearing its UID is enough to know the item.
package struct TagRecord: Hashable, Sendable {
    /// The number by which the tag is recognised when it is heard again.
    package var uid: TagUID
    /// `nil` on a blank, unreadable or foreign tag.
    package var barcode: String?
    /// The data model's name: `iso28560-3`, `blank`, `raw`.
    package var model: String
    /// Which part of how many it is on; `nil` when the tag tells nothing of a set.
    package var setInformation: SetInformation?
    /// ISIL of the owner, when the tag tells it.
    package var owner: String?
    /// Application family identifier as last read.
    package var afi: UInt8?
    /// When the memory was read.
    package var readAt: Moment

    package init(
        uid: TagUID,
        barcode: String?,
        model: String,
        setInformation: SetInformation? = nil,
        owner: String? = nil,
        afi: UInt8? = nil,
        readAt: Moment
    ) {
        self.uid = uid
        self.barcode = barcode
        self.model = model
        self.setInformation = setInformation
        self.owner = owner
        self.afi = afi
        self.readAt = readAt
    }

    /// What a reading of the tag's memory told; `nil` for a patron card, of which nothing is ever kept.
    ///
    /// An identifier that cannot be relied on, such as one under a wrong checksum, names no item.
    package init?(uid: TagUID, reading: LibraryTag, afi: UInt8?, at moment: Moment) {
        guard reading.typeOfUsage?.isPatronCard != true else { return nil }
        self.init(
            uid: uid,
            barcode: reading.isReliable ? reading.primaryItemIdentifier.flatMap { $0.isEmpty ? nil : $0 } : nil,
            model: reading.model,
            setInformation: reading.setInformation,
            owner: reading.ownerInstitution,
            afi: afi,
            readAt: moment
        )
    }
}
