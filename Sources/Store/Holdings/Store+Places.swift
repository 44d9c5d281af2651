import GRDB
package import Library

extension Store {
    /// Branches, locations and collections as items of the current snapshot have them together, in the order of the
    /// alphabet; where there are more than `limit`, those with the most items. A second or so for each million items,
    /// on a thread of the store.
    package func places(limit: Int) async throws(StoreError) -> [HoldingsPlace] {
        guard let snapshot = shelf.current else { return [] }
        let query = """
            SELECT branch, place, collection, items FROM (
                SELECT COALESCE(homeBranch, holdingBranch) AS branch, COALESCE(permanentLocation, location) AS place,
                collection, COUNT(*) AS items FROM item GROUP BY 1, 2, 3 ORDER BY items DESC LIMIT ?
            ) ORDER BY branch, place, collection
            """
        do {
            return try await snapshot.read { database in
                try Row.fetchAll(database, sql: query, arguments: [max(0, limit)]).map { row in
                    HoldingsPlace(
                        branch: row.text(0),
                        location: row.text(1),
                        collection: row.text(2),
                        items: row.count(3) ?? 0
                    )
                }
            }
        } catch {
            throw StoreError(error)
        }
    }
}
