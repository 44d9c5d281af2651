/// Column names that say what they hold in any system: English ones and our own field names.
enum CommonColumns {
    static let names: [String: ItemField] = Dictionary(
        ItemField.allCases.map { (ColumnName.plain($0.name), $0) } + spellings,
        uniquingKeysWith: { first, _ in first }
    )

    private static let spellings: [(String, ItemField)] = [
        ("item_barcode", .barcode), ("copy_barcode", .barcode), ("bar_code", .barcode),
        ("old_barcode", .otherBarcodes), ("former_barcode", .otherBarcodes), ("alternative_barcode", .otherBarcodes),
        ("item_number", .itemIdentifier), ("itemnumber", .itemIdentifier), ("item_id", .itemIdentifier),
        ("bib_id", .recordIdentifier), ("biblionumber", .recordIdentifier), ("record_number", .recordIdentifier),
        ("callnumber", .callNumber), ("call_no", .callNumber), ("shelfmark", .callNumber), ("signature", .callNumber),
        ("classification", .scheme), ("call_number_type", .scheme), ("shelving_order", .systemSortKey),
        ("volume", .enumeration), ("copy_number", .copyNumber), ("copy_no", .copyNumber),
        ("branch", .homeBranch), ("library", .homeBranch), ("owning_library", .homeBranch),
        ("current_branch", .holdingBranch), ("circulating_library", .holdingBranch),
        ("shelving_location", .location), ("current_location", .location), ("home_location", .permanentLocation),
        ("material_type", .itemType), ("format", .itemType), ("collection_code", .collection), ("isil", .owner),
        ("due_date", .onLoan), ("date_due", .onLoan), ("due", .onLoan), ("pieces", .parts),
        ("number_of_pieces", .parts), ("last_inventory", .lastSeen), ("item_status", .status), ("state", .status),
    ]
}
