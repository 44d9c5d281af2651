import Library
package import Readers
import Store
import Wire

/// What only the program around the service can see: the machine it runs on.
package struct Surroundings: Hashable, Sendable {
    /// The device file of each reader that has one, by the reader's name.
    package var devices: [String: DoctorFacts.Device] = [:]
    /// Whether a time service has set the clock; `nil` where systemd-timesyncd does not run, which is the one that is
    /// asked.
    package var isClockKept: Bool?
    /// On the disk of the state folder; `nil` when it does not tell.
    package var freeBytes: Int64?
    /// Of the disk of the state folder; `nil` when it does not tell.
    package var totalBytes: Int64?
    /// Of the database file; `nil` when it cannot be looked at.
    package var databaseBytes: Int64?

    package init() {}
}

extension ServiceDesk {
    /// What a doctor looks at, in words.
    package var doctorChecks: [String] {
        [
            "\(stations.count) readers: device, permission, group, line", "ports", "pages of workstations",
            "AFI pair", "holdings and pulls", "clock", "disk and database",
            circulation == nil ? "no library system is set up" : "library system", "gates",
            "open changes and wrong bits",
        ]
    }

    /// Gathers everything that a diagnosis is made of. Nothing is asked of readers or tags.
    package func doctorFacts() async throws -> DoctorFacts {
        let surroundings = await surroundings()
        var facts = DoctorFacts(
            now: time.now(),
            security: DoctorFacts.Security(policy: policy),
            holdings: DoctorFacts.Holdings(importedAt: nil, items: 0)
        )
        for station in stations { facts.readers.append(await fact(of: station, surroundings.devices)) }
        facts.databaseTrouble = storeTrouble()?.cause
        facts.databaseDamage = await backups.damage
        if let free = surroundings.freeBytes, let total = surroundings.totalBytes {
            facts.disk = DoctorFacts.Disk(
                folder: store.folder,
                freeBytes: free,
                totalBytes: total,
                databaseBytes: surroundings.databaseBytes ?? 0
            )
        }
        facts.closedLines = await lines.all
        facts.doors = await workstations.report
        for proxy in proxies {
            let (report, place) = (await proxy.report, proxy.settings.place)
            if let cause = report.trouble {
                facts.closedProxies.append(.init(name: report.name, place: place, cause: cause, hint: report.hint))
            }
            if let cause = report.systemTrouble {
                facts.cutProxies.append(.init(name: report.name, place: place, cause: cause, hint: report.systemHint))
            }
        }
        facts.clock.isSynchronised = surroundings.isClockKept
        facts.gateTroubles = await gate.keeper.views.flatMap(\.troubles)
        if let circulation { facts.librarySystem = await fact(of: circulation) }
        guard facts.databaseTrouble == nil else { return facts }
        for (afi, owner, count) in try store.tagsByAFI() where policy.owner(owner).isOurs {
            facts.security.tagsByAFI[afi, default: 0] += count
        }
        facts.clock.latestRecord = try store.latestRecord()
        let snapshot = try snapshot()
        facts.holdings.importedAt = snapshot?.importedAt
        facts.holdings.items = snapshot?.itemCount ?? 0
        for pull in try await pulls.report() {
            if case .failed(let cause) = pull.outcome { facts.holdings.failedPulls[pull.name] = cause }
        }
        facts.waitingNotices = try store.waitingNotices()
        facts.openChanges = try security.openCount()
        facts.divergences = try security.divergenceCount()
        return facts
    }

    private func fact(of station: Station, _ devices: [String: DoctorFacts.Device]) async -> DoctorFacts.Reader {
        let setup = station.setup
        var reader = DoctorFacts.Reader(name: setup.name, role: setup.role, place: setup.place)
        let line = station.line.values
        reader.exchanges = line.exchanges
        reader.receivedBytes = line.receivedBytes
        reader.device = devices[setup.name]
        switch await station.report.state {
        case .online: break
        case .connecting: reader.trouble = DoctorFacts.Trouble(.connecting, "still connecting")
        case .offline(let cause, let hint):
            let kind = await station.trouble.map(DoctorFacts.Trouble.Kind.init) ?? .system
            reader.trouble = DoctorFacts.Trouble(kind, cause, hint: hint)
        }
        return reader
    }

    private func fact(of link: CirculationLink) async -> DoctorFacts.LibrarySystem {
        let report = await link.report
        var fact = DoctorFacts.LibrarySystem(place: report.place, state: .unknown)
        switch report.state {
        case .unknown: break
        case .online(let word):
            fact.state = .online
            if !word.allowsCheckout { fact.forbids.append("loans") }
            if !word.allowsCheckin { fact.forbids.append("returns") }
        case .away(let error): fact.state = .away(error.kind, text: "\(error)", hint: error.hint)
        }
        return fact
    }
}

extension DoctorFacts.Trouble.Kind {
    /// What an error of a reader comes to.
    package init(_ error: ReaderError) {
        switch error {
        case .link(.absent): self = .absent
        case .link(.refused(let reason, _)):
            self = reason.contains("busy") || reason.contains("in use") ? .busy : .denied
        case .link(.closed): self = .closed
        case .link(.timedOut), .noReply: self = .silent
        case .link(.system(let errno, _, _)): self = errno == 16 ? .busy : errno == 13 || errno == 1 ? .denied : .system
        case .malformed: self = .garbled
        case .refused, .unsupported, .tagLost: self = .refused
        }
    }
}
