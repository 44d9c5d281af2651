import API
import Importers
import Library
import Operations

/// The refusals of the service in the words of HTTP.
extension Problem {
    init(_ refusal: SweepRefusal) {
        let (type, title, status) =
            switch refusal {
            case .alike: ("sweep-running", "This sweep is running", 409)
            case .notRunning: ("no-sweep-running", "No sweep is running", 409)
            case .noHoldings: ("no-holdings", "No holdings yet", 409)
            case .nothingExpected: ("scope-empty", "Nothing to expect there", 422)
            case .unknown: ("not-found", "Not found", 404)
            }
        self.init(type: type, title: title, status: status, detail: refusal.description, hint: refusal.hint)
    }

    init(_ failure: ImportFailure) {
        let (type, title, status) =
            switch failure {
            case .unknownProfile: ("unknown-profile", "Unknown profile", 400)
            case .busy: ("import-running", "An import is running", 409)
            case .unreadable: ("wrong-format", "Not an export of this profile", 422)
            case .nothingUnderstood: ("nothing-understood", "Nothing could be imported", 422)
            case .unrecognised: ("unknown-profile", "Unknown profile", 422)
            case .notPulled(.refused, _, _): ("library-system-login", "Login refused", 502)
            case .brokenOff, .notPulled: ("broken-off", "The export broke off", 422)
            case .shrinks: ("import-shrinks", "Too many items would go", 409)
            case .noSuchSnapshot, .nothingBefore: ("not-found", "Not found", 404)
            case .overtaken: ("import-overtaken", "Another snapshot is in use", 409)
            }
        self.init(type: type, title: title, status: status, detail: failure.description, hint: failure.hint)
    }

    init(_ failure: BackupFailure) {
        let (type, title, status) =
            switch failure {
            case .busy: ("backup-running", "A backup is being written", 409)
            case .refused: ("wrong-backup", "Not a backup that can be restored", 422)
            }
        self.init(type: type, title: title, status: status, detail: failure.description, hint: failure.hint)
    }

    init(_ refusal: PullRefusal) {
        let (type, title, status) =
            switch refusal {
            case .unknown: ("not-found", "Not found", 404)
            case .credentials: ("credentials", "Credentials cannot be used", 409)
            }
        self.init(type: type, title: title, status: status, detail: refusal.description, hint: refusal.hint)
    }

    init(_ refusal: WriteBackRefusal) {
        let (type, title, status) =
            switch refusal {
            case .onlyFile, .notPicked, .notSeen: ("invalid-request", "Invalid request", 400)
            case .noLink, .noTarget: ("not-set-up", "Not set up", 409)
            case .busy: ("busy", "Busy", 409)
            }
        self.init(type: type, title: title, status: status, detail: refusal.description, hint: refusal.hint)
    }

    init(_ error: StationError) {
        let (type, title, status) =
            switch error {
            case .unknown: ("not-found", "Not found", 404)
            case .offline: ("reader-offline", "Reader offline", 503)
            case .busy: ("reader-busy", "Reader busy", 503)
            case .reader: ("reader-failed", "Reader failed", 502)
            }
        self.init(type: type, title: title, status: status, detail: error.description, hint: error.hint)
    }

    init(_ trouble: StoreTrouble) {
        self.init(type: "store", title: "Database", status: 503, detail: trouble.cause, hint: trouble.hint)
    }

    init(_ number: UnsortableCallNumber) {
        let hint =
            if case .endsBeforeItBegins = number.reason {
                "give the two the other way round, or name the scheme by which they are filed"
            } else {
                "write it as on the spine, or name its scheme: lcc, ddc, nlm, sudoc, udc, local"
            }
        self.init(
            type: "unsortable-call-number",
            title: "Call number cannot be filed",
            status: 400,
            detail: number.description,
            hint: hint
        )
    }
}
