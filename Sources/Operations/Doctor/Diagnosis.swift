import Library

/// What a doctor finds: the trouble, its cause, and the remedy, in one line each.
package struct Diagnosis: Hashable, Sendable {
    /// How bad it is; cases rise.
    package enum Severity: Int, Hashable, Sendable, Comparable, CaseIterable {
        /// Good to know.
        case note
        /// It will become trouble, or hides some.
        case warning
        /// Something does not work.
        case failure

        package static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
    }

    /// What kind of trouble it is; a stable word for programs.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case cable, permission, group, connecting
        case deviceBusy = "device-busy"
        case portBusy = "port-busy"
        case parity
        case readerSilent = "reader-silent"
        case readerRefuses = "reader-refuses"
        case readerOffline = "reader-offline"
        case afiPair = "afi-pair"
        case noHoldings = "no-holdings"
        case staleSnapshot = "stale-snapshot"
        case pullFails = "pull-fails"
        case clock
        case clockUnkept = "clock-unkept"
        case diskFull = "disk-full"
        case diskLow = "disk-low"
        case database
        case databaseTorn = "database-torn"
        case ilsAway = "ils-away"
        case ilsRefuses = "ils-refuses"
        case ilsForbids = "ils-forbids"
        case pageRefused = "page-refused"
        case gate
        case openChanges = "open-changes"
        case wrongBits = "wrong-bits"
        case noticesWait = "notices-wait"
    }

    /// What kind of trouble it is.
    package var kind: Kind
    /// How bad it is.
    package var severity: Severity
    /// The reader, gate or other thing it is about.
    package var subject: String
    /// What was found, lower case, no period.
    package var finding: String
    /// Why it is so, as far as that can be told from here.
    package var cause: String
    /// What to do, with the command where one helps.
    package var remedy: String

    package init(
        _ kind: Kind,
        _ severity: Severity,
        _ subject: String,
        finding: String,
        cause: String,
        remedy: String
    ) {
        self.kind = kind
        self.severity = severity
        self.subject = subject
        self.finding = finding
        self.cause = cause
        self.remedy = remedy
    }
}

extension DoctorFacts {
    /// Everything that is wrong, the worst first; empty when all is well.
    package var diagnoses: [Diagnosis] {
        let all: [Diagnosis] =
            readers.compactMap(diagnosis) + portDiagnoses + librarySystemDiagnoses + holdingsDiagnoses + afiDiagnoses
            + databaseDiagnoses + diskDiagnoses + clockDiagnoses + gateDiagnoses + workDiagnoses
        return all.enumerated().sorted { ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset) }.map(
            \.element
        )
    }

    private func diagnosis(_ reader: Reader) -> Diagnosis? {
        guard let trouble = reader.trouble else { return nil }
        func found(_ kind: Diagnosis.Kind, _ finding: String, _ cause: String, _ remedy: String) -> Diagnosis {
            Diagnosis(kind, .failure, reader.name, finding: finding, cause: cause, remedy: remedy)
        }
        if trouble.kind == .connecting {
            return Diagnosis(
                .connecting,
                .note,
                reader.name,
                finding: "still connecting to \(reader.place)",
                cause: "it was started a moment ago",
                remedy: "ask again in a few seconds"
            )
        }
        if let device = reader.device, !device.exists {
            let others = device.others.isEmpty ? "" : "; there are \(device.others.joined(separator: ", "))"
            return found(
                .cable,
                "no device \(device.path)",
                "its cable is unplugged, its adapter has no driver, or it got another name\(others)",
                "plug it in and see dmesg; name it by its path in /dev/serial/by-id, which stays"
            )
        }
        if let device = reader.device, !device.isAllowed {
            if let group = device.group, !device.isInGroup, group != "root" {
                return found(
                    .group,
                    "\(device.path) may not be opened",
                    "it belongs to group \(group), and the service is not in it",
                    "usermod -aG \(group) pressmark, then systemctl restart pressmarkd"
                )
            }
            return found(
                .permission,
                "\(device.path) may not be opened",
                "its mode or the unit's DeviceAllow= does not let the service in",
                "install the udev rules of the package, plug it in again, and see systemctl cat pressmarkd"
            )
        }
        switch trouble.kind {
        case .connecting: return nil
        case .absent:
            return found(
                .cable,
                "nothing at \(reader.place)",
                trouble.text,
                trouble.hint ?? "look at its cable and its power"
            )
        case .denied:
            return found(
                .permission,
                "\(reader.place) may not be used",
                trouble.text,
                trouble.hint ?? "install the udev rules of the package and plug it in again"
            )
        case .busy:
            return found(
                .deviceBusy,
                "\(reader.place) is taken",
                "another program has it open: \(trouble.text)",
                "see which with fuser -v \(reader.device?.path ?? "") and end it; ModemManager is one to remove"
            )
        case .garbled: return found(.parity, "\(reader.place) answers nonsense", trouble.text, lineRemedy(reader))
        case .silent where reader.receivedBytes > 0 && reader.device?.isSerial == true:
            return found(
                .parity,
                "\(reader.place) answers nonsense",
                "\(reader.receivedBytes) bytes came and no frame among them: parity or baud are not the reader's",
                lineRemedy(reader)
            )
        case .silent:
            return found(
                .readerSilent,
                "\(reader.place) says nothing",
                reader.device?.isSerial == true
                    ? "the reader has no power, its data lines are swapped, or baud and parity are not its own"
                    : "the reader has no power or another address",
                "look at its lamp; pressmark readers probe tries what it may be"
            )
        case .refused:
            return found(.readerRefuses, "the reader refuses", trouble.text, trouble.hint ?? "switch it off and on")
        case .closed, .system:
            return found(
                .readerOffline,
                "\(reader.place) is lost",
                trouble.text,
                trouble.hint ?? "look at cable and power; it is tried again every few seconds"
            )
        }
    }

    private func lineRemedy(_ reader: Reader) -> String {
        "set baud and parity of this [[reader]] as its maker says (FEIG: 38400, even), or let pressmark readers probe try"
    }

    private var portDiagnoses: [Diagnosis] {
        let busy = doors.flatMap { door in
            door.troubles.sorted { $0.key < $1.key }.map { address, cause in
                Diagnosis(
                    .portBusy,
                    .failure,
                    "dialect \(door.dialect)",
                    finding: "cannot listen on \(address):\(door.port)",
                    cause: cause,
                    remedy: "see who has it with ss -ltnp 'sport = :\(door.port)'; "
                        + "end that program, or set another port"
                )
            }
        }
        let pages = doors.compactMap { door in
            door.lastRefusedOrigin.map { origin in
                Diagnosis(
                    .pageRefused,
                    .warning,
                    "dialect \(door.dialect)",
                    finding: "a page of \(origin) was turned away from the pad",
                    cause: "it does not stand in the list of pages that may ask",
                    remedy: "if it is your library system, add it to origins of this [[dialect]]"
                )
            }
        }
        let closed = closedProxies.map { proxy in
            Diagnosis(
                .portBusy,
                .failure,
                "proxy \(proxy.name)",
                finding: "cannot listen on \(proxy.place)",
                cause: proxy.cause,
                remedy: proxy.hint ?? "set another address or port as listen of this [[proxy]]"
            )
        }
        let lines = closedLines.map { line in
            Diagnosis(
                .portBusy,
                .failure,
                line.place,
                finding: "cannot listen on \(line.place)",
                cause: line.cause,
                remedy: line.hint
            )
        }
        let cut = cutProxies.map { proxy in
            Diagnosis(
                .ilsAway,
                .failure,
                "proxy \(proxy.name)",
                finding: "the library system does not answer",
                cause: proxy.cause,
                remedy: proxy.hint ?? "try host and port of its system from this machine"
            )
        }
        return lines + busy + closed + cut + pages
    }

    private var librarySystemDiagnoses: [Diagnosis] {
        guard let system = librarySystem else { return [] }
        switch system.state {
        case .unknown: return []
        case .online:
            guard !system.forbids.isEmpty else { return [] }
            return [
                Diagnosis(
                    .ilsForbids,
                    .warning,
                    system.place,
                    finding: "the library system does not allow \(system.forbids.joined(separator: ", "))",
                    cause: "it says so in its answer to a status question",
                    remedy: "let its administrator change the rights of our SIP2 account"
                )
            ]
        case .away(.loginRefused, _, let hint):
            return [
                Diagnosis(
                    .ilsRefuses,
                    .failure,
                    system.place,
                    finding: "the library system refuses our login",
                    cause: "user, password or location are not what it knows",
                    remedy: hint ?? "compare user, password-file and location of [ils] with its SIP2 account"
                )
            ]
        case .away(_, let text, let hint):
            return [
                Diagnosis(
                    .ilsAway,
                    .failure,
                    system.place,
                    finding: "the library system does not answer",
                    cause: text,
                    remedy: hint ?? "try pressmark ils ping, then its host and port from this machine"
                )
            ]
        }
    }
}
