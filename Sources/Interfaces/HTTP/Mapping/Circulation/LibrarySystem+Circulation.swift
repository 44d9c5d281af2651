import API
import Foundation
import Library
import Operations

extension LibrarySystemStatus {
    init(_ report: CirculationReport?, returns: [StoredReturn], proxies: [ProxyStatus]) {
        var status = LibrarySystemStatus(
            place: report?.place,
            system: report?.system,
            state: .unasked,
            since: report?.since.map(Date.init),
            cause: nil,
            hint: nil,
            word: nil,
            encoding: report?.encoding,
            errorDetection: report?.hasErrorDetection,
            openConnections: report?.open ?? 0,
            connections: report?.connections ?? 0,
            waitingReturns: returns.count { $0.conflict == nil },
            conflicts: returns.count { $0.conflict != nil },
            notes: report?.notes ?? [],
            proxies: proxies
        )
        switch report?.state {
        case .online(let word)?:
            status.state = .online
            status.word = Word(word)
        case .away(let error)?:
            status.state = .away
            status.cause = error.description
            status.hint = error.hint
        case .unknown?, nil: break
        }
        self = status
    }
}

extension LibrarySystemStatus.Word {
    fileprivate init(_ status: CirculationWord) {
        self.init(
            library: status.library,
            institution: status.institution,
            checkin: status.allowsCheckin,
            checkout: status.allowsCheckout,
            renewal: status.allowsRenewal,
            offline: status.allowsOffline,
            timeout: status.timeout.map { Double($0) / 10 },
            retries: status.retries,
            version: status.version
        )
    }
}

extension ProxyStatus {
    init(_ report: ProxyReport, place: String) {
        self.init(
            name: report.name,
            address: place,
            reader: report.reader,
            kiosks: report.kiosks,
            answers: report.answers,
            changed: report.changed,
            failed: report.failed,
            lastFailure: report.lastFailure,
            trouble: report.trouble,
            hint: report.hint,
            systemTrouble: report.systemTrouble,
            systemHint: report.systemHint
        )
    }
}

extension LibrarySystemItem {
    init(_ item: CirculationItem, barcode: String) {
        self.init(
            barcode: barcode,
            status: item.status,
            title: item.title,
            callNumber: item.callNumber,
            permanentLocation: item.permanentLocation,
            currentLocation: item.currentLocation,
            destination: item.destination,
            due: item.due
        )
    }
}

extension LibrarySystemLine {
    init(_ entry: CirculationTraceEntry) {
        self.init(at: Date(entry.at), isSent: entry.isSent, text: entry.text)
    }
}

extension WaitingReturn {
    init(_ entry: StoredReturn) {
        self.init(id: entry.id, barcode: entry.barcode, at: Date(entry.at), conflict: entry.conflict)
    }
}

extension Problem {
    static let noLibrarySystem = Problem(
        type: "no-library-system",
        title: "No library system",
        status: 409,
        detail: "library system: none is set up",
        hint: "add an [ils] part to the configuration; see docs/ils.md"
    )

    init(_ error: CirculationError) {
        let (type, title, status) =
            switch error.kind {
            case .away: ("library-system-away", "Library system away", 503)
            case .loginRefused: ("library-system-login", "Login refused", 502)
            case .notCarried: ("invalid-request", "Invalid request", 400)
            case .failed: ("library-system-failed", "No usable answer", 502)
            case .busy: ("library-system-busy", "Library system busy", 503)
            }
        self.init(type: type, title: title, status: status, detail: error.description, hint: error.hint)
    }
}
