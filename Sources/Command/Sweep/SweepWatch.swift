import API

/// What a person watching a sweep has been shown so far, and what is new.
struct SweepWatch {
    private(set) var sweep: SweepSummary
    private var shown: Set<String> = []
    private var shownShare = -1

    init(_ sweep: SweepSummary) {
        self.sweep = sweep
    }

    var isOver: Bool { sweep.state == .finished }

    /// Takes in something that moved and says what there is to show.
    mutating func take(_ event: Event) -> [News] {
        switch event {
        case .sweep(let summary) where summary.id == sweep.id: take(summary)
        case .finding(let finding): take(finding)
        case .sought(let sought): isOver ? [] : [.sought(sought)]
        case .sweep, .reader, .pad, .alarm, .security, .divergences, .parked, .trouble, .guide, .ils: []
        }
    }

    mutating func take(_ summary: SweepSummary) -> [News] {
        // A late summary must not take the watch back from its end.
        guard !isOver else { return [] }
        sweep = summary
        if isOver { return [.over] }
        let share = sweep.expected > 0 ? sweep.seen * 100 / sweep.expected : 100
        defer { shownShare = max(share, shownShare) }
        return [.progress(isNotable: share > shownShare)]
    }

    /// A finding is shown once; the same one again has only gained evidence.
    mutating func take(_ finding: Finding) -> [News] {
        guard !isOver, shown.insert(finding.id).inserted else { return [] }
        return [.finding(finding)]
    }

    enum News: Equatable {
        /// Notable when another percent of the shelf has been heard: often enough for a log.
        case progress(isNotable: Bool)
        case finding(Finding)
        /// An item of a list was come by; the terminal rings.
        case sought(Sought)
        case over
    }
}
