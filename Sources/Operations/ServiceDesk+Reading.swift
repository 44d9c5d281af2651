package import Library
import Readers
import Store
package import Tags

/// What may be asked of the service without changing anything.
extension ServiceDesk {
    /// Where the database file is.
    package var databasePath: String { store.path }

    /// The holdings snapshot in use; `nil` before the first import.
    package func snapshot() throws -> SnapshotInfo? {
        try store.snapshot()
    }

    /// Every snapshot that is still there, the newest first.
    package func snapshots() throws -> [SnapshotInfo] {
        try store.snapshots()
    }

    /// What branches, locations and collections are called in the holdings in use: of more than a thousand together
    /// those with the most items. Empty before the first import.
    package func places() async throws -> [HoldingsPlace] {
        try await store.places(limit: 1000)
    }

    /// What changed between two snapshots; by default from the one in use before to the one in use now.
    package func difference(from older: Int64?, to newer: Int64?, limit: Int) async throws -> SnapshotComparison {
        let snapshots = try store.snapshots()
        guard let new = newer ?? snapshots.first(where: { $0.state == .current })?.number else {
            throw ImportFailure.nothingBefore(nil)
        }
        guard let old = older ?? snapshots.first(where: { $0.number < new })?.number else {
            throw ImportFailure.nothingBefore(new)
        }
        for number in [old, new] where !snapshots.contains(where: { $0.number == number }) {
            throw ImportFailure.noSuchSnapshot(number)
        }
        return SnapshotComparison(
            from: old,
            to: new,
            difference: try await store.difference(from: old, to: new, limit: limit)
        )
    }

    /// Rejected rows of a snapshot in the order of its file.
    package func rejections(of number: Int64, limit: Int, offset: Int) throws -> [ImportRejection] {
        guard try store.snapshots().contains(where: { $0.number == number }) else {
            throw ImportFailure.noSuchSnapshot(number)
        }
        return try store.rejections(snapshot: number, limit: limit, offset: offset)
    }

    /// All that is known of an item by one of its barcodes: the holdings' item, and the tags it was read on.
    package func known(barcode: String) throws -> KnownItem? {
        let item = try store.item(barcode: barcode)
        let own = item?.item.barcode ?? barcode
        let tags = try store.tags(ofItem: own)
        return item == nil && tags.isEmpty ? nil : KnownItem(barcode: own, item: item?.item, key: item?.key, tags: tags)
    }

    /// The same by the UID of a tag that was read before.
    package func known(uid: TagUID) throws -> KnownItem? {
        guard let record = try store.tag(uid: uid) else { return nil }
        guard let barcode = record.barcode else {
            return KnownItem(barcode: nil, item: nil, key: nil, tags: [record])
        }
        return try known(barcode: barcode)
    }

    /// What is written down of a tag's life; see ``heard`` for how it was heard since the start.
    package func life(of uid: TagUID) throws -> TagLife {
        try store.life(of: uid)
    }

    /// What the holdings say of these barcodes; those they do not know are left out.
    package func items(_ barcodes: some Sequence<String>) throws -> [String: Item] {
        try store.items(barcodes: barcodes).mapValues(\.item)
    }

    /// Alarms of all gates since `moment`, quiet ones included.
    package func alarmCount(since moment: Moment) throws -> Int {
        try store.alarmCount(since: moment)
    }

    /// Every tag in the reader's field, read whole; of a patron card only that it lies there.
    package func tags(on reader: String) async throws(StationError) -> [TagOnReader] {
        let station = try station(reader)
        let rules = station.setup.reading
        let result = try await station.perform { reader -> Result<[TagOnReader], ReaderError> in
            do throws(ReaderError) {
                return .success(try await reader.readAllTags(by: rules))
            } catch {
                return .failure(error)
            }
        }
        do throws(ReaderError) {
            return try result.get().map(\.withoutPatron)
        } catch {
            throw .reader(name: reader, error)
        }
    }

    /// One tag in the reader's field, read whole, and whether its chip's theft bit is set, where it has one; `nil` when
    /// the tag does not answer. Of a patron card only that it lies there.
    package func tag(_ uid: TagUID, on reader: String) async throws(StationError) -> (tag: TagOnReader, eas: Bool?)? {
        let station = try station(reader)
        let rules = station.setup.reading
        let result = try await station.perform { reader -> Result<(tag: TagOnReader, eas: Bool?), ReaderError> in
            do throws(ReaderError) {
                return .success(try await reader.readTag(uid, by: rules))
            } catch {
                return .failure(error)
            }
        }
        do throws(ReaderError) {
            let found = try result.get()
            return (found.tag.withoutPatron, found.eas)
        } catch {
            if case .tagLost = error { return nil }
            throw .reader(name: reader, error)
        }
    }
}

extension TagOnReader {
    /// The tag as it may leave the service: what stands on a patron card is nobody's business.
    fileprivate var withoutPatron: TagOnReader {
        guard content?.typeOfUsage?.isPatronCard == true else { return self }
        return TagOnReader(
            uid: uid,
            chip: chip,
            memory: nil,
            content: nil,
            problem: "a patron card lies there: what stands on it is not shown"
        )
    }
}

extension StationReport {
    /// The model as the device names itself, and its firmware; `nil` while it is not online.
    package var device: (model: String, firmware: String)? {
        guard case .online(let information) = state else { return nil }
        return (information.model, information.firmware)
    }

    /// What the device can do beyond finding and asking tags, by name; `nil` while it is not online.
    package var abilities: [String]? {
        guard case .online(let information) = state else { return nil }
        return information.abilities.map(\.rawValue).sorted()
    }
}
