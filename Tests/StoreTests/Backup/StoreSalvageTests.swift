import Foundation
import Library
import Store
import Tags
import Testing

struct StoreSalvageTests {
    /// Fills the database in a folder with a sweep of so many sightings.
    private func fill(_ folder: borrowing TemporaryFolder, _ count: Int) throws -> [Sighting] {
        let store = try Store.open(folder: folder.path)
        let sweep = try store.startSweep(SweepScope(), at: .second(0))
        let sightings = (1...count).map { number in
            Sighting(uid: .number(UInt64(number)), barcode: "3\(number)", reader: "wand-1", at: .second(Int64(number)))
        }
        try store.append(sightings, to: sweep.id)
        try store.checkpoint()
        return sightings
    }

    private func salvaged(_ path: String) throws -> (Set<Sighting>, SightingSalvage) {
        var found: [Sighting] = []
        let salvage = try Store.salvage(folder: path) { _, sighting in found.append(sighting) }
        #expect(salvage.count == found.count)
        #expect(Set(found).count == found.count, "a sighting came twice")
        return (Set(found), salvage)
    }

    @Test func `a whole database gives everything`() throws {
        let folder = try TemporaryFolder()
        let sightings = try fill(folder, 500)
        let (found, salvage) = try salvaged(folder.path)
        #expect(found == Set(sightings))
        #expect(salvage.damage == nil)
    }

    @Test func `around a destroyed page the log is read from both ends, and the database stays as it is`() throws {
        let folder = try TemporaryFolder()
        let sightings = try fill(folder, 20_000)
        let file = folder.file("pressmark.sqlite")
        var bytes = try Data(contentsOf: file)
        // A page of the log itself: one that holds the barcode of the sighting in the middle.
        let needle = Data("310000wand-1".utf8)
        let place = try #require(bytes.range(of: needle)).lowerBound / 4096 * 4096
        bytes.replaceSubrange(place..<place + 4096, with: Data(repeating: 0xFF, count: 4096))
        try bytes.write(to: file)
        let (found, salvage) = try salvaged(folder.path)
        #expect(salvage.damage != nil)
        #expect(found.isSubset(of: sightings))
        #expect(found.count > 19_000 && found.count < 20_000)
        #expect(found.contains(sightings[0]) && found.contains(sightings[19_999]))
        #expect(try Data(contentsOf: file) == bytes)
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(!left.contains { $0.contains("salvage") })
    }

    @Test func `a file that is no database says so`() throws {
        let folder = try TemporaryFolder()
        try Data(repeating: 0x42, count: 8192).write(to: folder.file("pressmark.sqlite"))
        let error = #expect(throws: StoreError.self) { _ = try Store.salvage(folder: folder.path) { _, _ in } }
        guard case .damaged = error else {
            Issue.record("found \(String(describing: error)), wanted damaged")
            return
        }
    }

    @Test func `a folder without a database is named, and stays as it is`() throws {
        let folder = try TemporaryFolder()
        let file = folder.file("pressmark.sqlite").path
        let error = #expect(throws: StoreError.self) { _ = try Store.salvage(folder: folder.path) { _, _ in } }
        #expect(error == .absent(what: "database \(file)"))
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(left.isEmpty)
        let nowhere = folder.file("nowhere").path
        #expect(throws: StoreError.self) { _ = try Store.salvage(folder: nowhere) { _, _ in } }
        #expect(!FileManager.default.fileExists(atPath: nowhere))
    }
}
