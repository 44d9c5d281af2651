package import Library

extension BranchEvent {
    /// Whether ``Notice/init(_:at:)`` may make a notice of it.
    var mayBeNotice: Bool {
        switch self {
        case .alarm, .gateTrouble, .security: true
        case .sweep(let view): view.sweep.finishedAt != nil
        case .station, .pad, .finding, .parked, .divergences, .sought, .guide, .librarySystem, .lost: false
        }
    }
}

extension Notice {
    /// What others are told, as a notice; `nil` where it is none.
    package init?(_ event: BranchEvent, at now: Moment) {
        switch event {
        case .alarm(let record) where record.alarm.quiet == nil || record.alarm.isBulk:
            let alarm = record.alarm
            let reason = alarm.items.first?.reason
            let count = alarm.items.count == 1 ? "1 item" : "\(alarm.items.count) items"
            self.init(
                .alarm,
                alarm.isBulk ? .failure : .warning,
                subject: alarm.gate,
                text: "\(alarm.isBulk ? "many items at once" : reason?.rawValue ?? "alarm"), \(count)",
                remedy: reason?.remedy,
                at: alarm.at
            )
        case .gateTrouble(let trouble):
            guard let cause = trouble.cause else { return nil }
            self.init(
                .trouble,
                .failure,
                subject: trouble.gate,
                text: "the gate has trouble: \(trouble.kind.rawValue), \(cause)",
                remedy: trouble.remedy,
                at: trouble.at
            )
        case .security(let report):
            guard case .flipped(let intent, let result) = report.end, !result.outcome.settles(intent.cause) else {
                return nil
            }
            self.init(
                .security,
                .warning,
                subject: report.request.reader,
                text: "an item is not \(report.request.wanted.rawValue) after \(intent.cause.rawValue): "
                    + result.outcome.rawValue,
                remedy: "lay it on a pad: pressmark security divergence names it",
                at: now
            )
        case .sweep(let view):
            guard let end = view.sweep.finishedAt else { return nil }
            self.init(
                .sweep,
                .note,
                subject: "sweep \(view.sweep.id)",
                text:
                    "finished: \(view.summary.seen) of \(view.summary.expected) heard, \(view.summary.missing) missing",
                at: end
            )
        case .alarm, .station, .pad, .finding, .parked, .divergences, .sought, .guide, .librarySystem, .lost:
            return nil
        }
    }

    /// A doctor's finding.
    package init(_ diagnosis: Diagnosis, at now: Moment) {
        let level: Level =
            switch diagnosis.severity {
            case .note: .note
            case .warning: .warning
            case .failure: .failure
            }
        self.init(
            .trouble,
            level,
            subject: diagnosis.subject,
            text: "\(diagnosis.finding), \(diagnosis.cause)",
            remedy: diagnosis.remedy,
            at: now
        )
    }

    /// A doctor's finding that is over.
    package init(over diagnosis: Diagnosis, at now: Moment) {
        self.init(.recovery, .note, subject: diagnosis.subject, text: "over: \(diagnosis.finding)", at: now)
    }
}
