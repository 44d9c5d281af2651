package import Library
package import Logging
import Readers
package import Store
package import Tags

/// What a workstation wants to have on a tag.
package struct TagWritingOrder: Hashable, Sendable {
    /// The tag that is written to; it must lie on the pad.
    package var uid: TagUID
    /// The primary item identifier that the tag gets, which is the item's barcode.
    package var barcode: String
    /// Which part of a set the tag is going to be; a single whole item unless somebody says otherwise.
    package var set: SetInformation
    /// What its security value says in the end; armed unless somebody says otherwise.
    package var wanted: SecurityState

    package init(uid: TagUID, barcode: String, set: SetInformation = .single, wanted: SecurityState = .armed) {
        self.uid = uid
        self.barcode = barcode
        self.set = set
        self.wanted = wanted
    }
}

/// Writes an item on a tag for a workstation program: on a blank tag, or anew on a tag of the same item of the library.
///
/// Every block is read back, and the security value is written last: a tag torn away in between is no armed item of
/// another number. Nothing is ever locked, and a tag of somebody else or of another item is never written over.
package struct TagWriter: Sendable {
    private let store: Store
    private let time: Timekeeper
    private let policy: SecurityPolicy
    private let habits: SiteProfile
    private let logger: Logger

    /// The tag as it was read after the writing.
    package struct Written: Sendable {
        /// The tag's content, read back.
        package var content: LibraryTag
        /// AFI and EAS as read back; empty where the tag's chip has none of the site's means.
        package var mark: SecurityMark
    }

    package init(store: Store, time: Timekeeper, policy: SecurityPolicy, habits: SiteProfile, logger: Logger) {
        self.store = store
        self.time = time
        self.policy = policy
        self.habits = habits
        self.logger = logger
    }

    /// Writes the item, reads everything back, and notes what the tag says now.
    ///
    /// Throws why it was not written, or why nobody knows what the tag holds.
    package func write(_ order: TagWritingOrder, on station: Station) async throws(WorkstationRefusal) -> Written {
        let profile = habits.under(policy, target: habits.target)
        let (policy, writer) = (policy, self)
        let result: Result<Written, WorkstationRefusal>
        let end: TagWriteEnd?
        do throws(StationError) {
            (result, end) = try await station.perform { reader -> (Result<Written, WorkstationRefusal>, TagWriteEnd?) in
                var end: TagWriteEnd?
                do throws(WorkstationRefusal) {
                    return (.success(try await writer.write(order, profile, policy, &end, on: &reader)), end)
                } catch {
                    return (.failure(error), end)
                }
            }
        } catch {
            throw .failed("\(error)", hint: error.hint)
        }
        let outcome: String
        var trouble: String?
        switch result {
        case .success: outcome = "written and read back"
        case .failure(let refusal):
            outcome = "\(refusal)"
            trouble = outcome
        }
        if let end {
            // A count that is not written undoes nothing of what is on the tag.
            try? store.count(end, to: order.uid, at: time.now(), on: station.setup.name, trouble: trouble)
            // It lies there, and no look would tell what it holds now.
            if end != .done { await station.readAgain(order.uid) }
        }
        logger.notice(
            "tag written for a workstation",
            metadata: [
                "item": "\(order.barcode)", "tag": "\(order.uid)", "reader": "\(station.setup.name)",
                "outcome": "\(outcome)",
            ]
        )
        let written = try result.get()
        if let record = TagRecord(uid: order.uid, reading: written.content, afi: written.mark.afi, at: time.now()) {
            do throws(StoreError) {
                try store.remember([record], by: record.readAt)
            } catch {
                throw .failed("written, and not noted down: \(error)", hint: error.hint)
            }
        }
        return written
    }

    private func write(
        _ order: TagWritingOrder,
        _ profile: SiteProfile,
        _ policy: SecurityPolicy,
        _ end: inout TagWriteEnd?,
        on reader: inout any Reader & ~Copyable
    ) async throws(WorkstationRefusal) -> Written {
        let plan = try plan(order, profile, policy, over: await Self.memory(of: order.uid, end, on: &reader))
        var trouble: Trouble?
        var mark = SecurityMark()
        do throws(ReaderError) {
            trouble = try await follow(plan, on: order.uid, &end, with: &reader)
            if trouble == nil { trouble = try await secure(order, policy, &mark, &end, on: &reader) }
        } catch {
            throw Self.failure(error, end)
        }
        if let trouble {
            end = trouble.end
            throw .failed(trouble.words, hint: Self.again)
        }
        let after = try await Self.memory(of: order.uid, end, on: &reader)
        end = after.bytes == plan.result ? .done : .failed
        guard after.bytes == plan.result else { throw .failed("memory is not as written", hint: Self.again) }
        return Written(content: LibraryTag(reading: after, by: profile.reading), mark: mark)
    }

    private static func memory(
        of uid: TagUID,
        _ end: TagWriteEnd?,
        on reader: inout any Reader & ~Copyable
    ) async throws(WorkstationRefusal) -> TagMemory {
        do throws(ReaderError) {
            return try await reader.readMemory(of: uid, withLocks: true)
        } catch {
            throw failure(error, end)
        }
    }

    /// What went wrong. A write throws only as long as nothing of it was sent: where none came before it, nothing was
    /// written at all.
    private static func failure(_ error: ReaderError, _ end: TagWriteEnd?) -> WorkstationRefusal {
        .failed(end == nil ? "\(error), nothing was written" : "\(error)", hint: again)
    }

    private func plan(
        _ order: TagWritingOrder,
        _ profile: SiteProfile,
        _ policy: SecurityPolicy,
        over memory: TagMemory
    ) throws(WorkstationRefusal) -> WritePlan {
        if let refusal = refusal(LibraryTag(reading: memory, by: profile.reading), order, policy) { throw refusal }
        switch Conversion(to: content(order, profile), in: model(profile), over: memory, habits: profile) {
        case .refused(let refusal): throw .refused("\(refusal)", hint: refusal.hint)
        case .plan(let plan): return plan
        }
    }

    /// What went wrong with a write, and whether it is known what the tag holds since.
    private struct Trouble {
        var words: String
        var end: TagWriteEnd

        /// `nil` when nothing went wrong.
        init?(_ outcome: WriteOutcome<some Hashable & Sendable>, _ words: String) {
            switch outcome {
            case .verified: return nil
            case .notWritten: end = .failed
            case .uncertain: end = .uncertain
            }
            self.words = words
        }
    }

    /// Writes the plan's blocks and reads each back; says what went wrong.
    ///
    /// - Parameter end: from the first write on nobody knows what the tag holds, until it was read.
    private func follow(
        _ plan: WritePlan,
        on uid: TagUID,
        _ end: inout TagWriteEnd?,
        with reader: inout any Reader & ~Copyable
    ) async throws(ReaderError) -> Trouble? {
        for write in plan.writes {
            let outcome = try await reader.writeBlocks(write.bytes, from: write.block, to: uid)
            end = .uncertain
            if let trouble = Trouble(outcome, "block \(write.block): \(outcome)") { return trouble }
        }
        // A locked DSFID is no failure, nor one whose answer was lost: content counts over it, and is read in the end.
        if let dsfid = plan.dsfid {
            end = .uncertain
            _ = await reader.writeDSFID(dsfid, to: uid)
        }
        return nil
    }

    private func secure(
        _ order: TagWritingOrder,
        _ policy: SecurityPolicy,
        _ mark: inout SecurityMark,
        _ end: inout TagWriteEnd?,
        on reader: inout any Reader & ~Copyable
    ) async throws(ReaderError) -> Trouble? {
        guard let wanted = policy.mark(for: order.wanted, on: order.uid) else { return nil }
        if let afi = wanted.afi {
            let outcome = try await reader.writeAFI(afi, to: order.uid)
            end = .uncertain
            if let trouble = Trouble(outcome, "AFI: not read back as written") { return trouble }
        }
        if let eas = wanted.eas {
            let outcome = try await reader.writeEAS(eas, to: order.uid)
            end = .uncertain
            if let trouble = Trouble(outcome, "EAS: not read back as written") { return trouble }
        }
        mark = wanted
        return nil
    }

    private static let again = "leave the tag on the pad and write it again"

    private func content(_ order: TagWritingOrder, _ profile: SiteProfile) -> TagContent {
        TagContent(
            primaryItemIdentifier: order.barcode,
            ownerInstitution: profile.elements.contains(.ownerInstitution) ? profile.ownerInstitution : nil,
            setInformation: profile.elements.contains(.setInformation) || order.set.total > 1 ? order.set : nil,
            typeOfUsage: profile.elements.contains(.typeOfUsage) ? .circulation : nil
        )
    }

    private func model(_ profile: SiteProfile) -> any TagDataModel.Type {
        switch profile.target {
        case .iso28560Part2: Part2Model.self
        case .iso28560Part3: Part3Model.self
        }
    }

    /// Why the tag is not written over; `nil` when it is blank, or of the same item of this library.
    private func refusal(
        _ tag: LibraryTag,
        _ order: TagWritingOrder,
        _ policy: SecurityPolicy
    ) -> WorkstationRefusal? {
        if tag.typeOfUsage?.isPatronCard == true {
            return .refused("a patron card lies there, never written to", hint: nil)
        }
        if tag.model == BlankModel.name, tag.recognition.confidence == .certain { return nil }
        guard tag.recognition.confidence == .certain, let found = tag.primaryItemIdentifier else {
            return .refused(
                "tag \(order.uid): found \(tag.recognition.reason), wanted a blank tag",
                hint: "look at it with 'pressmark tag read'"
            )
        }
        if !policy.owner(tag.anyOwner).isOurs {
            return .refused(
                "tag \(order.uid): the item belongs to \(tag.anyOwner ?? "nobody named")",
                hint: nil
            )
        }
        guard found == order.barcode else {
            return .refused(
                "tag \(order.uid): found item \(found), wanted a blank tag or item \(order.barcode)",
                hint: "take a new tag"
            )
        }
        return nil
    }
}
