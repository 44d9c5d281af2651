package import Library
import Readers
package import Tags

/// What lies on each pad, as the stations' last looks said: answers at once, for programs that freeze until they are
/// answered.
///
/// A stack that is being laid down is told only when nothing has come for a moment, or when it goes on for too long, so
/// that nobody acts on half of it.
package actor PadPicture {
    /// What is known of one pad at this moment.
    package struct View: Hashable, Sendable {
        /// Why nothing is known; `nil` while the reader is online.
        package var trouble: Trouble?
        /// Tags that are told, in the order of their numbers; empty while the reader is away.
        package var tags: [LyingTag]
    }

    /// Why nothing is known of a pad.
    package struct Trouble: Hashable, Sendable {
        /// What happened, lower case, no period.
        package var cause: String
        /// What to do about it; `nil` where there is no advice.
        package var hint: String?
    }

    private struct Pad {
        var trouble: Trouble? = Trouble(cause: "still connecting", hint: nil)
        var tags: [TagUID: LyingTag] = [:]
        /// Tags that came and were not read yet.
        var unread: Set<TagUID> = []
        /// What others are told while something is still coming.
        var told: Set<TagUID> = []
        /// Uptimes: a wall clock that is set back would keep a stack untold until it has caught up.
        var lastArrival: Duration?
        var firstUntold: Duration?
    }

    private let policy: SecurityPolicy
    private let time: Timekeeper
    private var pads: [String: Pad]
    /// Tags whose EAS bit has to be asked for, where the site uses it.
    private let unasked: AsyncStream<(reader: String, uid: TagUID)>
    private let ask: AsyncStream<(reader: String, uid: TagUID)>.Continuation
    /// Something may have changed on a pad, and those who watch were not told yet.
    private let stirs: AsyncStream<Void>
    private let stir: AsyncStream<Void>.Continuation
    /// What those who watch were told of each pad last.
    private var reported: [String: PadReport] = [:]

    /// After so long without a newcomer a stack lies there whole; two looks at a pad that rests.
    private static let settling = Duration.milliseconds(300)
    /// A stack that never settles is told after so long all the same.
    private static let longest = Duration.seconds(2)

    /// Knows of these pads that nothing came from them yet; pads that are plugged in join later.
    package init(pads: [String], policy: SecurityPolicy, time: Timekeeper) {
        self.policy = policy
        self.time = time
        self.pads = Dictionary(pads.map { ($0, Pad()) }, uniquingKeysWith: { first, _ in first })
        (unasked, ask) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(256))
        (stirs, stir) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// What lies on the pad; `nil` when there is no such pad.
    package func view(of reader: String) -> View? {
        guard pads[reader] != nil else { return nil }
        settle(reader, at: time.uptime())
        guard let pad = pads[reader] else { return nil }
        if let trouble = pad.trouble { return View(trouble: trouble, tags: []) }
        return View(trouble: nil, tags: pad.told.sorted().compactMap { pad.tags[$0] })
    }

    /// The barcode of the item that somebody calls by one of its tags, or by the barcode itself; an item that is still
    /// being laid down counts. `nil` when none is known so.
    package func barcode(named name: String, on reader: String) -> String? {
        guard let pad = pads[reader] else { return nil }
        if let uid = TagUID(hex: name), let tag = pad.tags[uid], tag.kind == .item { return tag.barcode }
        return pad.tags.values.contains { $0.kind == .item && $0.barcode == name } ? name : nil
    }

    /// The tags that have to be read anew when the item with these names is changed: its own, and those of which
    /// nothing is known yet. `nil` for all that lie there, where the item was not heard whole.
    package func tags(of names: Set<String>, on reader: String) -> Set<TagUID>? {
        guard let pad = pads[reader] else { return nil }
        let own = pad.tags.values.filter { tag in
            tag.kind == .item && tag.barcode.map { names.contains($0) } == true
        }
        let contents = own.compactMap { tag in
            tag.content.map { PadTag(uid: tag.uid, content: $0, mark: tag.mark) }
        }
        guard !own.isEmpty, SecurityRefusal.wrong(with: contents) == nil else { return nil }
        return pad.unread.union(own.map(\.uid))
    }

    /// Takes a look at a pad's field.
    package func take(_ round: StationRound) {
        guard pads[round.reader] != nil else { return }
        let uptime = time.uptime()
        settle(round.reader, at: uptime)
        for uid in round.left {
            pads[round.reader]?.tags[uid] = nil
            pads[round.reader]?.unread.remove(uid)
            pads[round.reader]?.told.remove(uid)
        }
        for heard in round.arrived { take(heard, on: round.reader, at: uptime) }
        stir.yield()
    }

    private func take(_ heard: HeardTag, on reader: String, at uptime: Duration) {
        let uid = heard.uid
        pads[reader]?.lastArrival = uptime
        if pads[reader]?.firstUntold == nil { pads[reader]?.firstUntold = uptime }
        var tag = LyingTag(uid: uid, content: nil, mark: SecurityMark(afi: heard.afi))
        switch heard.content {
        case .unread:
            pads[reader]?.unread.insert(uid)
            return
        case .read(_, let content): tag.content = content
        case .unreadable: break
        }
        pads[reader]?.tags[uid] = tag
        if tag.kind == .item, policy.mark(for: .armed, on: uid)?.eas != nil {
            pads[reader]?.unread.insert(uid)
            ask.yield((reader, uid))
        } else {
            pads[reader]?.unread.remove(uid)
        }
    }

    /// Takes a change of a reader's state: what lay on a pad that is away is not known any more. A pad that was plugged
    /// in is one of the pads from then on.
    package func take(_ report: StationReport) {
        guard pads[report.name] != nil || report.role == .pad else { return }
        switch report.state {
        case .online: pads[report.name, default: Pad()].trouble = nil
        case .connecting: pads[report.name] = Pad()
        case .offline(let cause, let hint):
            pads[report.name] = Pad(trouble: Trouble(cause: cause, hint: hint))
        }
        stir.yield()
    }

    /// Forgets a pad that was unplugged, or that the configuration names no more.
    package func forget(_ reader: String) {
        pads[reader] = nil
        reported[reader] = nil
    }

    /// Takes what was read back after a change of security, so that the next answer knows of it.
    package func take(_ report: SecurityReport) {
        guard case .flipped(_, let result) = report.end else { return }
        for (uid, mark) in result.readBack { note(mark, of: uid) }
    }

    /// Takes what was read of a tag anew, after it was written.
    package func take(_ content: LibraryTag, mark: SecurityMark, of uid: TagUID, on reader: String) {
        guard pads[reader]?.tags[uid] != nil else { return }
        pads[reader]?.tags[uid] = LyingTag(uid: uid, content: content, mark: mark)
        stir.yield()
    }

    /// Follows changes that others make, asks for EAS bits, and tells those who watch, until cancelled.
    package func run(on roster: StationRoster, events: EventHub) async {
        let changes = await events.events { event in
            if case .security = event { true } else { false }
        }
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for await event in changes {
                    guard case .security(let report) = event else { continue }
                    await self.take(report)
                }
            }
            group.addTask { await self.report(to: events) }
            for await (reader, uid) in unasked {
                // Of a pad that was pulled meanwhile nobody can be asked, and nothing waits for the answer.
                if let station = roster.station(named: reader) {
                    // Nobody asks for it a second time while it lies there.
                    let eas = try? await station.perform { reader -> Bool? in
                        for _ in 0..<3 {
                            if let eas = try? await reader.readEAS(of: uid) { return eas }
                        }
                        return nil
                    }
                    note(SecurityMark(eas: eas ?? nil), of: uid)
                }
                pads[reader]?.unread.remove(uid)
            }
            group.cancelAll()
        }
    }

    private func note(_ mark: SecurityMark, of uid: TagUID) {
        for reader in pads.keys {
            guard var tag = pads[reader]?.tags[uid] else { continue }
            if let afi = mark.afi { tag.mark.afi = afi }
            if let eas = mark.eas { tag.mark.eas = eas }
            pads[reader]?.tags[uid] = tag
            stir.yield()
        }
    }

    /// Sends what lies on a pad a moment after it changed: what changes within that moment goes out together, and a
    /// stack that is still being laid down when it is settled.
    private func report(to events: EventHub) async {
        for await _ in stirs {
            repeat {
                guard (try? await time.sleep(Self.settling)) != nil else { return }
                for report in news() { await events.send(.pad(report)) }
            } while pads.values.contains { $0.firstUntold != nil }
        }
    }

    /// The pads on which something else lies than was told last.
    private func news() -> [PadReport] {
        let now = time.uptime()
        return pads.keys.sorted().compactMap { reader in
            settle(reader, at: now)
            guard let pad = pads[reader], pad.trouble == nil else {
                // Of a pad that is away its state is told, and when it is back what lies there.
                reported[reader] = nil
                return nil
            }
            // A stack that is the first to be laid down is waited for: the pad was never told to be empty.
            if reported[reader] == nil, pad.told.isEmpty, pad.firstUntold != nil { return nil }
            let report = PadReport(reader: reader, tags: pad.told.sorted().compactMap { pad.tags[$0] }, policy: policy)
            guard reported[reader] != report else { return nil }
            reported[reader] = report
            return report
        }
    }

    private func settle(_ reader: String, at now: Duration) {
        guard var pad = pads[reader], let first = pad.firstUntold, let last = pad.lastArrival else { return }
        let isQuiet = pad.unread.isEmpty && now - last >= Self.settling
        guard isQuiet || now - first >= Self.longest else { return }
        pad.told = Set(pad.tags.keys)
        pad.firstUntold = pad.unread.isEmpty ? nil : now
        pads[reader] = pad
    }
}
