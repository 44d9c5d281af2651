import Library
import Wire

/// What the service keeps and lives on: holdings, bits, disk, clock, and work that waits.
extension DoctorFacts {
    /// Holdings without a library system that are older than this say little of a shelf.
    package static let staleAfter = Duration.seconds(7 * 86_400)
    /// Tags that must have been read before anything is said of the pair of values.
    package static let tagsToJudge = 20
    /// How far the clock may lie behind the records before it was surely set back.
    package static let clockSlack = Duration.seconds(120)

    var holdingsDiagnoses: [Diagnosis] {
        // A database that does not answer says nothing of holdings, not that there are none.
        guard databaseTrouble == nil else { return [] }
        var found = holdings.failedPulls.sorted { $0.key < $1.key }.map { name, cause in
            Diagnosis(
                .pullFails,
                .warning,
                "pull \(name)",
                finding: "the last pull of holdings failed",
                cause: cause,
                remedy: "pressmark holdings pull \(name) tries it now and says more"
            )
        }
        guard let importedAt = holdings.importedAt else {
            return found + [
                Diagnosis(
                    .noHoldings,
                    .warning,
                    "holdings",
                    finding: "there are no holdings",
                    cause: "nothing was imported yet",
                    remedy: "pressmark holdings import FILE --preview, or a [[pull]] in the configuration"
                )
            ]
        }
        let age = now.since(importedAt)
        if age > Self.staleAfter {
            found.append(
                Diagnosis(
                    .staleSnapshot,
                    .warning,
                    "holdings",
                    finding: "the holdings are \(age.components.seconds / 86_400) days old",
                    cause: "no import or pull has replaced them since",
                    remedy: "import a fresh export, or set up a [[pull]]: sweeps and gates judge by what they say"
                )
            )
        }
        return found
    }

    /// Tags that say neither of the site's values, or that say them the wrong way round.
    var afiDiagnoses: [Diagnosis] {
        let policy = security.policy
        let all = security.tagsByAFI.values.reduce(0, +)
        guard policy.mechanism != .eas, all >= Self.tagsToJudge else { return [] }
        var others: [UInt8: Int] = [:]
        for (afi, count) in security.tagsByAFI {
            if case .other = policy.security(afi: afi, eas: policy.mechanism == .both ? true : nil) {
                others[afi] = count
            }
        }
        let strange = others.values.reduce(0, +)
        guard strange * 4 >= all, let most = others.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) else {
            return []
        }
        let value = Hex.string(most.key)
        return [
            Diagnosis(
                .afiPair,
                .failure,
                "security",
                finding: "\(strange) of \(all) of the library's tags say neither \(Hex.string(policy.armedValue)) nor "
                    + "\(Hex.string(policy.disarmedValue)), most of them \(value)",
                cause: "the AFI pair of the configuration is not the one on the tags",
                remedy: "read one armed and one released item with pressmark tag read, and set armed and released, or "
                    + "also-armed and also-released, in [security]"
            )
        ]
    }

    var databaseDiagnoses: [Diagnosis] {
        var found: [Diagnosis] = []
        if let databaseTrouble {
            found.append(
                Diagnosis(
                    .database,
                    .failure,
                    "store",
                    finding: "the database does not answer",
                    cause: databaseTrouble,
                    remedy: "pressmark check, and the disk's own log: journalctl -k"
                )
            )
        }
        if let databaseDamage {
            found.append(
                Diagnosis(
                    .databaseTorn,
                    .failure,
                    "store",
                    finding: "the database is torn",
                    cause: databaseDamage.cause,
                    remedy: databaseDamage.hint ?? "put back the last backup: pressmark restore"
                )
            )
        }
        return found
    }

    var diskDiagnoses: [Diagnosis] {
        guard let disk else { return [] }
        let isFull = disk.freeBytes < 64 << 20
        // An import needs room for a second copy of the holdings.
        guard isFull || disk.freeBytes < max(1 << 30, 2 * disk.databaseBytes) else { return [] }
        return [
            Diagnosis(
                isFull ? .diskFull : .diskLow,
                isFull ? .failure : .warning,
                "store",
                finding: "\(disk.freeBytes >> 20) MiB are free in \(disk.folder)",
                cause: isFull ? "the disk is full: nothing more can be written down" : "an import may not find room",
                remedy: "free some space: du -xh \(disk.folder) | sort -h | tail"
            )
        ]
    }

    var clockDiagnoses: [Diagnosis] {
        if let latest = clock.latestRecord, latest.since(now) > Self.clockSlack {
            return [
                Diagnosis(
                    .clock,
                    .failure,
                    "clock",
                    finding:
                        "the clock stands \(latest.since(now).components.seconds) s before what was written down last",
                    cause: "it was set back, or the machine has lost its time while it was off",
                    remedy: "timedatectl set-ntp true, and see timedatectl timesync-status"
                )
            ]
        }
        guard clock.isSynchronised == false else { return [] }
        return [
            Diagnosis(
                .clockUnkept,
                .warning,
                "clock",
                finding: "nobody keeps the clock",
                cause: "no time service is running, or it reaches no server",
                remedy: "timedatectl set-ntp true; loans are told from holdings by when things happened"
            )
        ]
    }

    var gateDiagnoses: [Diagnosis] {
        gateTroubles.compactMap { trouble in
            trouble.cause.map { cause in
                Diagnosis(
                    .gate,
                    .failure,
                    trouble.gate,
                    finding: "the gate has trouble: \(trouble.kind.rawValue)",
                    cause: cause,
                    remedy: trouble.remedy
                )
            }
        }
    }

    var workDiagnoses: [Diagnosis] {
        var found: [Diagnosis] = []
        if openChanges > 0 {
            found.append(
                Diagnosis(
                    .openChanges,
                    .note,
                    "security",
                    finding: "changes of security whose end is not known: \(openChanges)",
                    cause: "a tag was pulled away or the power went",
                    remedy: "lay the items on a pad: pressmark security divergence names them"
                )
            )
        }
        if divergences > 0 {
            found.append(
                Diagnosis(
                    .wrongBits,
                    .note,
                    "security",
                    finding: "tags that say the wrong thing: \(divergences)",
                    cause: "a loan or return did not reach them",
                    remedy: "pressmark security repair, with the items on a pad"
                )
            )
        }
        for (channel, count) in waitingNotices.sorted(by: { $0.key < $1.key }) where count > 0 {
            found.append(
                Diagnosis(
                    .noticesWait,
                    .warning,
                    "notice \(channel)",
                    finding: "notices that could not be delivered: \(count)",
                    cause: "the channel does not take them",
                    remedy: "look at address and secret of this [[notice]]; journalctl -u pressmarkd says why"
                )
            )
        }
        return found
    }
}
