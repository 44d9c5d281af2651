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

private let report = """
    barcode,homebranch,location,itemcallnumber,cn_source,title,borrowernumber
    b1,MAIN,REF,QA 76 .A1 2000,lcc,First,4711
    ,MAIN,REF,QA 76 .B1 2000,lcc,No barcode,
    b2,MAIN,REF,QA 76 .C1 2000,lcc,"Second, with a comma",
    b1,MAIN,REF,QA 76 .D1 2000,lcc,Again,

    """

@Test func `a report becomes the snapshot, with its bad rows by line and cause`() async throws {
    let store = try Store.inMemory()
    let outcome = try await room(store).take(chunks(report), profile: "koha", source: "items.csv", dryRun: false)
    #expect(outcome.imported == 2)
    #expect(outcome.rejected.map(\.line) == [3, 5])
    #expect(outcome.snapshot?.itemCount == 2)
    #expect(outcome.notices.contains { $0.contains("borrowernumber") })
    #expect(try store.item(barcode: "b2")?.item.title == "Second, with a comma")
}

@Test func `a dry run tells the same and changes nothing`() async throws {
    let store = try Store.inMemory()
    let outcome = try await room(store).take(chunks(report), profile: "koha", source: "items.csv", dryRun: true)
    #expect(outcome.imported == 2)
    #expect(outcome.rejectedCount == 2)
    #expect(outcome.snapshot == nil)
    #expect(try store.snapshot() == nil)
}

@Test func `a file without a barcode column leaves the old snapshot as it was`() async throws {
    let store = try Store.inMemory()
    let room = room(store)
    _ = try await room.take(chunks(report), profile: "koha", source: "items.csv", dryRun: false)
    await #expect(throws: (any Error).self) {
        _ = try await room.take(chunks("title,author\nA,B\n"), profile: "koha", source: "bad.csv", dryRun: false)
    }
    #expect(try store.snapshot()?.source == "items.csv")
    #expect(try store.item(barcode: "b1") != nil)
}

@Test func `a profile nobody knows is refused with those there are`() async throws {
    let store = try Store.inMemory()
    do {
        _ = try await room(store).take(chunks(report), profile: "acme", source: "x", dryRun: false)
        Issue.record("found an import, wanted a refusal")
    } catch let failure as ImportFailure {
        guard case .unknownProfile("acme", let known) = failure else {
            Issue.record("found \(failure), wanted an unknown profile")
            return
        }
        #expect(known.contains("koha"))
    }
}
