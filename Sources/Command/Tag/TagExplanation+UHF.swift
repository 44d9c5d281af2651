import Tags
import Wire

extension TagExplanation {
    /// A UHF tag by its two memory banks (ISO/TS 28560-4). Readers that check the identifier bank's checksum themselves
    /// leave it out, so it is one only where it is right.
    init(identifierBank: [UInt8], userBank: [UInt8]) throws(ParseError) {
        var reader = ByteReader(identifierBank)
        var whole = reader
        let bank: IdentifierBank
        if let read = try? IdentifierBank(parsing: &whole), read.checksum == read.computedChecksum {
            bank = read
        } else {
            bank = try IdentifierBank(parsingWithoutChecksum: &reader)
        }
        let tag = Part4Model.decode(bank, userBank: userBank)
        var memory = tag.memory
        memory.dsfid = userBank.first
        if bank.isISONumbering { memory.afi = bank.afi }
        self.init(memory: memory, tag: tag)
    }
}
