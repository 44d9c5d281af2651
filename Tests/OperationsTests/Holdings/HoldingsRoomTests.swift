import Library
import Operations
import Store
import Testing

private let settings = ServiceDesk.Settings(
    rules: SweepRules(),
    shelfOrder: .standard,
    scheme: .lcc,
    snapshots: 2
)

private func room(_ store: Store) -> HoldingsRoom {
    HoldingsRoom(store: store, time: ManualTime().keeper, settings: settings)
}

/// The text in portions of seven bytes, as a slow network would bring it.
private func chunks(_ text: String) -> AsyncStream<[UInt8]> {
    let bytes = Array(text.utf8)
    return AsyncStream { continuation in
        for start in stride(from: 0, to: bytes.count, by: 7) {
            continuation.yield(Array(bytes[start..<min(start + 7, bytes.count)]))
        }
        continuation.finish()
    }
}

private func order(_ profile: String?, _ source: String, _ ending: ImportOrder.Ending = .commit) -> ImportOrder {
    ImportOrder(profile: profile, source: source, ending: ending)
}

private let report = """
    barcode,homebranch,location,itemcallnumber,cn_source,title,borrowernumber
    b1,MAIN,REF,QA 76 .A1 2000,lcc,First,4711
    ,MAIN,REF,QA 76 .B1 2000,lcc,No barcode,
    b2,MAIN,REF,QA 76 .C1 2000,lcc,"Second, with a comma",
    b1,MAIN,REF,QA 76 .D1 2000,lcc,Again,

    """

@Test func `a report becomes the snapshot, with its bad rows by line and cause`() async throws {
    let store = try Store.inMemory()
    let outcome = try await room(store).take(chunks(report), order: order("koha", "items.csv"))
    #expect(outcome.imported == 2)
    #expect(outcome.rejected.map(\.line) == [3, 5])
    #expect(outcome.snapshot?.itemCount == 2)
    #expect(outcome.notices.contains { $0.contains("borrowernumber") })
    #expect(try store.item(barcode: "b2")?.item.title == "Second, with a comma")
}

@Test func `a dry run tells the same and changes nothing`() async throws {
    let store = try Store.inMemory()
    let outcome = try await room(store).take(chunks(report), order: order("koha", "items.csv", .dryRun))
    #expect(outcome.imported == 2)
    #expect(outcome.rejectedCount == 2)
    #expect(outcome.snapshot == nil)
    #expect(try store.snapshot() == nil)
}

@Test func `a file without a barcode column leaves the old snapshot as it was`() async throws {
    let store = try Store.inMemory()
    let room = room(store)
    _ = try await room.take(chunks(report), order: order("koha", "items.csv"))
    await #expect(throws: (any Error).self) {
        _ = try await room.take(chunks("title,author\nA,B\n"), order: order("koha", "bad.csv"))
    }
    #expect(try store.snapshot()?.source == "items.csv")
    #expect(try store.item(barcode: "b1") != nil)
}

@Test func `a profile nobody knows is refused with those there are`() async throws {
    let store = try Store.inMemory()
    do {
        _ = try await room(store).take(chunks(report), order: order("acme", "x"))
        Issue.record("found an import, wanted a refusal")
    } catch let failure as ImportFailure {
        guard case .unknownProfile("acme", let known) = failure else {
            Issue.record("found \(failure), wanted an unknown profile")
            return
        }
        #expect(known.contains("koha"))
    }
}

@Test func `the profile is guessed and what was understood is told`() async throws {
    let store = try Store.inMemory()
    let outcome = try await room(store).take(chunks(report), order: order(nil, "items.csv", .preview))
    #expect(outcome.profile == "koha")
    #expect(outcome.reason?.contains("itemcallnumber") == true)
    #expect(outcome.columns.first { $0.name == "itemcallnumber" }?.field == "call-number")
    #expect(outcome.columns.first { $0.name == "borrowernumber" }?.isPatron == true)
    #expect(outcome.first.map(\.barcode) == ["b1", "b2"])
    #expect(outcome.snapshot?.state == .staged)
    #expect(try store.snapshot() == nil)
}

@Test func `a file nobody recognises is refused before a row of it is read`() async throws {
    let store = try Store.inMemory()
    await #expect(throws: ImportFailure.unrecognised) {
        _ = try await room(store).take(chunks("colour,size\nred,5\n"), order: order(nil, "x"))
    }
    #expect(try store.snapshots().isEmpty)
    #expect(ImportFailure.unrecognised.hint.contains("barcode"))
}

@Test func `an empty file is told to be empty, and not to be of an unknown system`() async throws {
    let store = try Store.inMemory()
    let failure = await #expect(throws: ImportFailure.self) {
        _ = try await room(store).take(chunks(""), order: order(nil, "x"))
    }
    #expect(failure?.description.hasSuffix("the file is empty") == true)
}

@Test func `an import that loses too many items is staged and asks`() async throws {
    let store = try Store.inMemory()
    let room = room(store)
    let whole = "barcode,title\n" + (0..<100).map { "b\($0),T\n" }.joined()
    _ = try await room.take(chunks(whole), order: order("csv", "whole.csv"))
    let half = "barcode,title\n" + (0..<50).map { "b\($0),T\n" }.joined()
    await #expect(throws: ImportFailure.shrinks(Shrinkage(gone: 50, of: 100), staged: 2)) {
        _ = try await room.take(chunks(half), order: order("csv", "half.csv"))
    }
    #expect(try store.snapshot()?.number == 1)
    await #expect(throws: ImportFailure.shrinks(Shrinkage(gone: 50, of: 100), staged: 2)) {
        _ = try await room.accept(2, acceptsShrink: false)
    }
    #expect(try await room.accept(2, acceptsShrink: true).itemCount == 50)
    #expect(try await room.revert(to: 1).itemCount == 100)
    var bold = order("csv", "half.csv")
    bold.acceptsShrink = true
    #expect(try await room.take(chunks(half), order: bold).shrinkage.gone == 50)
    await #expect(throws: ImportFailure.noSuchSnapshot(77)) { try await room.revert(to: 77) }
    await #expect(throws: ImportFailure.noSuchSnapshot(3)) { try await room.discard(3) }
}

@Test func `call numbers that cannot be filed are told`() async throws {
    let store = try Store.inMemory()
    let outcome = try await room(store).take(chunks("barcode,call_number\n1,???\n2,QA 7\n"), order: order("csv", "x"))
    #expect(outcome.imported == 2)
    #expect(outcome.notices.contains { $0.hasPrefix("1 call numbers cannot be filed") })
    #expect(outcome.notices.contains { $0.contains("\"???\"") })
}

@Test func `changes go into a copy of the snapshot in use, and no change only dates it`() async throws {
    let store = try Store.inMemory()
    let room = room(store)
    #expect(try await room.update(with: chunks(report), order: order("koha", "pull")) == nil)
    _ = try await room.take(chunks(report), order: order("koha", "items.csv"))
    let changes = "barcode,itemcallnumber,homebranch,title\nb2,QA 99,MAIN,Changed\nb9,QA 98,MAIN,New\n"
    let outcome = try #require(try await room.update(with: chunks(changes), order: order("koha", "pull")))
    #expect(outcome.imported == 2)
    #expect(outcome.snapshot?.base == 1)
    #expect(outcome.snapshot?.itemCount == 3)
    #expect(try store.item(barcode: "b2")?.item.title == "Changed")
    #expect(try store.item(barcode: "b1")?.item.title == "First")
    let none = try #require(try await room.update(with: chunks(""), order: order("koha", "pull")))
    #expect(none.snapshot == nil)
    #expect(try store.snapshot()?.checkedAt != nil)
}

@Test func `changes alone are not added to a snapshot that was filed by other switches`() async throws {
    let store = try Store.inMemory()
    let first = try await room(store).take(chunks(report), order: order("koha", "items.csv"))
    var changed = settings
    changed.shelfOrder.ignoresCutterX = true
    let room = HoldingsRoom(store: store, time: ManualTime().keeper, settings: changed)
    let changes = "barcode,itemcallnumber\nb2,QA 99 .B52x\n"
    #expect(try await room.update(with: chunks(changes), order: order("koha", "pull")) == nil)
    #expect(try store.snapshot() == first.snapshot)
    _ = try await room.take(chunks(report), order: order("koha", "items.csv"))
    #expect(try await room.update(with: chunks(changes), order: order("koha", "pull")) != nil)
}

/// Changes in one piece, or none; before one of its steps somebody goes back to another snapshot.
private struct RevertedMeanwhile: AsyncSequence {
    let room: HoldingsRoom
    let changes: [UInt8]
    /// Before the piece or before the end.
    let step: Int

    struct AsyncIterator: AsyncIteratorProtocol {
        let changes: RevertedMeanwhile
        var steps = 0

        mutating func next() async throws -> [UInt8]? {
            if steps == changes.step { _ = try await changes.room.revert(to: 1) }
            steps += 1
            return steps == 1 && !changes.changes.isEmpty ? changes.changes : nil
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(changes: self) }
}

@Test(arguments: [(0, "barcode,title\nb2,Changed\n"), (1, "barcode,title\nb2,Changed\n"), (0, "")])
func `changes never take the place of a snapshot that somebody went back to meanwhile`(
    _ step: Int,
    _ changes: String
) async throws {
    let store = try Store.inMemory()
    let room = room(store)
    for name in ["first.csv", "second.csv"] { _ = try await room.take(chunks(report), order: order("koha", name)) }
    let late = RevertedMeanwhile(room: room, changes: Array(changes.utf8), step: step)
    await #expect(throws: ImportFailure.overtaken(found: 1, wanted: 2)) {
        _ = try await room.update(with: late, order: order("koha", "pull"))
    }
    let inUse = try store.snapshot()
    #expect(inUse?.number == 1 && inUse?.checkedAt == nil)
    #expect(try store.item(barcode: "b2")?.item.title == "Second, with a comma")
    #expect(await room.progress == nil)
}

@Test func `a place in changes from FOLIO is the one of the whole pull`() async throws {
    let store = try Store.inMemory()
    let room = room(store)
    let whole = #"{"items":[{"id":"i1","barcode":"7","effectiveLocationId":"l1"}]}"#
    let changes = #"{"items":[{"id":"i1","barcode":"7","effectiveLocation":{"id":"l1","name":"Stacks"}}]}"#
    _ = try await room.take(chunks(whole), order: order("folio", "pull"))
    _ = try await room.update(with: chunks(changes), order: order("folio", "pull"))
    #expect(try store.item(barcode: "7")?.item.location == "l1")
}

@Suite struct BadInputTests {
    private func take(_ bytes: [UInt8], _ profile: String? = "csv", into store: Store) async throws -> ImportOutcome {
        let portions = AsyncStream<ArraySlice<UInt8>> { continuation in
            for start in stride(from: 0, to: bytes.count, by: 100_000) {
                continuation.yield(bytes[start..<min(start + 100_000, bytes.count)])
            }
            continuation.finish()
        }
        return try await room(store).take(portions, order: order(profile, "bad"))
    }

    @Test func `encodings that are mixed come in, and the first line that is not UTF-8 is told`() async throws {
        let store = try Store.inMemory()
        let bytes = Array("barcode,title\n1,Größe\n2,Gr".utf8) + [0xF6, 0xDF] + Array("e\n3,ok\n".utf8)
        let outcome = try await take(bytes, into: store)
        #expect(outcome.imported == 3)
        #expect(outcome.notices.contains { $0.contains("line 3 is not UTF-8") })
        #expect(try ["1", "2"].map { try store.item(barcode: $0)?.item.title } == ["Größe", "Größe"])
    }

    @Test func `a quote that never closes costs its row and no other`() async throws {
        let store = try Store.inMemory()
        let outcome = try await take(Array("barcode,title\n1,A\n2,\"B\n3,C\n4,\"D\"\n".utf8), into: store)
        #expect(outcome.rejected.map(\.line) == [3])
        #expect(outcome.rejected.first?.cause.contains("never closes") == true)
        #expect(outcome.first.map(\.barcode) == ["1", "3", "4"])
    }

    @Test func `a field of ten megabytes is rejected and the rest comes in`() async throws {
        let store = try Store.inMemory()
        let long = [UInt8](repeating: 0x78, count: 10 << 20)
        let outcome = try await take(Array("barcode,title\n1,A\n2,".utf8) + long + Array("\n3,C\n".utf8), into: store)
        #expect(outcome.first.map(\.barcode) == ["1", "3"])
        #expect(outcome.rejected.map(\.line) == [3])
        #expect(outcome.rejected.first.map { $0.text.utf8.count <= 500 } == true)
    }

    @Test func `rows that break the site's barcode rules are rejected with the rule`() async throws {
        let store = try Store.inMemory()
        var strict = settings
        strict.barcodes = BarcodeRules(prefixes: ["30"], checkDigit: .luhn)
        let room = HoldingsRoom(store: store, time: ManualTime().keeper, settings: strict)
        let rows = "barcode\n30100000000002\n30100000000003\n40100000000001\n"
        let outcome = try await room.take(chunks(rows), order: order("csv", "x"))
        #expect(outcome.imported == 1)
        #expect(
            outcome.rejected.map(\.cause) == [
                "found barcode 30100000000003 with check digit 3, wanted 2",
                "found barcode 40100000000001, wanted one that begins with 30",
            ]
        )
    }

    @Test func `MARC records without items are counted, and a leader that lies costs nothing`() async throws {
        let store = try Store.inMemory()
        func record(_ length: String, _ item: String?) -> [UInt8] {
            let field = item.map { "  \u{1F}p\($0)\u{1E}" } ?? "  \u{1F}aA title\u{1E}"
            let tag = item == nil ? "245" : "952"
            let size = String(field.utf8.count)
            let directory = tag + String(repeating: "0", count: 4 - size.count) + size + "00000" + "\u{1E}"
            return Array("\(length)nam a22000374a 4500\(directory)\(field)\u{1D}".utf8)
        }
        let bytes = record("99999", "1001") + record("00010", nil) + record("00000", "1002")
        let outcome = try await take(bytes, "koha-marc", into: store)
        #expect(outcome.first.map(\.barcode) == ["1001", "1002"])
        #expect(outcome.notices.contains { $0.hasPrefix("1 records without an item") && $0.hasSuffix("record 2") })
    }

    @Test func `JSON that is too deep or too large is rejected record by record`() async throws {
        let store = try Store.inMemory()
        let deep = String(repeating: "[", count: 5000) + String(repeating: "]", count: 5000)
        let large = String(repeating: "x", count: 2 << 20)
        let text = """
            {"barcode":"1"}
            {"barcode":"2","notes":\(deep)}
            {"barcode":"3","notes":"\(large)"}
            {"barcode":"4"}

            """
        let outcome = try await take(Array(text.utf8), "jsonl", into: store)
        #expect(outcome.first.map(\.barcode) == ["1", "4"])
        #expect(outcome.rejected.map(\.line) == [2, 3])
    }
}
