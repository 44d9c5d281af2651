/// Asks a reader's traffic to be written down: `POST /v1/readers/{name}/recording`.
package struct RecordingRequest: Codable, Hashable, Sendable {
    /// 1 to 240.
    package var seconds: Int

    package init(seconds: Int) {
        self.seconds = seconds
    }
}

/// What went over a reader's line, as text that replays.
package struct Recording: Codable, Hashable, Sendable {
    package var reader: String
    package var transcript: String

    package init(reader: String, transcript: String) {
        self.reader = reader
        self.transcript = transcript
    }
}

/// What stands at a place that was asked: `POST /v1/readers/probe`.
package struct ProbeResult: Codable, Hashable, Sendable {
    package enum State: String, Codable, Hashable, Sendable, CaseIterable {
        /// A reader answered.
        case found
        /// The line opens, and nobody answers.
        case silent
        /// The line does not open.
        case unreachable
        /// A reader of the configuration has it, and tells how it stands.
        case configured
        /// A USB device that looks like a reader; it was not opened.
        case seen
    }

    package var place: String
    package var state: State
    package var driver: String?
    package var model: String?
    package var firmware: String?
    /// What was asked in vain, why the line does not open, or which configured reader has it.
    package var detail: String?
    package var hint: String?
    /// How it is reached, and where, as settings take it for a reader that is kept; left out where it was no reader.
    package var line: SettingsRequest.Reader.Line?
    package var address: String?

    package init(
        place: String,
        state: State,
        driver: String? = nil,
        model: String? = nil,
        firmware: String? = nil,
        detail: String? = nil,
        hint: String? = nil,
        line: SettingsRequest.Reader.Line? = nil,
        address: String? = nil
    ) {
        self.place = place
        self.state = state
        self.driver = driver
        self.model = model
        self.firmware = firmware
        self.detail = detail
        self.hint = hint
        self.line = line
        self.address = address
    }
}

/// Asks a reader to be tried with one tag: `POST /v1/readers/{name}/test`.
package struct ReaderTestRequest: Codable, Hashable, Sendable {
    /// Whether the tag's AFI may be written, and written back.
    package var write: Bool

    package init(write: Bool) {
        self.write = write
    }
}

/// How a reader did, step by step.
package struct ReaderTestResult: Codable, Hashable, Sendable {
    package struct Step: Codable, Hashable, Sendable {
        package var name: String
        /// `passed`, `failed`, `skipped`.
        package var outcome: String
        package var detail: String

        package init(name: String, outcome: String, detail: String) {
            self.name = name
            self.outcome = outcome
            self.detail = detail
        }
    }

    package var reader: ReaderStatus
    package var version: String
    package var steps: [Step]

    package init(reader: ReaderStatus, version: String, steps: [Step]) {
        self.reader = reader
        self.version = version
        self.steps = steps
    }
}
