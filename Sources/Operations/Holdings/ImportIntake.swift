import Importers
import Library
import Store

/// One export on its way in: expanded when it is compressed, its profile guessed when none is named, then read.
struct ImportIntake {
    private let order: ImportOrder
    private let settings: ServiceDesk.Settings
    private var importer: (any HoldingsImporter)?
    private var expander: Expander?
    private(set) var outcome = ImportOutcome()
    private var items = 0
    private var rejected = 0

    init(order: ImportOrder, settings: ServiceDesk.Settings) {
        self.order = order
        self.settings = settings
    }

    var source: String { order.source }
    var asOf: Moment? { order.asOf }
    var changesBefore: SecurityRecord.ID? { order.changesBefore }
    var ending: ImportOrder.Ending { order.ending }
    var acceptsShrink: Bool { order.acceptsShrink }

    /// What the columns read so far were taken for.
    var columns: [ImportColumn] { importer?.columns ?? [] }

    /// Decides by the first bytes how the export is to be read; `isUpdate` when it holds changes alone.
    mutating func open(_ head: [UInt8], isUpdate: Bool = false) throws {
        var type = order.profile.flatMap(AllImporters.named)
        if let compression = Compression(head) {
            expander = try Expander(compression)
        }
        if type == nil {
            let plain = try Expander.beginning(of: head)
            guard let guess = AllImporters.guess(firstBytes: plain[...]) else {
                // Of an empty file no profile would make more.
                if plain.isEmpty { throw ImportFailure.nothingUnderstood(rejected: nil, notices: []) }
                throw ImportFailure.unrecognised
            }
            type = AllImporters.named(guess.profile)
            outcome.reason = guess.reason
        }
        guard let type else { throw ImportFailure.unrecognised }
        outcome.profile = type.profile
        var reading = ImportSettings(
            defaultScheme: order.scheme ?? settings.scheme,
            columns: order.columns,
            barcodes: settings.barcodes
        )
        reading.isUpdate = isUpdate
        importer = type.init(settings: reading)
    }

    mutating func read(_ bytes: ArraySlice<UInt8>, into work: HoldingsImport) throws {
        guard let expander else { return try readPlain(bytes, into: work) }
        try expander.expand(bytes) { plain in try readPlain(plain, into: work) }
    }

    /// Says that nothing more comes; a compressed export has to have come to its own end.
    mutating func finish(into work: HoldingsImport) throws {
        try expander?.finish()
        try importer?.finish { row in try outcome.take(row, into: work) }
        items = work.itemCount
        rejected = work.rejectedCount
    }

    private mutating func readPlain(_ bytes: ArraySlice<UInt8>, into work: HoldingsImport) throws {
        // Only here is the importer alone in its place: a copy of it would copy all that it keeps.
        guard var importer else { return }
        self.importer = nil
        defer { self.importer = importer }
        try importer.read(bytes) { row in try outcome.take(row, into: work) }
        items = work.itemCount
        rejected = work.rejectedCount
    }

    /// An error in the words of an import; `nil` for one that has nothing to do with the export.
    func failure(_ error: any Error) -> ImportFailure? {
        switch error {
        case let error as ImportError: .unreadable(error)
        case let error as ExpandError: .brokenOff(cause: error.description, items: items, rejected: rejected)
        case let error as PullFailure: .notPulled(error, items: items, rejected: rejected)
        default: nil
        }
    }
}

extension ImportOutcome {
    fileprivate mutating func take(_ row: ImportRow, into work: HoldingsImport) throws {
        switch row {
        case .item(let item, let line): try work.add(item, line: line)
        case .rejected(let row): try work.reject(line: row.line, cause: row.cause, text: row.text)
        case .notice(let text): if notices.count < 100 { notices.append(text) }
        }
    }
}
