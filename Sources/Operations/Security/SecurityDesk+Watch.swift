package import Library
import Logging
import Readers
import Store
import Tags

/// Bits that say something else than they must, heard by whatever device.
extension SecurityDesk {
    /// Tags that are known to say the wrong thing, the oldest first.
    package func divergences() throws -> [Divergence] {
        try store.openDivergences()
    }

    /// How many wrong bits ended in each way.
    package func ends() throws -> [DivergenceEnd: Int] {
        try store.closedDivergences()
    }

    /// How many tags are known to say the wrong thing; asked without waiting for the desk.
    package nonisolated func divergenceCount() throws -> Int {
        try store.openDivergenceCount()
    }

    func attend(_ round: StationRound, on station: Station) async throws {
        lying[round.reader] = Set(round.present)
        // What a gate hears is written down behind its siren, unless it may write by itself.
        if round.role != .gate || policy.table.repairs.contains(.gate) {
            do {
                try remember(round.arrived)
            } catch {
                logger.warning("tags not remembered", metadata: ["reader": "\(round.reader)", "cause": "\(error)"])
                if round.role == .pad { keepUnremembered(round.arrived) }
            }
        }
        try await takeUpOpen(round, on: station)
        for heard in round.arrived where heard.afi != nil || policy.mechanism != .afi || round.role == .pad {
            await tryJudging(heard, on: station)
        }
    }

    /// Judges a tag. What goes wrong is logged, and keeps no others of the same look from being judged: nobody hears
    /// them a second time.
    func tryJudging(_ heard: HeardTag, on station: Station) async {
        do {
            try await judge(heard, on: station)
        } catch {
            postpone(heard.uid, until: .anotherLook, on: station)
            logger.warning("security watch", metadata: ["tag": "\(heard.uid)", "cause": "\(error)"])
        }
    }

    /// Writes down which tags belong to which item: a repair reads those alone.
    func remember(_ heard: [HeardTag]) throws {
        let news = try heard.filter(\.isRead).compactMap { try book.record(of: $0) }.filter { record in
            guard record.barcode != nil, var known = try store.tag(uid: record.uid) else {
                return record.barcode != nil
            }
            known.readAt = record.readAt
            return known != record
        }
        if !news.isEmpty { try book.remember(news, by: time.now()) }
    }

    /// Compares what a tag says with what it must say, writes a difference down, and repairs it where policy allows.
    /// One on a pad that cannot be judged now is judged again when it can be.
    private func judge(_ heard: HeardTag, on station: Station) async throws {
        if station.setup.role == .pad { unjudged[heard.uid] = nil }
        guard let tag = try book.record(of: heard), let name = tag.barcode,
            policy.owner(tag.owner).isOurs || tag.owner == nil
        else { return }
        guard let item = try store.item(barcode: name)?.item else {
            return postpone(heard.uid, until: .otherHoldings, on: station)
        }
        let barcode = item.barcode
        guard try isUntouched(heard, barcode) else {
            return postpone(heard.uid, until: .anotherLook, on: station)
        }
        let mark = await mark(of: heard, on: station)
        let says = TagsSay(ItemSecurity(parts: [policy.security(of: heard.uid, mark)]))
        guard says != .unreadable else {
            // An answer was lost, or the chip does not tell its AFI.
            if policy.mark(for: .armed, on: heard.uid) != nil {
                postpone(heard.uid, until: .anotherLook, on: station)
            }
            return
        }
        var looksWrong = false
        let known = try await standing(of: item) { ageless in
            // The library system is asked only when something looks wrong.
            looksWrong = policy.table.row(says, ageless).right != nil
            return looksWrong
        }
        // The questions took their time: what was heard is old where the item was changed meanwhile.
        guard try isUntouched(heard, barcode) else {
            return postpone(heard.uid, until: .anotherLook, on: station)
        }
        let isKept = try store.lastWord(of: barcode)?.keeps(known) == true
        guard !isKept, let right = policy.table.row(says, known).right else {
            if looksWrong, !isKept, known.isOld {
                postpone(heard.uid, until: status == nil ? .otherHoldings : .librarySystem, on: station)
            }
            // What was not read whole, or is a value of somebody else's, does not tell that it is right.
            let isTold = isKept || says == .armed || says == .disarmed
            if isTold, known.right != nil, try store.openDivergence(of: heard.uid) != nil {
                try store.end(divergencesOf: [heard.uid], as: .heardRight, at: time.now())
                await tellDivergences()
            }
            return
        }
        try store.note(
            Divergence(
                uid: heard.uid,
                barcode: barcode,
                tags: says,
                item: known,
                wanted: right,
                reader: station.setup.name,
                first: heard.at,
                last: heard.at
            )
        )
        await tellDivergences()
        logger.notice(
            "wrong security bit",
            metadata: [
                "item": "\(barcode)", "tag": "\(heard.uid)", "says": "\(says.rawValue)", "item is": "\(known.rawValue)",
                "reader": "\(station.setup.name)",
            ]
        )
        guard policy.table.repair(says, known, by: SecurityDevice(station.setup.role)) != nil else { return }
        // A loan that began meanwhile goes first, and this is no longer what the tag must say.
        guard try isUntouched(heard, barcode) else { return }
        try await repair(barcode, to: right, on: station)
    }

    /// Whether nobody changes the item or has changed it since its tag was heard.
    private func isUntouched(_ heard: HeardTag, _ barcode: String) throws -> Bool {
        guard underWay[barcode] == nil, try store.openIntents(of: [heard.uid]).isEmpty else { return false }
        guard let settled = try store.lastChange(of: barcode)?.settledAt else { return true }
        // At a time to come it was ended under a clock that has been set back since; this tag was heard behind that.
        let now = time.now()
        return settled <= heard.at || settled > now && heard.at <= now
    }

    /// Tells how many tags are known to say the wrong thing, where that may be another number now.
    func tellDivergences() async {
        guard let count = try? store.openDivergenceCount() else { return }
        await events.send(.divergences(open: count))
    }

    /// Puts an item right that lies in front of a reader. Only the tags that are known as its own are read.
    @discardableResult
    func repair(_ barcode: String, to right: SecurityState, on station: Station) async throws -> SecurityReport {
        let tags = Set(try store.tags(ofItem: barcode).map(\.uid))
        let reports = try await flip([barcode], to: right, cause: .repair, on: station, among: { tags })
        return reports[0]
    }

    /// How an item stands: by the younger of holdings and journal, or by the library system where it can be asked.
    ///
    /// - Parameter asks: whether it is worth a question, by what the item would be if no word were ever too old.
    func standing(of item: Item, asks: (ItemStanding) -> Bool) async throws -> ItemStanding {
        let holdings = try store.snapshot()
        // What the holdings know of already is no news.
        func news(_ record: SecurityRecord?) -> SecurityRecord? {
            record.flatMap { holdings?.knows($0) == true ? nil : $0 }
        }
        let change = news(try store.lastChange(of: item.barcode))
        let word = news(try store.lastWord(of: item.barcode))
        let ageless = ItemStanding(item: item, owner: .own, lastChange: word, isFresh: (holdings != nil, true))
        let isWorthAsking = asks(ageless)
        guard isWorthAsking, let status, let told = await status(item.barcode) else {
            let now = try watchClock()
            let holdingsAge = holdings.flatMap { ages.age(of: $0, at: now) }
            let wordAge = word.flatMap { ages.age(of: $0, at: now) }
            let known = ItemStanding(
                item: item,
                owner: .own,
                lastChange: word,
                isFresh: (isFresh(holdingsAge), isFresh(wordAge))
            )
            guard let right = known.right, let change, change.intent.cause == .repair, change.intent.wanted != right
            else { return known }
            // The repair knew better than this word: the library system was asked then, and cannot be asked now.
            return ItemStanding(item: item, owner: .own, isFresh: false)
        }
        var asked = item
        asked.status = told
        return ItemStanding(item: asked, owner: .own, isFresh: true)
    }

    /// Whether a word of this age is taken to know the loans of the moment; one of which nobody can tell is not.
    private func isFresh(_ age: Duration?) -> Bool { age.map { $0 <= policy.freshness } ?? false }

    /// Notes what the wall clock was set back by, and tells both clocks' time.
    @discardableResult
    func watchClock() throws -> GateInstant {
        let now = time.instant
        try ages.look(at: now) { try store.said() }
        return now
    }

    /// How an item stands that a patron wants to borrow by themselves: the library system is asked before it is
    /// refused, so that holdings of last night do not keep back what came in this morning.
    func standingAtKiosk(_ barcode: String, _ item: Item?) async throws -> ItemStanding {
        let table = policy.table
        if let item { return try await standing(of: item) { table.row(.armed, $0).kiosk == .refuse } }
        guard let told = await status?(barcode) else { return .unknown }
        return ItemStanding(item: Item(barcode: barcode, status: told), owner: .own, isFresh: true)
    }

    /// What a tag says. An EAS bit is no part of what readers hear: a pad asks for it, where the site uses it; a walk
    /// along the shelves or through a gate has no time for that.
    private func mark(of heard: HeardTag, on station: Station) async -> SecurityMark {
        var mark = SecurityMark(afi: heard.afi)
        guard station.setup.role == .pad, policy.mark(for: .armed, on: heard.uid)?.eas != nil else { return mark }
        let uid = heard.uid
        let answer = try? await station.perform { reader -> Bool? in (try? await reader.readEAS(of: uid)) ?? nil }
        mark.eas = answer ?? nil
        return mark
    }
}

extension ItemStanding {
    /// Whether it is known by holdings or a journal that are too old to know the loans of the moment.
    fileprivate var isOld: Bool {
        switch self {
        case .inLibraryByOldHoldings, .onLoanByOldHoldings, .inTransitByOldHoldings, .onHoldShelfByOldHoldings: true
        case .inLibrary, .onLoan, .inTransit, .onHoldShelf, .withdrawn, .soughtAfter, .otherLibrary, .unknown: false
        }
    }
}

extension SecurityDevice {
    init(_ role: StationRole) {
        switch role {
        case .pad: self = .pad
        case .wand: self = .wand
        case .gate: self = .gate
        }
    }
}
