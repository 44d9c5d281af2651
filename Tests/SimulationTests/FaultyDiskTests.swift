import Foundation
import Library
import Store
import Tags
import Testing

struct FaultyDiskTests {
    private func moment(_ second: Int64) -> Moment { Moment(milliseconds: House.firstMoment + second * 1000) }

    private func sighting(_ number: UInt64) -> Sighting {
        Sighting(uid: TagUID(0xE004_0100_0000_0000 + number), reader: "wand-1", at: moment(Int64(number)))
    }

    private func tags(_ range: ClosedRange<UInt64>) -> [TagRecord] {
        range.map {
            TagRecord(uid: TagUID(0xE004_0100_0000_0000 + $0), barcode: "3\($0)", model: "raw", readAt: moment(1))
        }
    }

    /// A store on a disk that can fail, and a folder for what is left of it.
    private func opened() throws -> (disk: FaultyDisk, store: Store, folder: URL, left: URL) {
        let root = FileManager.default.temporaryDirectory.appending(path: "pressmark-disk-\(UUID().uuidString)")
        let folder = root.appending(path: "state")
        let disk = FaultyDisk(Chance(seed: 1))
        disk.hold(folder)
        return (disk, try Store.open(folder: folder.path), folder, root.appending(path: "left"))
    }

    @Test func `a power cut keeps what was promised and may lose the rest`() throws {
        var lost = 0
        for _ in 0..<8 {
            let (disk, store, folder, left) = try opened()
            defer { try? FileManager.default.removeItem(at: folder.deletingLastPathComponent()) }
            let sweep = try store.startSweep(SweepScope(), at: moment(0))
            try store.append([sighting(1)], to: sweep.id)
            try store.remember(tags(1...50))
            try disk.copy(folder, to: left, powerFailed: true)
            let after = try Store.open(folder: left.path)
            #expect(try after.sightings(of: sweep.id) == [sighting(1)])
            if try after.tagCount() < 50 { lost += 1 }
            FaultyDisk.release(folder)
        }
        #expect(lost > 0, "nothing that was not promised was ever lost: the disk does not work")
    }

    @Test(arguments: [FaultyDisk.Trouble.full, .failing, .forgetful])
    func `a disk in trouble refuses writes, keeps reading, and nothing acknowledged is lost`(
        _ trouble: FaultyDisk.Trouble
    ) throws {
        let (disk, store, folder, left) = try opened()
        defer { try? FileManager.default.removeItem(at: folder.deletingLastPathComponent()) }
        let sweep = try store.startSweep(SweepScope(), at: moment(0))
        var acknowledged: [Sighting] = []
        for number in 1...200 as ClosedRange<UInt64> {
            disk.trouble = (50...150).contains(number) ? trouble : nil
            if (try? store.append([sighting(number)], to: sweep.id)) != nil { acknowledged.append(sighting(number)) }
            #expect(try store.sightings(of: sweep.id) == acknowledged)
        }
        #expect(disk.refusals > 0)
        #expect(acknowledged.count >= 99)
        try disk.copy(folder, to: left, powerFailed: true)
        #expect(try Store.open(folder: left.path).sightings(of: sweep.id) == acknowledged)
        FaultyDisk.release(folder)
    }
}
