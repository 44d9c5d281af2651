import Tags
import Testing
import Wire

@testable import Readers

/// readers §1.6, rule 4: "Inventory with status 94: repeat with MODE 80 until the status is no longer 94".
struct FEIGInventoryRoundTests {
    private let books = (0..<4).map { TagUID(0xE004_0150_0000_0000 + UInt64($0)) }
    /// TR-TYPE 04: TR-INFO, OPT-INFO, seven bytes of UID.
    private let card = FEIGInventory.Record.other(type: 0x04, body: [0, 0, 1, 2, 3, 4, 5, 6, 7])

    private func told(_ uids: some Sequence<TagUID>) -> FEIGInventory.Reply {
        FEIGInventory.Reply(records: uids.map { .iso15693(dsfid: 0, uid: $0) })
    }

    private func found(_ uids: some Sequence<TagUID>) -> [DetectedTag] {
        uids.map { DetectedTag(uid: $0, dsfid: 0) }
    }

    @Test func `books behind a portion of other cards are fetched`() {
        var round = FEIGInventoryRound()
        #expect(round.take(.moreData, FEIGInventory.Reply(records: [card])) == .fetchMore)
        #expect(round.take(.ok, told(books)) == .finished(Inventory(tags: found(books))))
    }

    @Test func `books behind a tag of unknown kind are fetched, and the look is not whole`() throws {
        var round = FEIGInventoryRound()
        // Two announced: an ISO 15693 tag and one of type 0D, whose length nobody knows.
        let reply = try FEIGInventory.Reply(bytes("02 0D 11 22 33 03 00 E0 04 01 50 00 00 00 00"))
        #expect(round.take(.moreData, reply) == .fetchMore)
        guard case .finished(let inventory) = round.take(.ok, told(books)) else {
            Issue.record("not finished")
            return
        }
        #expect(inventory.tags == found(books))
        #expect(inventory.incomplete)
    }

    @Test func `a reader that only repeats itself is not asked for ever`() {
        var round = FEIGInventoryRound()
        #expect(round.take(.moreData, told(books)) == .fetchMore)
        #expect(round.take(.moreData, told(books)) == .finished(Inventory(tags: found(books), incomplete: true)))
    }

    @Test func `a look that is begun anew tells the same again, and goes on behind it`() {
        for trouble in [FEIGStatus.radioError, .tagDataFalse] {
            var round = FEIGInventoryRound()
            #expect(round.take(.moreData, told(books.prefix(2))) == .fetchMore)
            let anew = round.take(trouble, nil)
            #expect(anew == (trouble == .radioError ? .lookAgain : .resetAndLook))
            #expect(round.take(.moreData, told(books.prefix(2))) == .fetchMore)
            guard case .finished(let inventory) = round.take(.ok, told(books.suffix(2))) else {
                Issue.record("not finished")
                return
            }
            #expect(inventory.tags == found(books))
            #expect(!inventory.incomplete)
        }
    }
}
