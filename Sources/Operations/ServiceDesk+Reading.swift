package import Library
import Readers
import Store
import Tags

/// What may be asked of the service without changing anything.
extension ServiceDesk {
    /// Where the database file is.
    package var databasePath: String { store.path }

    /// The holdings snapshot in use; `nil` before the first import.
    package func snapshot() throws -> SnapshotInfo? {
        try store.snapshot()
    }

    /// What the holdings say of these barcodes; those they do not know are left out.
    package func items(_ barcodes: some Sequence<String>) throws -> [String: Item] {
        try store.items(barcodes: barcodes).mapValues(\.item)
    }

    /// Alarms of all gates since `moment`, counted up to 10 000.
    package func alarmCount(since moment: Moment) throws -> Int {
        try store.latestAlarms(limit: 10_000).prefix { $0.alarm.at >= moment }.count
    }

    /// Every tag in the reader's field, read whole; of a patron card only that it lies there.
    package func tags(on reader: String) async throws(StationError) -> [TagOnReader] {
        let result = try await station(reader).perform { reader -> Result<[TagOnReader], ReaderError> in
            do throws(ReaderError) {
                return .success(try await reader.readAllTags())
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
}
