import Library
import Readers
import Tags
import Wire

/// Converts one tag: reads it whole, writes the plan's blocks in the plan's order, and believes only what is read back.
///
/// Never writes the AFI, and locks only at the order's word. Before the first write the book learns which item the tag
/// is on, so that a tag that is torn away and reads as nothing can still be told.
struct ConversionRun {
    let order: ConversionOrder
    let profile: SiteProfile
    let uid: TagUID
    /// What the book remembers of the tag.
    let known: TagRecord?
    let isItem: @Sendable (String) -> Bool
    let remember: @Sendable (TagMemory) -> StoreTrouble?

    /// `nil` when others are to be converted and not this one.
    func carryOut(on reader: inout any Reader & ~Copyable) async -> ConversionReport? {
        let before: TagMemory
        do throws(ReaderError) {
            before = try await reader.readMemory(of: uid, withLocks: true)
        } catch {
            guard concerns(known?.barcode) else { return nil }
            return ConversionReport(uid: uid, barcode: known?.barcode, end: .notRead("\(error)"))
        }
        let tag = LibraryTag(reading: before, by: profile.reading)
        if tag.typeOfUsage?.isPatronCard == true {
            // What stands on it is nobody's business: that it lies there is all that is told.
            return order.barcodes.isEmpty ? ConversionReport(uid: uid, end: .refused(.patronCard)) : nil
        }
        var report = ConversionReport(uid: uid, barcode: tag.primaryItemIdentifier, model: tag.model, end: .unchanged)
        switch Conversion(of: before, for: profile, isKnownItem: tag.primaryItemIdentifier.map(isItem) ?? false) {
        case .refused(let refusal):
            if let known, known.barcode != nil, refusal.mayComeFromCutOffWrite {
                report.barcode = known.barcode
                report.end = .cutOff(was: known, refusal)
            } else {
                report.end = .refused(refusal)
            }
            return concerns(report.barcode) ? report : nil
        case .plan(let plan):
            guard concerns(report.barcode) else { return nil }
            if let known, let was = known.barcode, was != report.barcode, order.barcodes.isEmpty {
                report.end = .otherItem(was: known)
                return report
            }
            report.plan = plan
            await follow(plan, over: before, &report, on: &reader)
            return report
        }
    }

    private func concerns(_ barcode: String?) -> Bool {
        order.barcodes.isEmpty || barcode.map(order.barcodes.contains) ?? false
    }

    private func follow(
        _ plan: WritePlan,
        over before: TagMemory,
        _ report: inout ConversionReport,
        on reader: inout any Reader & ~Copyable
    ) async {
        let locksNow = !plan.blocksToLock.isEmpty && order.locking != nil
        if plan.writes.isEmpty, plan.dsfid == nil, !locksNow {
            noteUnlocked(plan, &report)
            return
        }
        guard !order.isDryRun else {
            report.end = .planned
            noteUnlocked(plan, &report)
            return
        }
        if let trouble = remember(before) {
            report.end = .stopped(
                ConversionStop(
                    verified: 0,
                    of: plan.writes.count,
                    reason: "the tag could not be noted down: \(trouble.cause)",
                    standing: .untouched
                )
            )
            return
        }
        for (verified, write) in plan.writes.enumerated() {
            guard let failure = await failure(of: write, on: &reader) else { continue }
            report.end = .stopped(
                await stop(
                    verified,
                    of: plan,
                    "write \(verified + 1), block \(write.block): \(failure)",
                    before,
                    on: &reader
                )
            )
            return
        }
        let note = await writeDSFID(plan.dsfid, on: &reader)
        await finish(plan, over: before, dsfidNote: note, &report, on: &reader)
        if report.end == .converted { await lock(plan, &report, on: &reader) }
    }

    /// Why a block was not read back as it shall be; `nil` when it was.
    private func failure(
        of write: WritePlan.BlockWrite,
        on reader: inout any Reader & ~Copyable
    ) async -> String? {
        do throws(ReaderError) {
            switch try await reader.writeBlocks(write.bytes, from: write.block, to: uid) {
            case .verified: return nil
            case .notWritten(_, let reason), .uncertain(let reason): return "\(reason)"
            }
        } catch {
            return "\(error)"
        }
    }

    /// Many tags have their DSFID locked from the maker, and content counts over it: what goes wrong is only noted.
    private func writeDSFID(_ dsfid: UInt8?, on reader: inout any Reader & ~Copyable) async -> String? {
        guard let dsfid else { return nil }
        return await reader.writeDSFID(dsfid, to: uid).map { "\($0)" }
    }

    private func finish(
        _ plan: WritePlan,
        over before: TagMemory,
        dsfidNote: String?,
        _ report: inout ConversionReport,
        on reader: inout any Reader & ~Copyable
    ) async {
        let all = plan.writes.count
        let after: TagMemory
        do throws(ReaderError) {
            after = try await reader.readMemory(of: uid, withLocks: true)
        } catch {
            report.end = .stopped(
                ConversionStop(verified: all, of: all, reason: "read back: \(error)", standing: .unknown)
            )
            return
        }
        if let difference = difference(after, before, plan) {
            let standing = standing(after, before)
            report.end = .stopped(ConversionStop(verified: all, of: all, reason: difference, standing: standing))
            return
        }
        report.end = .converted
        if let wanted = plan.dsfid, after.dsfid != wanted {
            let found = after.dsfid.map { Hex.string($0) } ?? "not told"
            let cause = dsfidNote.map { ", \($0)" } ?? ""
            report.notes.append("DSFID: found \(found), wanted \(Hex.string(wanted))\(cause)")
        }
        if !plan.leftOut.isEmpty { report.notes.append("left out: \(plan.leftOut.joined(separator: ", "))") }
        if let trouble = remember(after) { report.notes.append("not noted down: \(trouble.cause)") }
    }

    /// What on the tag is not as it shall be; `nil` when all is.
    private func difference(_ after: TagMemory, _ before: TagMemory, _ plan: WritePlan) -> String? {
        if after.bytes != plan.result { return "read back: memory is not as written" }
        if let difference = after.lockDifference(from: before) { return "read back: \(difference)" }
        if after.afi != before.afi { return "read back: AFI has changed" }
        let tag = LibraryTag(reading: after, by: profile.reading)
        guard tag.isReliable else { return "read back: \(tag.recognition.reason)" }
        return nil
    }

    private func stop(
        _ verified: Int,
        of plan: WritePlan,
        _ reason: String,
        _ before: TagMemory,
        on reader: inout any Reader & ~Copyable
    ) async -> ConversionStop {
        var stop = ConversionStop(verified: verified, of: plan.writes.count, reason: reason, standing: .unknown)
        do throws(ReaderError) {
            stop.standing = standing(try await reader.readMemory(of: uid, withLocks: true), before)
        } catch {
            // The tag is gone, or the reader: that nothing is known is what is said.
            stop.standing = .unknown
        }
        return stop
    }

    private func standing(_ after: TagMemory, _ before: TagMemory) -> ConversionStop.Standing {
        if after == before { return .untouched }
        let tag = LibraryTag(reading: after, by: profile.reading)
        guard tag.isReliable, let barcode = tag.primaryItemIdentifier else {
            return .noItem(reason: tag.recognition.reason)
        }
        return .item(barcode, model: tag.model)
    }
}

extension ConversionRefusal {
    /// Whether a tag whose writing was cut off may look like this.
    fileprivate var mayComeFromCutOffWrite: Bool {
        switch self {
        case .notRecognised, .notReliable, .noIdentifier: true
        case .patronCard, .foreignOwner, .noOwner, .partialRead, .directory, .cannotWrite, .unreadableWhenDone,
            .noSafeOrder:
            false
        }
    }
}

extension TagMemory {
    /// What is wrong with the locks since the tag was read before; `nil` when they are as they were. A reader that does
    /// not tell lock states, or not of every block, leaves none known (``TagMemory/locked``): that nobody knows is not
    /// that one has changed.
    func lockDifference(from before: TagMemory) -> String? {
        guard locked != before.locked else { return nil }
        if before.locked.isEmpty { return "the reader tells lock states now and did not before: nothing to compare" }
        return locked.isEmpty ? "the reader did not tell the lock states: nothing to compare" : "locks have changed"
    }
}
