/// The column names of a Koha item report, and those of its REST interface, by what they mean.
///
/// Source: Koha's `items` table and `/api/v1/items`; a report may add `title` of the biblio, `datesent`/`tobranch` of
/// an open branch transfer, `found` of a waiting hold and the columns of return claims.
enum KohaColumns {
    static let names: [String: ItemField] = [
        "barcode": .barcode, "external_id": .barcode, "item_barcode": .barcode,
        "itemnumber": .itemIdentifier, "item_id": .itemIdentifier,
        "biblionumber": .recordIdentifier, "biblio_id": .recordIdentifier,
        "title": .title,
        "itemcallnumber": .callNumber, "callnumber": .callNumber, "call_number": .callNumber,
        "cn_source": .scheme, "call_number_source": .scheme,
        "cn_sort": .systemSortKey, "call_number_sort": .systemSortKey,
        "enumchron": .enumeration, "serial_issue_number": .enumeration,
        "copynumber": .copyNumber, "copy_number": .copyNumber,
        "homebranch": .homeBranch, "home_library_id": .homeBranch, "home_branch": .homeBranch,
        "holdingbranch": .holdingBranch, "holding_library_id": .holdingBranch, "holding_branch": .holdingBranch,
        "location": .location, "permanent_location": .permanentLocation,
        "ccode": .collection, "collection_code": .collection,
        "itype": .itemType, "item_type_id": .itemType, "effective_item_type_id": .itemType,
        "materials": .parts, "materials_notes": .parts,
        "datelastseen": .lastSeen, "last_seen_date": .lastSeen,
        "onloan": .onLoan, "checked_out_date": .onLoan, "date_due": .onLoan, "due_date": .onLoan,
        "itemlost": .lost, "lost_status": .lost,
        "withdrawn": .withdrawn,
        "damaged": .damaged, "damaged_status": .damaged,
        "notforloan": .notForLoan, "not_for_loan_status": .notForLoan, "not_for_loan": .notForLoan,
        "datesent": .transit, "tobranch": .transit, "transit": .transit, "in_transit": .transit,
        "found": .hold, "hold_status": .hold,
        "return_claim": .claimedReturned, "return_claims": .claimedReturned, "claims_returned": .claimedReturned,
    ]
}
