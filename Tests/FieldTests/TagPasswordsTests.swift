import Tags
import Testing

@testable import Field

@Suite struct TagPasswordsTests {
    private func passwords(_ chip: String = "ICODE SLIX2") throws -> TagPasswords {
        TagPasswords(chip: try #require(ChipTable.named(chip)), seed: 1)
    }

    private func covered(_ password: NXP.Password, _ random: [UInt8]) -> [UInt8] {
        password.covered(with: .init(random[0], random[1]))
    }

    @Test func `a tag is delivered with the maker's passwords`() throws {
        let new = try passwords()
        #expect(new.stored[0x10] == [0, 0, 0, 0])
        #expect(new.stored[0x04] == [0x0F, 0x0F, 0x0F, 0x0F])
        #expect(try passwords("ICODE SLIX").stored.keys.sorted() == [0x10])
        #expect(try passwords("ICODE SLI").stored.isEmpty)
    }

    @Test func `a password is right only under the number last given out`() throws {
        var tag = try passwords()
        let first = tag.challenge()
        let second = tag.challenge()
        #expect(first != second)
        #expect(tag.present(0x10, covered: covered(.factory(.easAFI), first)) == false)
        let third = tag.challenge()
        #expect(tag.present(0x10, covered: covered(.factory(.easAFI), third)) == true)
        #expect(tag.isGiven(0x10))
        #expect(!tag.isGiven(0x04))
    }

    @Test func `without a number, or for a password the chip lacks, there is no right or wrong`() throws {
        var tag = try passwords("ICODE SLIX")
        #expect(tag.present(0x10, covered: [0, 0, 0, 0]) == nil)
        _ = tag.challenge()
        #expect(tag.present(0x01, covered: [0, 0, 0, 0]) == nil)
    }

    @Test func `what was given is forgotten with the field and with a new password`() throws {
        var tag = try passwords()
        let random = tag.challenge()
        _ = tag.present(0x10, covered: covered(.factory(.easAFI), random))
        tag.forget()
        #expect(!tag.isGiven(0x10))
        let again = tag.challenge()
        _ = tag.present(0x10, covered: covered(.factory(.easAFI), again))
        tag.replace(0x10, with: [1, 2, 3, 4])
        #expect(!tag.isGiven(0x10))
        #expect(tag.stored[0x10] == [1, 2, 3, 4])
    }
}
