import Readers
import Tags

/// Locking what the site wants locked, at a person's explicit word, after everything else was read back.
extension ConversionRun {
    /// Locks the plan's blocks and believes only what the tag says of its locks afterwards.
    func lock(_ plan: WritePlan, _ report: inout ConversionReport, on reader: inout any Reader & ~Copyable) async {
        guard !plan.blocksToLock.isEmpty else { return }
        guard order.locking != nil else {
            noteUnlocked(plan, &report)
            return
        }
        var failure: String?
        do throws(ReaderError) {
            for block in plan.blocksToLock {
                guard case .error(let error) = try await reader.lockBlock(block, of: uid) else { continue }
                failure = "lock of block \(block): tag refused: \(error)"
                break
            }
        } catch {
            failure = "lock: \(error)"
        }
        do throws(ReaderError) {
            let after = try await reader.readMemory(of: uid, withLocks: true)
            let open = plan.blocksToLock.filter { !after.isLocked(block: $0) }
            guard after.bytes == plan.result, open.isEmpty else {
                failLock(plan, failure ?? "lock: \(Self.text(open)) still open", &report)
                return
            }
            report.notes.append("locked for ever: \(Self.text(plan.blocksToLock))")
        } catch {
            failLock(plan, failure ?? "lock: \(error)", &report)
        }
    }

    /// Says what was, or would be, left open because nobody said that it may be locked.
    func noteUnlocked(_ plan: WritePlan, _ report: inout ConversionReport) {
        guard !plan.blocksToLock.isEmpty else { return }
        let blocks = Self.text(plan.blocksToLock)
        report.notes.append(
            order.locking == nil ? "\(blocks) not locked: nobody said so" : "to be locked for ever: \(blocks)"
        )
    }

    /// The tag is written as it shall be; only its locks are not all there.
    private func failLock(_ plan: WritePlan, _ reason: String, _ report: inout ConversionReport) {
        report.end = .stopped(
            ConversionStop(
                verified: plan.writes.count,
                of: plan.writes.count,
                reason: reason,
                standing: report.barcode.map { .item($0, model: order.target.rawValue) } ?? .unknown
            )
        )
    }

    private static func text(_ blocks: [Int]) -> String {
        "\(blocks.count == 1 ? "block" : "blocks") \(blocks.map(String.init).joined(separator: ", "))"
    }
}
