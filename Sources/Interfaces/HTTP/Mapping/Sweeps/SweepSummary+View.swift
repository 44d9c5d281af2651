import API
import Foundation
import Library
import Operations

extension API.SweepSummary {
    /// `completeness` where the view has none: that of a sweep that still runs.
    init(_ view: SweepView, completeness: Completeness? = nil) {
        let completeness = view.completeness ?? completeness
        let isOver = !view.sweep.isOpen
        self.init(
            id: Int(view.sweep.id),
            state: isOver ? .finished : .running,
            scope: view.sweep.scope.words,
            startedAt: Date(view.sweep.startedAt),
            finishedAt: view.sweep.finishedAt.map { Date($0) },
            snapshot: Int(view.sweep.snapshot ?? 0),
            expected: view.summary.expected,
            seen: view.summary.seen,
            others: view.summary.others,
            sightings: view.sightings,
            findings: Dictionary(uniqueKeysWithValues: view.summary.findings.map { ($0.key.rawValue, $0.value) }),
            strip: view.stretches.enumerated().map { place, stretch in
                Stretch(
                    from: stretch.from,
                    expected: stretch.expected,
                    seen: stretch.seen,
                    unheard: completeness?.stretches[place]?.likely,
                    missing: stretch.missing,
                    misplaced: stretch.misplaced
                )
            }
        )
        missing = isOver ? view.summary.missing : nil
        notSwept = isOver ? view.summary.notSwept : nil
        gone = isOver ? view.summary.gone : nil
        perMinute = isOver ? nil : view.perMinute
        unreadTags = view.summary.unreadTags
        let plan = view.sweep.plan
        project = plan.project
        assignee = plan.assignee
        readers = plan.readers.isEmpty ? nil : plan.readers.sorted()
        background = plan.background ? true : nil
        self.completeness = completeness.map { CompletenessSummary($0) }
        judgedBy = view.holdings.map { holdings in
            Holdings(
                snapshot: Int(holdings.snapshot),
                importedAt: Date(holdings.importedAt),
                isKept: holdings.isKept
            )
        }
    }
}

extension SweepScope {
    /// `Main branch, REF, QA 76 to QA 77`; `everything` when nothing narrows it.
    var words: String {
        let span: String? =
            switch (callNumbers?.from, callNumbers?.to) {
            case (let from?, let to?): "\(from) to \(to)"
            case (let from?, nil): "from \(from)"
            case (nil, let to?): "up to \(to)"
            case (nil, nil): nil
            }
        let list = items.map { "a list of \($0.count) \($0.count == 1 ? "item" : "items")" }
        let parts = [list, branch, location, collection, span].compactMap(\.self)
        return parts.isEmpty ? "everything" : parts.joined(separator: ", ")
    }

    /// The scope that a request asks for; words left empty do not narrow it.
    ///
    /// - Parameters:
    ///   - site: by which call numbers are filed when the request names no scheme.
    ///   - rules: the switches by which the items are filed.
    init(_ request: SweepRequest, scheme site: CallNumberScheme, rules: ShelfOrderRules) throws {
        let given = { (text: String?) in text.flatMap { $0.isEmpty ? nil : $0 } }
        var scheme = site
        if let name = given(request.scheme) {
            guard let named = CallNumberScheme(rawValue: name.lowercased()) else {
                let known = CallNumberScheme.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem.invalid("scheme", found: "'\(name)'", wanted: "one of \(known)")
            }
            scheme = named
        }
        let (from, to) = (given(request.from), given(request.to))
        if rules.trustsSystemKey, let number = from ?? to {
            throw Problem.invalid(
                from == nil ? "to" : "from",
                found: "'\(number)'",
                wanted: "no call number: the shelf stands in the library system's own order, where it has no place",
                hint: "narrow the sweep by location, collection or list"
            )
        }
        self.init(
            branch: given(request.branch),
            location: given(request.location),
            collection: given(request.collection)
        )
        guard from != nil || to != nil else { return }
        callNumbers = try CallNumberSpan(from: from, to: to, scheme: scheme, rules: rules)
    }
}
