import GRDB
package import Library
package import Tags

extension Store {
    /// Remembers what was read of tags; an older reading never replaces a newer one.
    ///
    /// Not promised to the disk: what is lost in a power cut is read again from the tag.
    ///
    /// - Parameter now: what is remembered as of later than that was read by a clock that had run ahead, and is older than
    ///   whatever is read now. Without it the moments of both decide alone.
    package func remember(_ records: [TagRecord], by now: Moment? = nil) throws(StoreError) {
        try write(.bulk) { database in
            let insert = try database.cachedStatement(
                sql: """
                    INSERT INTO tag (uid, barcode, model, setTotal, setOrdinal, owner, afi, readAt, firstReadAt)
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8)
                    ON CONFLICT (uid) DO UPDATE SET barcode = excluded.barcode, model = excluded.model,
                    setTotal = excluded.setTotal, setOrdinal = excluded.setOrdinal, owner = excluded.owner,
                    afi = excluded.afi, readAt = excluded.readAt
                    WHERE excluded.readAt >= tag.readAt OR tag.readAt > ?9
                    """
            )
            for record in records {
                try insert.execute(arguments: [
                    record.uid.stored, record.barcode, record.model, record.setInformation?.total,
                    record.setInformation?.ordinal, record.owner, record.afi, record.readAt.milliseconds,
                    now?.milliseconds ?? Int64.max,
                ])
            }
        }
    }

    /// What is remembered of the tag. Some tens of µs.
    package func tag(uid: TagUID) throws(StoreError) -> TagRecord? {
        try look { database in try Self.tag(uid, database) }
    }

    /// What is remembered of each of these tags; unknown ones are left out. Some 5 µs for each.
    package func tags(uids: some Sequence<TagUID>) throws(StoreError) -> [TagUID: TagRecord] {
        try read { database in
            var found: [TagUID: TagRecord] = [:]
            for uid in uids where found[uid] == nil { found[uid] = try Self.tag(uid, database) }
            return found
        }
    }

    /// Every tag that was read with a barcode of this item, by UID: the parts of a set, or a double.
    package func tags(ofItem barcode: String) throws(StoreError) -> [TagRecord] {
        let names = try names(ofItem: barcode).all
        return try read { database in
            let select = try database.cachedStatement(sql: "\(Self.selectTag) WHERE barcode = ?")
            return try names.flatMap { try Row.fetchAll(select, arguments: [$0]).map(TagRecord.init(row:)) }
                .sorted { $0.uid < $1.uid }
        }
    }

    static let selectTag = "SELECT uid, barcode, model, setTotal, setOrdinal, owner, afi, readAt FROM tag"

    private static let selectTagByUID = "\(selectTag) WHERE uid = ?"

    private static func tag(_ uid: TagUID, _ database: Database) throws -> TagRecord? {
        let select = try database.cachedStatement(sql: selectTagByUID)
        return try select.first(uid.stored) { try TagRecord(row: $0) }
    }
}

extension TagRecord {
    init(row: some StoredRow) throws { try self.init(row: row, from: 0) }

    /// The columns of ``Store/tag(uid:)``, which begin at `start`.
    init(row: some StoredRow, from start: Int) throws {
        var parts: SetInformation?
        if let total = row.count(start + 3), let ordinal = row.count(start + 4) {
            parts = SetInformation(total: total, ordinal: ordinal)
        }
        self.init(
            uid: try row.uid(start),
            barcode: row.text(start + 1),
            model: row.text(start + 2) ?? "raw",
            setInformation: parts,
            owner: row.text(start + 5),
            afi: row.byte(start + 6),
            readAt: try row.moment(start + 7).orDamaged("tag without moment")
        )
    }
}
