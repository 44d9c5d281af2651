import Tags
import Wire

/// What a gate asks first: is anybody there at all.
extension FEIGReader {
    /// Bits of an inventory answer on air: flags, DSFID, UID, check bytes.
    private static let answerBits: UInt16 = 96
    /// Until the next slot is opened, 20 ms; of one slot alone none is.
    private static let slotDelay: UInt16 = 0x846A

    /// The protocol has no inventory by AFI; BF carries ours to the air (M-CPR). Whatever is not silence counts as
    /// somebody: several answers at once are no readable one.
    package mutating func senses(afi: UInt8) async throws(ReaderError) -> Bool {
        // Tags that an inventory has reported keep quiet until the field was off.
        if tagsMayBeQuiet { try await resetField() }
        let question = ISO15693.InventoryRequest(slots: .one, afi: afi)
        let answer = try await line.ask(
            FEIGTransparent(
                mode: .inventory(delay: Self.slotDelay),
                responseBits: Self.answerBits,
                request: question.bytes
            ),
            mayRepeat: false
        )
        return try answer.isSomebody(.transparent)
    }

    /// The EAS alarm to all chips at once: B1 with nobody named, BF where B1 is unknown.
    package mutating func sensesEAS(of manufacturer: UInt8) async throws(ReaderError) -> Bool {
        let alarm = ISO15693.CustomRequest(manufacturer: manufacturer, code: easAlarm)
        guard manufacturer == Manufacturer.nxp.rawValue,
            let frame = ISO15693.RequestFrame(toEveryone: .custom(alarm))
        else { throw .unsupported("EAS alarm of a chip by \(Manufacturer(rawValue: manufacturer))") }
        // A quiet tag answers nothing that is said to everybody.
        if tagsMayBeQuiet { try await resetField() }
        if !lacksCustomCommands {
            let command = FEIGCustom(
                manufacturer: manufacturer,
                custom: alarm.code,
                address: FEIGTagAddress(.any)
            )
            let answer = try await line.ask(command, mayRepeat: false)
            switch answer.status {
            case .unknownCommand: lacksCustomCommands = true
            // A detuned antenna puts 84 where 00 or 01 would tell, and B1 has no data to tell by: BF has.
            case .radioWarning: break
            default: return try answer.isSomebody(.custom)
            }
        }
        let command = FEIGTransparent(mode: .read, responseBits: 280, request: frame.bytes)
        let answer = try await line.ask(command, mayRepeat: false)
        // Neither way tells: a look too many is better than an alarm not heard.
        if answer.status == .unknownCommand, !lacksCustomCommands { return true }
        return try answer.isSomebody(.transparent)
    }
}

extension FEIGAnswer {
    /// Whether anything at all answered on air; a reader that cannot ask is an error.
    fileprivate func isSomebody(_ command: FEIGCommandCode) throws(ReaderError) -> Bool {
        switch status {
        case .noTag: return false
        case .ok, .tagDataFalse, .collision, .tagError, .radioError: return true
        // It stands on every reply while it lasts, on those that nobody answered too (readers §1.4).
        case .radioWarning: return !data.isEmpty
        default: throw refusal(of: command)
        }
    }
}
