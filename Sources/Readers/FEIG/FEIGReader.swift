package import Tags
import Wire

/// A FEIG reader that answers requests: typed tag commands in, the reader's own commands on the line.
package struct FEIGReader: ~Copyable, Reader {
    package let information: ReaderInformation
    var line: FEIGLine
    let model: FEIGModel
    let limits: FEIGLimits
    /// Tags that were reported may keep quiet until the field is reset ("only new tags", CFG5).
    var tagsMayBeQuiet = true
    /// Whether B1 turned out to be unknown, so that BF is used at once.
    var lacksCustomCommands = false
    /// Whether 72 turned out to be unknown, so that 71 is used at once.
    var lacksNewOutputs = false
    /// Whether 71 turned out to be unknown.
    var lacksOldOutputs = false

    init(line: consuming FEIGLine, information: ReaderInformation, model: FEIGModel, limits: FEIGLimits) {
        self.line = line
        self.information = information
        self.model = model
        self.limits = limits
    }

    package mutating func ping() async throws(ReaderError) {
        _ = try await line.ask(FEIGPing(), within: FEIGLine.ownLimit)
    }

    package mutating func resetField() async throws(ReaderError) {
        _ = try await line.ask(FEIGFieldReset()).required(.fieldReset)
        tagsMayBeQuiet = false
    }

    /// The protocol has no inventory by AFI; asking for one is refused as unsupported.
    package mutating func inventory(afi: UInt8?) async throws(ReaderError) -> Inventory {
        guard afi == nil else { throw .unsupported("inventory by AFI on \(model.name)") }
        do throws(ReaderError) {
            return try await look()
        } catch {
            // A damaged reply may have held tags that now keep quiet: only a whole new look finds them.
            guard case .malformed = error else { throw error }
            return try await look()
        }
    }

    private mutating func look() async throws(ReaderError) -> Inventory {
        if tagsMayBeQuiet { try await resetField() }
        var round = FEIGInventoryRound()
        var mode = FEIGInventory.Mode.once
        while true {
            tagsMayBeQuiet = true
            let answer = try await line.ask(FEIGInventory(mode), mayRepeat: false)
            switch round.take(answer.status, answer.value) {
            case .fetchMore:
                mode = .more
            case .lookAgain:
                mode = .once
            case .resetAndLook:
                try await resetField()
                mode = .once
            case .finished(let inventory):
                tagsMayBeQuiet = round.hasReported
                return inventory
            case .refused:
                throw answer.refusal(of: .tag)
            }
        }
    }

    package mutating func exchange(
        _ request: ISO15693.Request,
        with tag: TagUID
    ) async throws(ReaderError) -> ISO15693.Response {
        let address = FEIGTagAddress(.uid(tag))
        switch request {
        case .stayQuiet:
            return try await done(FEIGTagOrder(.stayQuiet, address), tag)
        case .select:
            return try await done(FEIGTagOrder(.select, address), tag)
        case .resetToReady:
            return try await done(FEIGTagOrder(.resetToReady, address), tag)
        case .lockAFI:
            return try await done(FEIGTagOrder(.lockAFI, address), tag)
        case .lockDSFID:
            return try await done(FEIGTagOrder(.lockDSFID, address), tag)
        case .writeAFI(let afi):
            return try await done(FEIGTagSetting(.writeAFI, address, value: afi), tag)
        case .writeDSFID(let dsfid):
            return try await done(FEIGTagSetting(.writeDSFID, address, value: dsfid), tag)
        case .systemInformation:
            return try await systemInformation(tag)
        case .readSingleBlock(let block, let withSecurity):
            return try await readBlocks(tag, first: block, count: 1, withSecurity: withSecurity)
        case .readMultipleBlocks(let first, let count, let withSecurity):
            return try await readBlocks(tag, first: first, count: count, withSecurity: withSecurity)
        case .writeSingleBlock(let block, let data):
            return try await writeBlocks(tag, first: block, count: 1, data: data)
        case .writeMultipleBlocks(let first, let count, let data):
            return try await writeBlocks(tag, first: first, count: count, data: data)
        case .lockBlock(let block):
            let first = try blockNumber(block)
            return try await done(FEIGLockBlocks(address, first: first, count: 1), tag)
        case .blockSecurity(let first, let count):
            return try await blockSecurity(tag, first: first, count: count)
        case .fastReadMultipleBlocks(let first, let count, let withSecurity):
            return try await readBlocks(tag, first: first, count: count, withSecurity: withSecurity)
        case .custom(let custom):
            return try await perform(custom, with: tag)
        case .extended, .cryptographic:
            throw .unsupported("tag command \(Hex.string(request.code)) on \(model.name)")
        }
    }
}
