import Tags

/// Texas Instruments' own commands as a Tag-it chip carries them out (iso15693 §8).
extension VirtualTag {
    mutating func carryOutTexasInstruments(_ request: ISO15693.CustomRequest) -> Outcome {
        let size = geometry.blockSize
        switch request.code {
        case 0xA2:
            guard request.parameters.count == 1 + 2 * size else { return .unrecognised }
            let first = Int(request.parameters[0])
            if let refusal = refusalOfPair(first) { return refusal }
            store(Array(request.parameters.dropFirst()), at: first * size)
            return .done
        case 0xA3:
            guard request.parameters.count == 1 else { return .unrecognised }
            let first = Int(request.parameters[0])
            if let refusal = refusalOfPair(first) { return refusal }
            locked[first] = true
            locked[first + 1] = true
            return .done
        case 0xA4:
            guard request.parameters == proPassword else { return .refused(0x14) }
            state = .destroyed
            return .done
        case 0xA5:
            guard request.parameters.count == 5 + size, Array(request.parameters.prefix(4)) == proPassword else {
                return .refused(0x13)
            }
            let block = Int(request.parameters[4])
            guard locked.indices.contains(block), block != 11 else { return .noSuchBlock }
            store(Array(request.parameters.dropFirst(5)), at: block * size)
            return .done
        default:
            return .unsupported
        }
    }

    /// Tag-it HF-I Plus handles blocks in pairs from an even one: A1 says odd, A2 says locked.
    private func refusalOfPair(_ first: Int) -> Outcome? {
        guard first.isMultiple(of: 2) else { return .refused(0xA1) }
        guard first + 1 < geometry.blockCount else { return .noSuchBlock }
        return locked[first] || locked[first + 1] ? .refused(0xA2) : nil
    }

    /// Tag-it HF-I Pro's password counts only once its block is locked.
    private var proPassword: [UInt8]? {
        guard locked.indices.contains(11), locked[11] else { return nil }
        return block(11, security: false).data
    }
}
