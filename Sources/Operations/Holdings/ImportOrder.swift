package import Importers
package import Library

/// How an export is to be taken in.
package struct ImportOrder: Sendable {
    /// The importer; `nil` has it guessed from the first bytes.
    package var profile: String?
    /// The file's name or the address it comes from.
    package var source: String
    /// The site's names of columns, by our field names.
    package var columns: [String: String]
    /// How call numbers are filed when the export does not say; `nil` for the site's scheme.
    package var scheme: CallNumberScheme?
    /// What becomes of it once it is read whole.
    package var ending: Ending
    /// The state of the library system that this is: when a pull began; `nil` for files, which do not say.
    package var asOf: Moment?
    /// The last change in the security journal when the pull began: clocks jump, and places in the journal do not.
    package var changesBefore: SecurityRecord.ID?
    /// Somebody has said that it is right when many items are gone.
    package var acceptsShrink: Bool

    /// What becomes of an export that was read whole.
    package enum Ending: String, Hashable, Sendable {
        /// It becomes the current snapshot.
        case commit
        /// It waits to be accepted or discarded.
        case preview
        /// It is thrown away; only its report is wanted.
        case dryRun
    }

    package init(
        profile: String? = nil,
        source: String,
        columns: [String: String] = [:],
        scheme: CallNumberScheme? = nil,
        ending: Ending = .commit,
        acceptsShrink: Bool = false,
        asOf: Moment? = nil,
        changesBefore: SecurityRecord.ID? = nil
    ) {
        self.profile = profile
        self.source = source
        self.columns = columns
        self.scheme = scheme
        self.ending = ending
        self.acceptsShrink = acceptsShrink
        self.asOf = asOf
        self.changesBefore = changesBefore
    }
}

/// What came of an import.
package struct ImportOutcome: Sendable {
    /// The importer, as named or guessed: `koha`.
    package var profile = ""
    /// By what the profile was known; `nil` when it was named.
    package var reason: String?
    /// The snapshot made: current, or staged after a preview; `nil` after a dry run or when nothing had changed.
    package var snapshot: SnapshotInfo?
    /// Items taken; of an update the changed ones alone, since the others are those of the snapshot before.
    package var imported = 0
    /// Rows that could not be taken; ``rejected`` shows the first of them.
    package var rejectedCount = 0
    /// The first rejected rows.
    package var rejected: [ImportRejection] = []
    /// What a person should know of the export as a whole: a patron column that was dropped, call numbers that cannot
    /// be filed.
    package var notices: [String] = []
    /// What the columns were taken for.
    package var columns: [UnderstoodColumn] = []
    /// The first items as they were understood.
    package var first: [Item] = []
    /// How many items of the snapshot in use are not in this one.
    package var shrinkage = Shrinkage(gone: 0, of: 0)

    package init() {}
}

/// What one column of an export was taken for, in words.
package struct UnderstoodColumn: Hashable, Sendable {
    /// As the export calls it: `itemcallnumber`, `952$o`, `status.name`.
    package var name: String
    /// Our field's name as in a mapping file; `nil` when the column is not imported.
    package var field: String?
    /// Whether it may name a patron, and was dropped.
    package var isPatron: Bool

    init(_ column: ImportColumn) {
        name = column.name
        switch column.meaning {
        case .field(let field): (self.field, isPatron) = (field.name, false)
        case .unknown: (field, isPatron) = (nil, false)
        case .patron: (field, isPatron) = (nil, true)
        }
    }
}

/// How far a running import has come.
package struct ImportProgress: Hashable, Sendable {
    /// What is done with the export at this moment.
    package enum Phase: String, Hashable, Sendable {
        case reading
        /// Doubles are looked for, and the items are put into order.
        case sorting
    }

    /// The file's name or the address it comes from.
    package var source: String
    /// The importer; empty until it was guessed from the first bytes where none was named.
    package var profile: String
    /// Reading goes on as long as bytes come; sorting needs none.
    package var phase: Phase
    /// Items taken so far.
    package var items: Int
    /// Rows that could not be taken so far.
    package var rejected: Int
    /// Bytes of the export taken, as they came in.
    package var bytes: Int
    /// When it was begun, before its first byte was read.
    package var startedAt: Moment
}

/// Why an import did not become a snapshot.
package enum ImportFailure: Error, Hashable, Sendable {
    case unknownProfile(String, known: [String])
    case unrecognised
    case busy
    /// The file as a whole is not what the profile reads; no row of it was looked at.
    case unreadable(ImportError)
    case nothingUnderstood(rejected: String?, notices: [String])
    /// The file broke off or was torn in the middle, behind so many good rows.
    case brokenOff(cause: String, items: Int, rejected: Int)
    /// The pull that brings the items ended before its end.
    case notPulled(PullFailure, items: Int, rejected: Int)
    /// Too many items would be gone; the import is staged under its number.
    case shrinks(Shrinkage, staged: Int64)
    /// A snapshot that somebody asks for by number is not there.
    case noSuchSnapshot(Int64)
    /// Nothing is kept that a snapshot could be compared with; `nil` before the first import.
    case nothingBefore(Int64?)
    /// Changes belong to a snapshot that is not in use any more.
    case overtaken(found: Int64?, wanted: Int64)
}

extension ImportFailure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknownProfile(let name, let known):
            "profile: found \"\(name)\", wanted one of \(known.joined(separator: ", "))"
        case .unrecognised: "export: found nothing that tells which system it comes from"
        case .busy: "holdings: another import is running"
        case .unreadable(let error): "export: \(error)"
        case .nothingUnderstood(let cause, let notices):
            "export: found no item that could be taken"
                + ((cause ?? notices.first).map { "; the first trouble: \($0)" } ?? "; the file is empty")
        case .brokenOff(let cause, let items, let rejected):
            "export: \(cause), behind \(items) good and \(rejected) rejected rows; the snapshot in use stays"
        case .notPulled(let failure, let items, let rejected):
            "pull: \(failure), behind \(items) good and \(rejected) rejected rows; the snapshot in use stays"
        case .shrinks(let shrinkage, _):
            """
            export: \(shrinkage.gone) of the \(shrinkage.total) items in use are not in it (\(shrinkage.percent) %); \
            the snapshot in use stays
            """
        case .noSuchSnapshot(let number): "snapshot \(number): not there"
        case .nothingBefore(nil): "holdings: found none, wanted two snapshots to compare"
        case .nothingBefore(let number?): "snapshot \(number): found none before it, wanted one to compare it with"
        case .overtaken(let found, let wanted):
            "holdings: found snapshot \(found.map { "\($0)" } ?? "none") in use, wanted \(wanted), to which the "
                + "changes belong; nothing was changed"
        }
    }

    /// What to do about it, for a person.
    package var hint: String {
        switch self {
        case .unknownProfile: "say with --profile which system the export comes from, or leave it out"
        case .unrecognised:
            "a table begins with a line of names, barcode among them; else name the system with --profile, and its "
                + "columns with --map FILE"
        case .busy: "wait until it is done; `pressmark status` shows the snapshot in use"
        case .unreadable(let error): error.hint
        case .nothingUnderstood:
            "compare the file's first line with the columns in docs/holdings.md; nothing was changed"
        case .brokenOff: "export or copy the file again, and look for a full disk"
        case .notPulled(.refused, _, _):
            "put the credentials of this [[pull]] right: so that no account is locked the clock tries them again "
                + "only when they have changed, and pressmark holdings pull at once"
        case .notPulled(.failing, _, _): "look at the library system's own log"
        case .notPulled(.unreachable, _, _): "try the url of this [[pull]] from this machine with curl -I"
        case .notPulled(.notUnderstood, _, _): "compare system and url of this [[pull]] with the library system"
        case .shrinks(_, let number):
            "when that is right: pressmark holdings accept \(number) --accept-shrink; what is gone: holdings diff"
        case .noSuchSnapshot: "see pressmark holdings snapshots"
        case .nothingBefore:
            "an import keeps the snapshot before it, where snapshots under [library] is more than 1: "
                + "see pressmark holdings snapshots"
        case .overtaken: "pressmark holdings pull asks for the changes since the snapshot that is in use now"
        }
    }
}
