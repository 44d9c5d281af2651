import Wire

extension Transcript {
    /// Marks of the comments a replay understands.
    static let driverMark = "driver "
    static let callMark = "call "
    static let outcomeMark = "came "

    /// The line a recording begins with, so that a replay knows its driver.
    package static func heading(driver: String) -> Line { .comment(driverMark + driver) }

    /// The driver's name, as the heading tells it.
    package var driver: String? {
        comments.first { $0.hasPrefix(Self.driverMark) }.map { String($0.dropFirst(Self.driverMark.count)) }
    }

    /// The calls in order, each with its outcome, `nil` when the recording ended before.
    package var calls: [(call: ReaderCall, outcome: String?)] {
        var calls: [(call: ReaderCall, outcome: String?)] = []
        for comment in comments {
            if comment.hasPrefix(Self.callMark), let call = ReaderCall(String(comment.dropFirst(Self.callMark.count))) {
                calls.append((call, nil))
            } else if comment.hasPrefix(Self.outcomeMark), !calls.isEmpty {
                calls[calls.count - 1].outcome = String(comment.dropFirst(Self.outcomeMark.count))
            }
        }
        return calls
    }

    private var comments: [String] {
        lines.compactMap { line in
            if case .comment(let text) = line { text } else { nil }
        }
    }

    /// Opens the transcript's driver over the recorded bytes and asks every call again; gives what came out otherwise
    /// than then. A call the recording broke off in is not asked.
    package func replayed() async throws(ReaderError) -> [ReplayDifference] {
        guard let driver = driver.flatMap({ AllDrivers.named($0) }) else {
            throw .unsupported("replaying driver \(driver ?? "without name")")
        }
        var reader = try await driver.open(ReplayLink(self))
        var differences: [ReplayDifference] = []
        for (call, wanted) in calls {
            guard let wanted else { continue }
            let found = await call.outcome(on: &reader)
            if found != wanted { differences.append(ReplayDifference(call: call, found: found, wanted: wanted)) }
        }
        return differences
    }
}

/// A call that came out otherwise in a replay than when it was recorded.
package struct ReplayDifference: Hashable, Sendable, CustomStringConvertible {
    /// The call that was recorded and asked again.
    package var call: ReaderCall
    /// The outcome of the replay.
    package var found: String
    /// The outcome as it was recorded.
    package var wanted: String

    package var description: String { "\(call.text): found \(found), wanted \(wanted)" }
}
