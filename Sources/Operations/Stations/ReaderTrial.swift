import Library
import Readers
import Tags

/// A reader tried step by step with one tag on it: what works, how fast, and what does not.
package struct ReaderTrial: Sendable {
    /// One step and how it went.
    package struct Step: Hashable, Sendable {
        /// How a step went; `skipped` when what it needs was missing, or nobody asked for it.
        package enum Outcome: String, Hashable, Sendable {
            case passed, failed, skipped
        }

        /// `identify`, `inventory`, `read` or `write`.
        package var name: String
        /// How it went.
        package var outcome: Outcome
        /// What came of it; never what stands on the tag.
        package var detail: String

        package init(_ name: String, _ outcome: Outcome, _ detail: String) {
            self.name = name
            self.outcome = outcome
            self.detail = detail
        }
    }

    /// The station before the first step.
    package var report: StationReport
    /// In the order they were done: `identify`, `inventory`, `read`, `write`; fewer when one of them ends the trial.
    package var steps: [Step] = []

    /// Looks at the field, to see whether the tag is heard each time.
    private static let looks = 10

    private init(report: StationReport) {
        self.report = report
    }
}

extension ReaderTrial {
    /// Runs the steps on a station; a step that fails is told, and those that need it are skipped.
    ///
    /// - Parameter write: whether the AFI may be written and written back. It is done the way a desk does it: only to
    ///   an item of this library, with an intent on disk first.
    package static func run(on station: Station, desk: ServiceDesk, write: Bool) async throws -> ReaderTrial {
        var trial = ReaderTrial(report: await station.report)
        guard let device = trial.report.device else {
            trial.steps.append(Step("identify", .failed, "reader is not online"))
            return trial
        }
        let abilities = (trial.report.abilities ?? []).joined(separator: ", ")
        trial.steps.append(Step("identify", .passed, "\(device.model), firmware \(device.firmware); \(abilities)"))
        let uptime = desk.time.uptime
        let found = try await station.perform { await Looks(on: &$0, uptime: uptime) }
        trial.steps.append(found.step)
        guard let tag = found.only else {
            trial.steps.append(Step("read", .skipped, "wanted one tag"))
            return trial
        }
        let reading = try await station.perform { await Reading(of: tag, on: &$0, uptime: uptime) }
        trial.steps.append(reading.step)
        guard let content = reading.content, let barcode = content.primaryItemIdentifier, content.isReliable else {
            trial.steps.append(Step("write", .skipped, "the tag is not surely a library item"))
            return trial
        }
        guard write else {
            trial.steps.append(Step("write", .skipped, "not asked for"))
            return trial
        }
        trial.steps.append(try await writing(barcode, afi: reading.afi, on: station, desk))
        return trial
    }

    /// Sets the item to the other state and back again. Which state it is in the AFI tells, unless the site goes by the
    /// EAS bit: then the first change may find it so already, and it is done the other way round.
    private static func writing(
        _ barcode: String,
        afi: UInt8?,
        on station: Station,
        _ desk: ServiceDesk
    ) async throws -> Step {
        func end(of state: SecurityState) async throws -> SecurityReport.End {
            try await desk.security.change(barcode, to: state, cause: .staff, on: station).end
        }
        var states: [SecurityState] = afi == desk.policy.disarmedValue ? [.armed, .disarmed] : [.disarmed, .armed]
        let start = desk.time.uptime()
        var first = try await end(of: states[0])
        if case .alreadySo = first {
            states.reverse()
            first = try await end(of: states[0])
        }
        guard case .flipped(_, let there) = first, there.outcome == .done else {
            return Step("write", .failed, "AFI to \(states[0]): \(first)")
        }
        let second = try await end(of: states[1])
        guard case .flipped(_, let back) = second, back.outcome == .done else {
            return Step("write", .failed, "AFI to \(states[1]): \(second), and the tag is left \(states[0])")
        }
        let milliseconds = (desk.time.uptime() - start) / .milliseconds(2)
        return Step("write", .passed, "AFI there and back, \(Int(milliseconds)) ms each, read back")
    }

    /// Ten looks at the field.
    private struct Looks: Sendable {
        var step: Step
        /// The tag, when one lay there and was heard.
        var only: TagUID?

        init(on reader: inout any Reader & ~Copyable, uptime: @Sendable () -> Duration) async {
            var counts: [TagUID: Int] = [:]
            let start = uptime()
            for _ in 0..<ReaderTrial.looks {
                do throws(ReaderError) {
                    for tag in try await reader.inventory(afi: nil).tags { counts[tag.uid, default: 0] += 1 }
                } catch {
                    step = Step("inventory", .failed, "\(error)")
                    return
                }
            }
            let each = Int((uptime() - start) / .milliseconds(ReaderTrial.looks))
            guard counts.count == 1, let (uid, count) = counts.first else {
                step = Step(
                    "inventory",
                    .failed,
                    "found \(counts.count) tags, wanted one on the reader, \(each) ms a look"
                )
                return
            }
            only = uid
            let outcome: Step.Outcome = count == ReaderTrial.looks ? .passed : .failed
            step = Step("inventory", outcome, "heard in \(count) of \(ReaderTrial.looks) looks, \(each) ms each")
        }
    }

    /// The whole memory, once.
    private struct Reading: Sendable {
        var step: Step
        var content: LibraryTag?
        var afi: UInt8?

        init(of tag: TagUID, on reader: inout any Reader & ~Copyable, uptime: @Sendable () -> Duration) async {
            let start = uptime()
            do throws(ReaderError) {
                let memory = try await reader.readMemory(of: tag, withLocks: true)
                let milliseconds = Int((uptime() - start) / .milliseconds(1))
                let chip = Chip(recognising: tag).map { "\($0.name), " } ?? ""
                let size = "\(memory.bytes.count) bytes in blocks of \(memory.blockSize)"
                let locks = memory.locked.isEmpty ? "locks not told" : "\(memory.locked.count { $0 }) blocks locked"
                let tag = LibraryTag(reading: memory)
                content = tag
                afi = memory.afi
                step = Step("read", .passed, "\(chip)\(size) in \(milliseconds) ms, \(locks), \(tag.model)")
            } catch {
                step = Step("read", .failed, "\(error)")
            }
        }
    }
}
