/// Finds out which chip a tag has by asking it: UID bits first, then its own word, then NXP's own question where UID
/// bits cannot tell old chips from new ones.
///
/// A pure machine: it says what to ask and is told what came back. It never writes (iso15693 §7.1, §11.16).
package struct ChipProbe: Sendable {
    /// What to do next.
    package enum Step: Hashable, Sendable {
        case ask(ISO15693.Request)
        case finished(Result)
    }

    /// What is known of a tag.
    package struct Result: Hashable, Sendable {
        /// `nil` for a stranger, and for a clone whose memory is not that of the chip it claims to be.
        package var chip: Chip?
        /// The size to read by; `nil` when neither the tag nor its chip's row tells it.
        package var geometry: MemoryGeometry?
        /// The answer to 2B; `nil` when the chip does not know the command, was silent or refused.
        package var systemInformation: ISO15693.SystemInformation?
        /// Says whether ``chip`` may be relied on: UID bits alone can lie.
        package var certainty: Certainty
    }

    /// How sure the chip is.
    package enum Certainty: Hashable, Sendable {
        /// By UID bits alone.
        case byUID
        /// The tag's own word agrees.
        case confirmed
        /// The tag's own word contradicts every chip with such a UID: a clone, or a chip we do not know.
        case contradicted
    }

    private let uid: TagUID
    private var state: State = .start

    private enum State: Hashable, Sendable {
        case start
        case askedSystemInformation
        case askedMaker(Result)
        case finished(Result)
    }

    package init(_ uid: TagUID) {
        self.uid = uid
    }

    /// The first step.
    package mutating func begin() -> Step {
        guard state == .start else { return step() }
        if let chip = Chip(recognising: uid), !chip.knows(.systemInformation) {
            state = .finished(
                Result(chip: chip, geometry: chip.geometry, systemInformation: nil, certainty: .byUID)
            )
        } else {
            state = .askedSystemInformation
        }
        return step()
    }

    /// Takes the tag's answer to what was asked; `nil` for silence.
    package mutating func take(_ response: ISO15693.Response?) -> Step {
        switch state {
        case .start, .finished:
            break
        case .askedSystemInformation:
            takeSystemInformation(response)
        case .askedMaker(let result):
            takeMaker(response, result)
        }
        return step()
    }

    private func step() -> Step {
        switch state {
        case .start, .askedSystemInformation:
            return .ask(.systemInformation)
        case .askedMaker(let result):
            guard let request = NXP.GetSystemInformation().request(for: uid) else { return .finished(result) }
            return .ask(request)
        case .finished(let result):
            return .finished(result)
        }
    }

    private mutating func takeSystemInformation(_ response: ISO15693.Response?) {
        guard case .systemInformation(let information) = response else {
            let chip = Chip(recognising: uid)
            state = .finished(
                Result(chip: chip, geometry: chip?.geometry, systemInformation: nil, certainty: .byUID)
            )
            return
        }
        guard let chip = Chip(recognising: uid, systemInformation: information) else {
            state = .finished(
                Result(
                    chip: nil,
                    geometry: information.geometry,
                    systemInformation: information,
                    certainty: .contradicted
                )
            )
            return
        }
        let result = Result(
            chip: chip,
            geometry: chip.geometry(reported: information.geometry),
            systemInformation: information,
            certainty: .confirmed
        )
        state = chip.customCommands.contains(NXP.GetSystemInformation.code) ? .askedMaker(result) : .finished(result)
    }

    /// Only SLIX2, DNA, NTAG 5 and ICODE 3 know the question; who does not is an older chip with such serial number
    /// bits.
    private mutating func takeMaker(_ response: ISO15693.Response?, _ result: Result) {
        if case .data = response {
            state = .finished(result)
            return
        }
        var result = result
        let older = Chip.candidates(for: uid).first { chip in
            !chip.customCommands.contains(NXP.GetSystemInformation.code)
                && (chip.geometry == nil || result.geometry == nil || chip.geometry == result.geometry)
        }
        result.chip = older ?? result.chip
        result.certainty = older == nil ? .byUID : .confirmed
        state = .finished(result)
    }
}
