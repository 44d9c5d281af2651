package import Tags

/// Who is meant, what is known, and how an answer is clothed; the commands themselves are in `VirtualTag+Commands`.
extension VirtualTag {
    /// Takes one command, whether it is for this tag or not.
    package mutating func receive(_ frame: ISO15693.RequestFrame) -> Reaction {
        let header = frame.header
        if frame.request == .select, header.uid != uid, state == .selected {
            state = .ready
        }
        guard isMeant(by: header) else { return .silent }
        guard chip.knows(frame.request) else {
            return isDeaf(to: header) ? .silent : react(.unsupported, to: header, frame: frame)
        }
        guard optionIsRight(frame) else { return react(.optionUnsupported, to: header, frame: frame) }
        return react(carryOut(frame), to: header, frame: frame)
    }

    /// Takes a command whose parameters make no sense or whose code nobody knows.
    package mutating func receiveUnknown(_ header: ISO15693.RequestHeader) -> Reaction {
        guard isMeant(by: header), !isDeaf(to: header) else { return .silent }
        return react(.unrecognised, to: header, frame: nil)
    }

    /// NXP's chips keep silent to a command they do not know under the protocol extension flag, even when it names them
    /// (iso15693 §1.3).
    private func isDeaf(to header: ISO15693.RequestHeader) -> Bool {
        chip.manufacturer == .nxp && header.flags.contains(.protocolExtension)
    }

    private func isMeant(by header: ISO15693.RequestHeader) -> Bool {
        switch state {
        case .unpowered, .muted, .destroyed: return false
        case .privacy:
            guard header.manufacturer == NXP.manufacturer, header.code == 0xB2 || header.code == 0xB3 else {
                return false
            }
        case .ready, .quiet, .selected, .persistentlyQuiet: break
        }
        switch header.recipient {
        case .tag(let uid): return uid == self.uid
        case .selected: return state == .selected
        case .everyone: return state == .ready || state == .selected || state == .privacy
        }
    }

    private func optionIsRight(_ frame: ISO15693.RequestFrame) -> Bool {
        guard frame.request.isWrite else { return true }
        if case .custom(let custom) = frame.request, !custom.optionMeansTiming { return true }
        let option = frame.header.flags.contains(.option)
        switch chip.writeOption {
        case .unused: return !option
        case .either: return true
        case .required: return option
        }
    }

    private func react(
        _ outcome: Outcome,
        to header: ISO15693.RequestHeader,
        frame: ISO15693.RequestFrame?
    ) -> Reaction {
        var rate: ISO15693.DataRate = header.flags.contains(.highDataRate) ? .high : .low
        if frame?.request.isFast == true { rate = .fast }
        switch outcome {
        case .silent:
            return .silent
        case .refused(let code):
            guard let said = errorCode(code, to: header.recipient) else { return .silent }
            return .answers(
                ISO15693.Response.error(.init(code: said)).content(answering: .resetToReady),
                writing: nil,
                rate: rate
            )
        case .response(let response):
            guard let frame else { return .silent }
            let wide = header.flags.contains(.protocolExtension)
            let content = response.content(answering: frame.request, protocolExtension: wide)
            if frame.waitsForEndOfFrame {
                return .answersOnEndOfFrame(content, writing: chip.writeTime, rate: rate)
            }
            return .answers(content, writing: frame.request.isWrite ? chip.writeTime : nil, rate: rate)
        }
    }

    /// What the chip says of a refusal; nothing to a request for everyone (iso15693 §1.3).
    private func errorCode(_ code: UInt8, to recipient: ISO15693.Recipient) -> UInt8? {
        guard recipient != .everyone else { return nil }
        switch chip.errorStyle {
        case .detailed: return code
        case .uninformative: return 0x0F
        case .silent: return nil
        }
    }
}
