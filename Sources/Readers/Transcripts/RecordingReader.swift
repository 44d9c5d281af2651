package import Tags

/// A reader that notes every call and its outcome between the bytes its link records.
///
/// Together they make a transcript that replays without edits: the calls are asked again over the recorded bytes and
/// must come out the same.
package struct RecordingReader: ~Copyable, Reader {
    package let information: ReaderInformation
    private var reader: any Reader & ~Copyable
    private let record: @Sendable (Transcript.Line) -> Void

    /// `record` is given a comment before each call and another with its outcome; the bytes between come from the link.
    package init(
        _ reader: consuming any Reader & ~Copyable,
        to record: @escaping @Sendable (Transcript.Line) -> Void
    ) {
        information = reader.information
        self.reader = reader
        self.record = record
    }

    package mutating func inventory(afi: UInt8?) async throws(ReaderError) -> Inventory {
        record(.comment(Transcript.callMark + ReaderCall.inventory(afi: afi).text))
        do throws(ReaderError) {
            let inventory = try await reader.inventory(afi: afi)
            record(.comment(Transcript.outcomeMark + ReaderCall.outcome(.success(inventory))))
            return inventory
        } catch {
            throw noted(error)
        }
    }

    package mutating func exchange(
        _ request: ISO15693.Request,
        with tag: TagUID
    ) async throws(ReaderError) -> ISO15693.Response {
        record(.comment(Transcript.callMark + ReaderCall.exchange(request, tag).text))
        do throws(ReaderError) {
            let response = try await reader.exchange(request, with: tag)
            record(.comment(Transcript.outcomeMark + ReaderCall.outcome(.success(response), of: request)))
            return response
        } catch {
            throw noted(error)
        }
    }

    package mutating func ping() async throws(ReaderError) {
        record(.comment(Transcript.callMark + ReaderCall.ping.text))
        do throws(ReaderError) {
            try await reader.ping()
            record(.comment(Transcript.outcomeMark + "done"))
        } catch {
            throw noted(error)
        }
    }

    package mutating func resetField() async throws(ReaderError) {
        record(.comment(Transcript.callMark + ReaderCall.resetField.text))
        do throws(ReaderError) {
            try await reader.resetField()
            record(.comment(Transcript.outcomeMark + "done"))
        } catch {
            throw noted(error)
        }
    }

    private func noted(_ error: ReaderError) -> ReaderError {
        record(.comment(Transcript.outcomeMark + "failed: \(error)"))
        return error
    }
}

// What has no mark of its own goes through; its bytes are recorded by the link.
extension RecordingReader {
    package mutating func switchOutput(
        _ output: ReaderOutput,
        _ signal: ReaderSignal,
        for time: Duration
    ) async throws(ReaderError) {
        try await reader.switchOutput(output, signal, for: time)
    }

    package mutating func readInputs() async throws(ReaderError) -> ReaderInputs {
        try await reader.readInputs()
    }

    package mutating func readBuffer() async throws(ReaderError) -> BufferedTags {
        try await reader.readBuffer()
    }

    package mutating func clearBuffer() async throws(ReaderError) {
        try await reader.clearBuffer()
    }

    package mutating func readPeopleCount() async throws(ReaderError) -> PeopleCount {
        try await reader.readPeopleCount()
    }

    package mutating func resetPeopleCount() async throws(ReaderError) {
        try await reader.resetPeopleCount()
    }

    package mutating func senses(afi: UInt8) async throws(ReaderError) -> Bool { try await reader.senses(afi: afi) }

    package mutating func sensesEAS(of manufacturer: UInt8) async throws(ReaderError) -> Bool {
        try await reader.sensesEAS(of: manufacturer)
    }
}
