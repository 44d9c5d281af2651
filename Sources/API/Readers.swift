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
    /// Its name in the configuration.
    package var reader: String
    /// Line by line from the opening of the reader on.
    package var transcript: String

    package init(reader: String, transcript: String) {
        self.reader = reader
        self.transcript = transcript
    }
}

/// What stands at a place that was asked: `POST /v1/readers/probe`.
package struct ProbeResult: Codable, Hashable, Sendable {
    /// What was found at a place.
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

    /// Line and address: `serial /dev/ttyUSB1`.
    package var place: String
    /// Readers that are `configured` come first in the answer.
    package var state: State
    /// `feig`, `metratec`, …; `nil` where no reader is known.
    package var driver: String?
    /// As the reader, or the USB device, calls itself; `nil` where that is not known.
    package var model: String?
    /// As the reader tells it; `nil` where no reader answered.
    package var firmware: String?
    /// What was asked in vain, why the line does not open, or which configured reader has it.
    package var detail: String?
    /// What to do next, such as the lines to write into the configuration.
    package var hint: String?
    /// How it is reached, and where, as settings take it for a reader that is kept; left out where it was no reader.
    package var line: SettingsRequest.Reader.Line?
    /// `/dev/ttyUSB1`, `192.0.2.7:10001`, and `auto` for a USB device.
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
    /// One thing that was tried with the reader.
    package struct Step: Codable, Hashable, Sendable {
        /// `identify`, `inventory`, `read` or `write`.
        package var name: String
        /// `passed`, `failed`, `skipped`.
        package var outcome: String
        /// What came of it, with times in milliseconds; never what stands on the tag.
        package var detail: String

        package init(name: String, outcome: String, detail: String) {
            self.name = name
            self.outcome = outcome
            self.detail = detail
        }
    }

    /// How the reader stood before the test.
    package var reader: ReaderStatus
    /// Of the daemon that ran the test.
    package var version: String
    /// In the order in which they were done; what could not be tried any more is left out or skipped.
    package var steps: [Step]

    package init(reader: ReaderStatus, version: String, steps: [Step]) {
        self.reader = reader
        self.version = version
        self.steps = steps
    }
}
