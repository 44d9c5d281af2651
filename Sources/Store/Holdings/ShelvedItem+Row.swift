import Library

/// The columns of an item in one order for reading; the shelf key comes last.
extension ShelvedItem {
    static let columns = """
        barcode, itemIdentifier, recordIdentifier, title, callNumber, scheme, systemSortKey, enumeration, copyNumber, \
        homeBranch, holdingBranch, location, permanentLocation, collection, itemType, status, statusText, parts, \
        owner, lastSeen, otherBarcodes, shelfKey
        """

    init(row: some StoredRow) throws {
        let item = Item(
            barcode: try row.text(0).orDamaged("item without barcode"),
            otherBarcodes: row.text(20)?.split(separator: "\n").map(String.init) ?? [],
            itemIdentifier: row.text(1),
            recordIdentifier: row.text(2),
            title: row.text(3),
            callNumber: row.text(4),
            scheme: row.text(5).flatMap(CallNumberScheme.init(rawValue:)) ?? .local,
            systemSortKey: row.text(6),
            enumeration: row.text(7),
            copyNumber: row.text(8),
            homeBranch: row.text(9),
            holdingBranch: row.text(10),
            location: row.text(11),
            permanentLocation: row.text(12),
            collection: row.text(13),
            itemType: row.text(14),
            status: row.text(15).flatMap(ItemStatus.init(rawValue:)) ?? .unknown,
            statusText: row.text(16),
            parts: row.count(17),
            owner: row.text(18),
            lastSeen: row.text(19)
        )
        self.init(item: item, key: row.key(21))
    }
}
