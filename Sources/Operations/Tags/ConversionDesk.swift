package import Library
package import Logging
import Readers
package import Store
package import Tags

/// Brings the library's own items on a pad into another data model, tag by tag.
package actor ConversionDesk {
    private let store: Store
    private let time: Timekeeper
    private let policy: SecurityPolicy
    private let habits: SiteProfile
    private let logger: Logger

    /// - Parameter habits: how the site's tags are read and written.
    package init(
        store: Store,
        time: Timekeeper,
        policy: SecurityPolicy,
        habits: SiteProfile = SiteProfile(),
        logger: Logger
    ) {
        self.store = store
        self.time = time
        self.policy = policy
        self.habits = habits
        self.logger = logger
    }

    /// Converts every tag on the station's reader that the order means, in the order of their UIDs; each tag is one
    /// job, so that the reader looks at its field in between. Tags that are refused are told with the reason.
    package func convert(_ order: ConversionOrder, on station: Station) async throws -> [ConversionReport] {
        var profile = habits.under(policy, target: order.target)
        if order.acceptsWrongChecksums { profile.acceptsWrongChecksums = true }
        let inventory = try await station.perform { reader -> Result<[TagUID], ReaderError> in
            do throws(ReaderError) {
                return .success(try await reader.inventory(afi: nil).tags.map(\.uid))
            } catch {
                return .failure(error)
            }
        }
        let uids: [TagUID]
        do throws(ReaderError) {
            uids = try inventory.get()
        } catch {
            throw StationError.reader(name: station.setup.name, error)
        }
        let known = try store.tags(uids: uids)
        var reports: [ConversionReport] = []
        for uid in uids.sorted() {
            let run = run(order, profile, uid, known: known[uid])
            let report: ConversionReport?
            do throws(StationError) {
                report = try await station.perform { reader in await run.carryOut(on: &reader) }
            } catch {
                // What became of the tags before must still be told.
                report = ConversionReport(uid: uid, barcode: known[uid]?.barcode, end: .notRead("\(error)"))
            }
            guard let report else { continue }
            log(report, order, on: station)
            count(report, on: station)
            switch report.end {
            case .converted, .stopped: await station.readAgain(uid)
            case .unchanged, .planned, .refused, .cutOff, .otherItem, .notRead: break
            }
            reports.append(report)
        }
        return reports
    }

    private func run(
        _ order: ConversionOrder,
        _ profile: SiteProfile,
        _ uid: TagUID,
        known: TagRecord?
    ) -> ConversionRun {
        let (store, time) = (store, time)
        return ConversionRun(
            order: order,
            profile: profile,
            uid: uid,
            known: known,
            isItem: { barcode in ((try? store.item(barcode: barcode)) ?? nil) != nil },
            remember: { memory in
                let reading = LibraryTag(reading: memory, by: profile.reading)
                guard let record = TagRecord(uid: uid, reading: reading, afi: memory.afi, at: time.now()) else {
                    return nil
                }
                do {
                    try store.remember([record], by: record.readAt)
                    return nil
                } catch {
                    return StoreTrouble(error)
                }
            }
        )
    }

    /// Notes how a write went, for the tag's health; one that is not noted undoes nothing of it.
    private func count(_ report: ConversionReport, on station: Station) {
        let (end, trouble): (TagWriteEnd, String?)
        switch report.end {
        case .converted: (end, trouble) = (.done, nil)
        case .stopped(let stop):
            if case .unknown = stop.standing { end = .uncertain } else { end = .failed }
            trouble = stop.reason
        case .unchanged, .planned, .refused, .cutOff, .otherItem, .notRead: return
        }
        try? store.count(end, to: report.uid, at: time.now(), on: station.setup.name, trouble: trouble)
    }

    private func log(_ report: ConversionReport, _ order: ConversionOrder, on station: Station) {
        if report.end == .refused(.patronCard) { return }
        var level = Logger.Level.info
        if case .stopped = report.end { level = .warning }
        logger.log(
            level: level,
            "conversion",
            metadata: [
                "item": "\(report.barcode ?? "none")", "tag": "\(report.uid)", "to": "\(order.target.rawValue)",
                "reader": "\(station.setup.name)", "outcome": "\(report.end)",
            ]
        )
    }
}
