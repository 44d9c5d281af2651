import API
import Foundation
import Testing

@testable import Command

private let now = Date(timeIntervalSince1970: 1_795_000_000)

private func status(
    snapshot: SnapshotSummary?,
    readers: [ReaderStatus] = [],
    open: Int = 0,
    wrong: Int = 0
) -> Status {
    Status(
        version: "0.1.0",
        library: "Central Library",
        startedAt: now.addingTimeInterval(-3900),
        simulated: true,
        store: StoreStatus(path: "/var/lib/pressmark/pressmark.sqlite", snapshot: snapshot),
        readers: readers,
        ils: ILSStatus(state: "not configured", detail: ""),
        gate: GateStatus(alarmsToday: 0, lastAlarm: nil),
        sweep: nil,
        openSecurityChanges: open,
        wrongSecurityBits: wrong
    )
}

private func reader(_ state: ReaderStatus.State, cause: String? = nil, hint: String? = nil) -> ReaderStatus {
    ReaderStatus(
        name: "pad-1",
        role: "pad",
        driver: "feig",
        model: "ID CPR50",
        firmware: "2.30",
        link: "serial /dev/ttyUSB0",
        state: state,
        cause: cause,
        hint: hint,
        lastSeen: now.addingTimeInterval(-1),
        tagsPresent: 2
    )
}

private func lines(_ status: Status) -> [String] {
    StatusPage(status: status, now: now, palette: Palette(isOn: false)).lines
}

@Suite struct StatusPageTests {
    @Test func `a healthy daemon fits on one screen`() {
        let snapshot = SnapshotSummary(
            number: 3,
            profile: "koha",
            source: "items.csv",
            importedAt: now.addingTimeInterval(-720),
            items: 2004,
            rejected: 4
        )
        #expect(
            lines(status(snapshot: snapshot, readers: [reader(.online)])) == [
                "daemon    Central Library, pressmarkd 0.1.0, simulated, up 1 h 5 min",
                "store     /var/lib/pressmark/pressmark.sqlite",
                "holdings  2 004 items, snapshot 3 (koha, items.csv), imported 12 min ago, 4 rows rejected",
                "ILS       not configured",
                "gate      0 alarms today",
                "sweep     none",
                "",
                "READER  ROLE  STATE   TAGS  LAST SEEN  DRIVER  DEVICE         LINK",
                "pad-1   pad   online  2     now        feig    ID CPR50 2.30  serial /dev/ttyUSB0",
            ]
        )
    }

    @Test func `a reader that is gone says why and what to do`() {
        let gone = reader(.offline, cause: "no such device", hint: "plug it in again")
        #expect(
            lines(status(snapshot: nil, readers: [gone])).suffix(2)
                == ["  cause: no such device", "  hint: plug it in again"]
        )
    }

    @Test func `a torn database says what is torn and what to do`() {
        var torn = status(snapshot: nil)
        (torn.store.damage, torn.store.hint) = ("database: damaged: Page 7", "put back the last backup")
        #expect(
            lines(torn).contains("store     /var/lib/pressmark/pressmark.sqlite: torn")
                && lines(torn).contains("  cause: database: damaged: Page 7")
                && lines(torn).contains("  hint: put back the last backup")
        )
    }

    @Test func `without holdings the first step is named`() {
        #expect(
            lines(status(snapshot: nil)).contains(
                "holdings  none yet: pressmark holdings import FILE --profile koha"
            )
        )
    }

    @Test func `security changes with an unknown end are not hidden`() {
        #expect(
            lines(status(snapshot: nil, wrong: 2)).contains(
                "wrong     2 tags say the wrong thing: pressmark security divergence"
            )
        )
        #expect(
            lines(status(snapshot: nil, open: 1)).contains(
                "open      1 security change begun, end not known: lay the items on a pad again"
            )
        )
    }
}
