package import Tags

/// How often a random number is asked for, and a password given, as long as the answer may have been lost.
private let passwordAttempts = 3

/// Single steps of changing a tag's security, for a caller that reads back by itself and keeps a journal between them.
extension Reader where Self: ~Copyable {
    /// Sends the command that writes the AFI, to the block that holds it where the chip has no command for it. Returns
    /// the tag's refusal; whether the value holds is to be read.
    package mutating func sendAFI(_ afi: UInt8, to uid: TagUID) async throws(ReaderError) -> ISO15693.TagError? {
        try await refusal(of: try await request(toWriteAFI: afi, uid), uid)
    }

    /// Sends the command that sets or resets the EAS bit of an NXP chip; other makers' are refused as unsupported.
    package mutating func sendEAS(_ on: Bool, to uid: TagUID) async throws(ReaderError) -> ISO15693.TagError? {
        guard let request = on ? NXP.SetEAS().request(for: uid) : NXP.ResetEAS().request(for: uid) else {
            throw .unsupported("EAS of a chip by \(Manufacturer(rawValue: uid.manufacturer))")
        }
        return try await refusal(of: request, uid)
    }

    /// Gives a tag the password for EAS and AFI; it has to be given once for each time the tag comes into the field.
    ///
    /// A wrong one mutes the tag until it leaves the field (iso15693 §7.5): never give it to a tag that did not ask. A
    /// tag that keeps silent on it and speaks on afterwards is not mute: its answer was lost, and it is given once more.
    /// Throws ``ReaderError/tagLost(_:)`` when the tag does not answer before it was given.
    package mutating func givePassword(
        _ password: NXP.Password,
        to uid: TagUID
    ) async throws(ReaderError) -> PasswordAnswer {
        guard var random = try await randomNumber(of: uid) else { return .notAsked }
        var isRefused = false
        for _ in 0..<passwordAttempts {
            guard let giving = NXP.SetPassword(.easAFI, password, random: random).request(for: uid) else {
                return .notAsked
            }
            isRefused = false
            do throws(ReaderError) {
                if try await refusal(of: giving, uid) == nil { return .accepted }
                isRefused = true
            } catch {
                guard case .tagLost = error else { throw error }
            }
            do throws(ReaderError) {
                guard let fresh = try await randomNumber(of: uid) else { return .notAsked }
                random = fresh
            } catch {
                guard case .tagLost = error, !isRefused else { throw error }
                return .wrong
            }
        }
        return isRefused ? .notAsked : .accepted
    }

    /// A fresh random number, good for one password; `nil` from a tag that has none to give, and where the reader cannot
    /// ask for it. Asked for again where the answer was lost.
    private mutating func randomNumber(of uid: TagUID) async throws(ReaderError) -> NXP.RandomNumber? {
        guard let asking = NXP.GetRandomNumber().request(for: uid) else { return nil }
        for attempt in 1...passwordAttempts {
            do throws(ReaderError) {
                let response = try await exchange(asking, with: uid)
                guard case .answer(let random)? = try? NXP.GetRandomNumber.answer(from: response) else { return nil }
                return random
            } catch {
                if case .unsupported = error { return nil }
                guard error.mayPass, attempt < passwordAttempts else { throw error }
            }
        }
        return nil
    }

    private mutating func refusal(
        of request: ISO15693.Request,
        _ uid: TagUID
    ) async throws(ReaderError) -> ISO15693.TagError? {
        guard case .error(let error) = try await exchange(request, with: uid) else { return nil }
        return error
    }
}

/// What a tag made of a password.
package enum PasswordAnswer: Hashable, Sendable {
    case accepted
    /// The tag knows no such password, or has nothing to do with passwords.
    case notAsked
    /// The tag has fallen silent, until the field is switched off or the tag is lifted.
    case wrong
}
