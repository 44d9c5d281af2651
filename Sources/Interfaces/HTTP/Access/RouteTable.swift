import API
import HTTPTypes

/// Every route, who may use it, what it takes and gives: the one place where that is said. A route that is missing here
/// is refused to everybody, and a test fails; so does one when a route gives something else.
enum RouteTable {
    static let rules: [RouteRule] =
        WebFile.all.map { .get($0.path, nil).says("The page").alsoAs($0.type) }
        + session + readers + items + holdings + sweeps + gate + system

    /// The rule of a request; `nil` when there is none. The path is the route's, as `/v1/sweeps/{id}`.
    static func rule(_ method: HTTPRequest.Method, _ path: String) -> RouteRule? {
        byPath[path]?[method == .head ? .get : method]
    }

    private static let byPath = Dictionary(grouping: rules, by: \.path).mapValues { rules in
        Dictionary(rules.map { ($0.method, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private static let session: [RouteRule] = [
        .get("/v1/openapi.json", nil).says("This document").alsoAs("application/json"),
        .get("/v1/session", nil).says("Who the daemon takes the caller for", SessionState.self),
        // Who signs in or out is nobody yet: the route itself writes it down.
        .ask("/v1/session", nil).takes(SignInRequest.self).says("Signs a browser in", SessionState.self),
        RouteRule(method: .delete, path: "/v1/session", roles: nil, changes: false).says("Signs a browser out"),
        .get("/v1/tokens", .admins, at: .all).says("The tokens", [TokenView].self),
        .post("/v1/tokens", .admins, at: .all).takes(TokenRequest.self)
            .says("Makes a token", TokenCreated.self, status: 201),
        .delete("/v1/tokens/{name}", .admins, at: .all).says("Revokes a token", TokenView.self),
        .get("/v1/audit", .admins, at: .all).asks(.number("limit", 1...1000), .number("before"))
            .says("Who has changed what, the newest first", [AuditNote].self),
        .get("/v1/audit/verification", .admins, at: .all).asks(.number("id"), .word("chain"))
            .says("Whether the audit log is as it was written", AuditVerification.self),
    ]

    private static let readers: [RouteRule] = [
        .glance("/v1/status", .anybody).says("How everything stands", Status.self),
        .glance("/v1/readers", .anybody).says("How the readers stand", [ReaderStatus].self),
        .get("/v1/events", .anybody).says("Everything that moves, as server-sent events").alsoAs("text/event-stream"),
        .get("/v1/readers/{name}/tags", .anybody, at: .path).says("The tags on a reader", [TagReading].self),
        .get("/v1/readers/{name}/tags/{uid}", .staff, at: .path)
            .says("One tag on a reader and what its bytes mean", ExplainedTag.self),
        .post("/v1/readers/{name}/tags/{uid}", .technicians, at: .path).takes(TagWritingRequest.self)
            .says("Writes an item on a blank tag or anew on its own", TagWritingResult.self),
        .post("/v1/readers/{name}/security", .floor, at: .path).takes(SecurityRequest.self)
            .says("Releases or secures an item", SecurityResult.self),
        // Not for kiosks: what staff may lend needs no password, nor does the table refuse it for want of staff.
        .post("/v1/readers/{name}/checkout", .counter, at: .path).takes(CheckoutRequest.self)
            .says("Lends an item", LoanResult.self),
        .post("/v1/readers/{name}/checkin", .counter, at: .path).takes(CheckinRequest.self)
            .says("Takes an item back", LoanResult.self),
        .get("/v1/kiosks/{name}", .lending, at: .path).says("What lies on a kiosk's pad", KioskView.self),
        // Whether a card is good: what it says of a person is shown and kept nowhere.
        .ask("/v1/kiosks/{name}/patron", .lending, at: .path).takes(KioskCard.self)
            .says("Whether a card may borrow", KioskWelcome.self),
        .post("/v1/kiosks/{name}/checkout", .lending, at: .path).takes(CheckoutRequest.self)
            .says("Lends an item to whoever stands at the kiosk", LoanResult.self),
        .post("/v1/kiosks/{name}/checkin", .lending, at: .path).takes(CheckinRequest.self)
            .says("Takes an item back at a kiosk", LoanResult.self),
        .post("/v1/readers/{name}/conversions", .technicians, at: .path).takes(ConversionRequest.self)
            .says("Brings the items on a pad into another data model", ConversionResult.self),
        .post("/v1/readers/{name}/recording", .technicians, at: .path).takes(RecordingRequest.self)
            .says("Writes down what goes over a reader's line", Recording.self),
        .post("/v1/readers/{name}/test", .technicians, at: .path).takes(ReaderTestRequest.self)
            .says("Tries a reader with one tag", ReaderTestResult.self),
        .post("/v1/readers/probe", .technicians, at: .all)
            .says("Asks the configured places what reader is there", [ProbeResult].self),
        .get("/v1/simulation", .anybody).says("How the simulated branch stands", SimulationScene.self),
        .post("/v1/simulation", .technicians, at: .all).takes(SimulationRequest.self)
            .says("Plays in the simulated branch", SimulationScene.self),
    ]

    private static let items: [RouteRule] = [
        .get("/v1/tags/{uid}", .staff).says("What is known of a tag's condition", TagHealth.self),
        .get("/v1/security/table", .staff).says("What is done for each pair of tags and item", TruthTable.self),
        .get("/v1/security/journal", .staff).asks(.number("limit", 1...10_000), .number("before"), .word("barcode"))
            .says("What was to be written to tags and what came of it, the newest first", [SecurityEntry].self),
        .get("/v1/security/divergence", .staff).says("Where tags and loans may disagree", DivergenceReport.self),
        .post("/v1/security/repair", .floor, at: .named(.reader)).takes(SecurityRepairRequest.self)
            .says("Puts items right", [SecurityRepair].self),
        .glance("/v1/items/{barcode}/history", .staff).says("Where an item was seen", [ItemSeen].self),
        .get("/v1/lists", .staff).inPages.says("Lists of items that ring", [ItemList].self),
        // A list rings at every wand, and one leads a person by any.
        .post("/v1/lists", .floor, at: .all).takes(ItemListRequest.self)
            .says("Saves a list", ItemList.self, status: 201),
        .get("/v1/lists/{name}", .staff).inPages.says("The items of a list", [ItemListEntry].self),
        .delete("/v1/lists/{name}", .floor, at: .all).says("Removes a list", ItemList.self),
        .post("/v1/find/{barcode}", .floor, at: .all).says("Leads to one item", FindPlace.self),
        .delete("/v1/find", .floor, at: .all).says("Leads to no item any more"),
    ]

    private static let holdings: [RouteRule] = [
        .glance("/v1/holdings", .staff).says("The snapshot in use", SnapshotSummary.self),
        .get("/v1/holdings/items", .staff).asks(.word("uid", isRequired: true))
            .says("The item that a tag belongs to", ItemKnowledge.self),
        .glance("/v1/holdings/items/{barcode}", .staff).says("What is known of an item", ItemKnowledge.self),
        .get("/v1/holdings/places", .staff)
            .says("How branches, locations and collections are written", [PlaceSummary].self),
        .get("/v1/holdings/difference", .staff)
            .asks(.number("from"), .number("to"), .number("limit", 0...10_000))
            .says("What differs between two snapshots", HoldingsComparison.self),
        .get("/v1/holdings/snapshots", .staff).inPages.says("The snapshots", [SnapshotSummary].self),
        // Rows as they came, whatever stood in them.
        .get("/v1/holdings/snapshots/{number}/rejections", .technicians).says("The rows that were rejected")
            .alsoAs("text/csv"),
        // What the holdings say every gate and pad goes by.
        .post("/v1/holdings/snapshots/{number}/accept", .technicians, at: .all).takes(AcceptRequest.self)
            .says("Takes a previewed snapshot into use", SnapshotSummary.self),
        .post("/v1/holdings/snapshots/{number}/revert", .technicians, at: .all)
            .says("Goes back to a snapshot", SnapshotSummary.self),
        .delete("/v1/holdings/snapshots/{number}", .technicians, at: .all).says("Discards a previewed snapshot"),
        .post("/v1/holdings/imports", .technicians, at: .all).takesFile
            .asks(
                .word("name"),
                .word("profile"),
                .choice("accept-shrink", "true", "false"),
                .choice("ending", "commit", "preview", "dry-run"),
                .word("scheme")
            )
            .says("Takes an export in", ImportReport.self),
        .get("/v1/holdings/imports/current", .staff).says("How far the running import is", ImportState.self),
        .get("/v1/holdings/pulls", .staff).says("The library systems that items are fetched from", [PullStatus].self),
        .post("/v1/holdings/pulls", .technicians, at: .all).asks(.word("name"), .choice("full", "true", "false"))
            .says("Fetches items now", PullAnswer.self),
    ]

    private static let sweeps: [RouteRule] = [
        .get("/v1/sweeps", .staff).asks(.number("limit", 1...1000), .number("before"), .word("project"))
            .says("The sweeps, the newest first", [SweepSummary].self),
        .post("/v1/sweeps", .technicians, at: .named(.readers)).takes(SweepRequest.self)
            .says("Starts a sweep", SweepSummary.self, status: 201),
        // Where the whole log has to be read again, the route does so elsewhere.
        .glance("/v1/sweeps/{id}", .staff).says("How a sweep stands", SweepSummary.self),
        .get("/v1/sweeps/{id}/findings", .staff).inPages.asks(.choice("format", "json", "csv"))
            .says("What a sweep has found", [Finding].self).alsoAs("text/csv"),
        .get("/v1/sweeps/{id}/report", .staff).asks(.choice("format", "json", "csv", "html", "xlsx"))
            .asks(.choice("lang", "en", "de"))
            .says("Everything a sweep came to", SweepReport.self)
            .alsoAs("text/csv", "text/html", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        .get("/v1/sweeps/{id}/completeness", .staff)
            .says("How many items stand there unheard", CompletenessSummary.self),
        .get("/v1/sweeps/{id}/sightings", .staff).says("A sweep's log").alsoAs("text/csv"),
        // The readers are the sweep's: this route and those that change one look when they know which.
        .post("/v1/sweeps/{id}/sightings", .technicians).takesFile.asks(.word("name"))
            .says("Takes in the log of a cart or wand", UploadReport.self),
        .get("/v1/sweeps/{id}/moves", .staff).inPages.asks(.choice("format", "json", "csv"))
            .says("The fewest moves that put the shelf in order", [Move].self).alsoAs("text/csv"),
        .post("/v1/sweeps/{id}/moves/{barcode}", .floor).takes(MoveMark.self).says("Ticks a move off", MoveMark.self),
        .post("/v1/sweeps/{id}/finish", .technicians).says("Ends a sweep", SweepSummary.self),
        .ask("/v1/sweeps/{id}/replay", .technicians).takes(SweepReplayRequest.self)
            .says("What a sweep would have come to under other rules", SweepReport.self),
        .get("/v1/sweeps/{id}/write-backs", .staff).asks(.choice("format", "json", "csv"))
            .says("What the library system was told of a sweep, and what came of it", [WriteBackLine].self)
            .alsoAs("text/csv"),
        .get("/v1/sweeps/{id}/write-backs/systems", .staff)
            .says("The library systems that may be told of a sweep", [WriteBackSystem].self),
        .post("/v1/sweeps/{id}/write-backs/live", .technicians).takes(LiveWriteBackRequest.self)
            .says("Tells the library system itself", LiveWriteBackReport.self),
        .post("/v1/sweeps/{id}/write-backs", .technicians).takes(WriteBackRequest.self)
            .says("A file for the library system", WriteBackReport.self),
        .post("/v1/status-changes", .technicians, at: .all).takes([StatusChangeRequest].self)
            .says("Tells of loans and returns during a sweep", [StatusChangeRequest].self),
    ]

    private static let gate: [RouteRule] = [
        .get("/v1/gate", .staff).says("How the gates stand", GateReport.self),
        .get("/v1/gate/alarms", .staff).asks(.number("limit", 1...1000), .number("after", 0...Int.max))
            .says("The alarms", [Alarm].self),
        // The gate is the alarm's: the route looks when it knows which.
        .post("/v1/gate/alarms/{id}/outcome", .floor).takes(OutcomeRequest.self)
            .says("Says what an alarm was", Alarm.self),
        .post("/v1/gate/mute", .floor, at: .named(.gate)).takes(MuteRequest.self).says("Mutes a gate", GateReport.self),
        .post("/v1/gate/test", .floor, at: .named(.gate)).takes(GateTestRequest.self)
            .says("Plays the test tone", GateReport.self),
        .post("/v1/gate/self-test", .technicians, at: .all).says("Lets the gates try themselves", GateReport.self),
        .post("/v1/gate/close-day", .technicians, at: .all)
            .says("Ends the day of the people counters", [String: Int].self),
        .get("/v1/gate/walk-test", .staff).asks(.word("gate")).says("How a walk test stands", WalkTestState.self),
        .post("/v1/gate/walk-test", .technicians, at: .named(.gate)).takes(WalkTestRequest.self)
            .says("Begins a walk test", WalkTestState.self, status: 201),
        .post("/v1/gate/walk-test/next", .technicians, at: .named(.gate)).takes(WalkTestStep.self)
            .says("Ends one walk", WalkTestState.self),
        .post("/v1/gate/walk-test/end", .technicians, at: .named(.gate)).takes(WalkTestStep.self)
            .says("Ends a walk test", WalkTestState.self),
        .get("/v1/gate/passes", .staff).inPages.says("Items that may go out without a loan", [GatePassView].self),
        .post("/v1/gate/passes", .floor, at: .all).takes(PassRequest.self)
            .says("Gives an item leave, or takes it back", [GatePassView].self),
        .ask("/v1/gate/replay", .technicians).takes(ReplayRequest.self)
            .says("What other rules would have done", ReplayReport.self),
        .post("/v1/gate/rules", .admins, at: .all).takes(RulesRequest.self)
            .says("Puts other rules in force", RulesReport.self),
        .get("/v1/gate/statistics", .staff).asks(.number("days", 1...3650), .word("gate"))
            .says("How well the gates hear", GateStatisticsReport.self),
        .get("/v1/gate/forgotten", .staff).says("What was deleted, and when", ForgettingReport.self),
    ]

    private static let system: [RouteRule] = [
        // Who restarts or watches a service has no token yet, and learns nothing but whether it works.
        .glance("/health/live", nil).says("Whether the service runs", Health.self),
        // The look at the database waits for whoever writes to it.
        .get("/health/ready", nil).says("Whether the service can work", Health.self),
        .get("/metrics", .staff).says("Counts and times, as Prometheus reads them").alsoAs("text/plain"),
        .get("/v1/doctor", .staff).says("What is wrong, why, and what helps", DoctorReport.self),
        .get("/v1/privacy", .staff).asks(.choice("lang", "en", "de")).says("What is read, kept and for how long")
            .alsoAs("text/html"),
        .get("/v1/ils", .staff).says("How the library system stands", LibrarySystemStatus.self),
        .ask("/v1/ils/ping", .floor).says("Asks the library system whether it is there", LibrarySystemStatus.self),
        .get("/v1/ils/items/{barcode}", .staff).says("What the library system says of an item", LibrarySystemItem.self),
        .get("/v1/ils/trace", .technicians).says(
            "What was said, without anything of a patron",
            [LibrarySystemLine].self
        ),
        .get("/v1/ils/returns", .staff)
            .says("Returns that the library system is yet to be told of", [WaitingReturn].self),
        .post("/v1/ils/returns/{id}/settled", .counter, at: .all)
            .says("Somebody has told it by hand", [WaitingReturn].self),
        .get("/v1/settings", .staff).says("How the site is set up, as far as the caller may see", Settings.self),
        .ask("/v1/settings/preview", .admins, at: .all).takes(SettingsRequest.self)
            .says("What a change of settings would mean", SettingsOutcome.self),
        .patch("/v1/settings", .admins, at: .all).takes(SettingsRequest.self)
            .says("Changes settings, beside the configuration file", SettingsOutcome.self),
        .get("/v1/backup", .admins, at: .all).says("A copy of everything").alsoAs("application/vnd.sqlite3"),
        .post("/v1/restore", .admins, at: .all).takesFile
            .says("Takes the place of everything at the next start", BackupSummary.self),
        .ask("/v1/check", .admins).says("Looks at the database page by page", CheckReport.self),
    ]
}
