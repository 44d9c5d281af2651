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

    func attend(_ round: StationRound, on station: Station) async throws {
        lying[round.reader] = Set(round.present)
        try await takeUpOpen(round, on: station)
        for heard in round.arrived where heard.afi != nil { try await judge(heard, on: station) }
    }

    /// Compares what a tag says with what it must say, writes a difference down, and repairs it where policy allows.
    private func judge(_ heard: HeardTag, on station: Station) async throws {
        guard let tag = try book.record(of: heard), let barcode = tag.barcode,
            policy.owner(tag.owner).isOurs || tag.owner == nil,
            let item = try store.item(barcode: barcode)?.item,
            underWay[barcode] == nil,
            try store.openIntents(of: [heard.uid]).isEmpty
        else { return }
        let says = TagsSay(ItemSecurity(parts: [policy.security(of: heard.uid, SecurityMark(afi: heard.afi))]))
        let change = try store.lastChange(of: barcode)
        let holdingsAt = try store.snapshot()?.importedAt
        func standing(_ item: Item, _ at: Moment?, _ freshness: Duration, _ change: SecurityRecord?) -> ItemStanding {
            ItemStanding(
                item: item,
                owner: .own,
                holdingsAt: at,
                lastChange: change,
                at: time.now(),
                freshness: freshness
            )
        }
        var known = standing(item, holdingsAt, policy.freshness, change)
        // The library system is asked only when something looks wrong.
        let ageless = standing(item, holdingsAt, .seconds(Int64.max / 4), change)
        if let status, policy.table.row(says, ageless).right != nil, let told = await status(barcode) {
            var asked = item
            asked.status = told
            known = standing(asked, time.now(), policy.freshness, nil)
        }
        if let change, change.keeps(known) { return }
        guard let right = policy.table.row(says, known).right else {
            if known.right != nil, try store.openDivergence(of: heard.uid) != nil {
                try store.end(divergencesOf: [heard.uid], as: .heardRight, at: time.now())
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
        logger.notice(
            "wrong security bit",
            metadata: [
                "item": "\(barcode)", "tag": "\(heard.uid)", "says": "\(says.rawValue)", "item is": "\(known.rawValue)",
                "reader": "\(station.setup.name)",
            ]
        )
        guard policy.table.repair(says, known, by: SecurityDevice(station.setup.role)) != nil else { return }
        try await repair(barcode, to: right, on: station)
    }

    /// Puts an item right that lies in front of a reader. Only the tags that are known as its own are read.
    @discardableResult
    package func repair(_ barcode: String, to right: SecurityState, on station: Station) async throws -> SecurityReport
    {
        let tags = Set(try store.tags(barcode: barcode).map(\.uid))
        let reports = try await flip([barcode], to: right, cause: .repair, on: station, among: tags)
        return reports[0]
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
