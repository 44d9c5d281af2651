import Foundation
import Importers
import Library
import Testing

/// What every importer owes: whoever adds one adds a sample, and this suite holds it to the rest.
@Suite struct ImporterConformanceTests {
    @Test func `every importer has a sample`() {
        #expect(Set(AllImporters.list.map { $0.profile }) == Set(ImporterSample.all.map { $0.importer.profile }))
        #expect(Set(AllImporters.list.map { $0.profile }).count == AllImporters.list.count)
    }

    @Test func `every folder of importers is in the registry`() throws {
        let sources = URL(filePath: #filePath).appending(path: "../../../Sources/Importers").standardized
        let folders = try FileManager.default.contentsOfDirectory(atPath: sources.path).filter { name in
            !name.contains(".") && name != "Formats"
        }
        for folder in folders {
            let files = try FileManager.default.contentsOfDirectory(atPath: sources.appending(path: folder).path)
            for file in files where file.hasSuffix("Importer.swift") {
                let type = file.dropLast(".swift".count)
                #expect(
                    AllImporters.list.contains { "\($0)" == type },
                    "\(folder)/\(file) is not in AllImporters.swift: add \(type).self to the list"
                )
            }
        }
        #expect(folders.count >= 5)
    }

    @Test(arguments: ImporterSample.all)
    func `the good rows come out in order and the bad one with its cause`(_ sample: ImporterSample) throws {
        let run = try ImporterRun(sample.importer, sample.bytes, settings: sample.settings)
        #expect(run.items.map(\.barcode) == sample.barcodes)
        #expect(run.rejected.map(\.cause) == ["found no barcode"])
        #expect(run.lines == run.lines.sorted())
    }

    @Test(arguments: ImporterSample.all)
    func `any portions give the same rows`(_ sample: ImporterSample) throws {
        let whole = try ImporterRun(sample.importer, sample.bytes, settings: sample.settings, portion: .max / 2)
        for portion in [1, 2, 3, 7, 64] {
            let run = try ImporterRun(sample.importer, sample.bytes, settings: sample.settings, portion: portion)
            #expect(run == whole, "portions of \(portion)")
        }
    }

    @Test(arguments: ImporterSample.all)
    func `nothing that names a patron comes through`(_ sample: ImporterSample) throws {
        let run = try ImporterRun(sample.importer, sample.bytes, settings: sample.settings)
        #expect(!"\(run)".contains(sample.secret))
        if String(decoding: sample.bytes, as: UTF8.self).contains(sample.secret) {
            #expect(run.notices.contains { $0.contains("may name a patron") || sample.importer.profile == "folio" })
        }
    }

    @Test(arguments: ImporterSample.all)
    func `the profile is guessed from the first bytes`(_ sample: ImporterSample) throws {
        let guess = try #require(AllImporters.guess(firstBytes: sample.bytes[...]))
        #expect(guess.profile == sample.importer.profile)
        #expect(!guess.reason.isEmpty)
    }

    @Test(arguments: ImporterSample.all)
    func `an export cut anywhere gives the rows before the cut`(_ sample: ImporterSample) throws {
        for end in stride(from: 0, to: sample.bytes.count, by: 5) {
            let rows = Result {
                try ImporterRun(sample.importer, Array(sample.bytes[..<end]), settings: sample.settings)
            }
            switch rows {
            case .success(let run):
                #expect(sample.barcodes.starts(with: run.items.map(\.barcode).filter { $0.count == 4 }))
            case .failure(let error): #expect(error is ImportError)
            }
        }
    }

    @Test(arguments: ImporterSample.all)
    func `mutated exports are read or refused, and no row text is longer than 500 characters`(
        _ sample: ImporterSample
    ) throws {
        var generator = SeededGenerator(state: 11)
        for _ in 0..<150 {
            var bytes = sample.bytes
            for _ in 0..<Int.random(in: 1...6, using: &generator) where !bytes.isEmpty {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
                case 1: bytes.remove(at: place)
                case 2:
                    bytes.insert(
                        [0x22, 0x0A, 0x1D, 0x1E, 0x1F, 0x7B, 0x3C].randomElement(using: &generator) ?? 0,
                        at: place
                    )
                default: bytes.replaceSubrange(place..<min(bytes.count, place + 9), with: [])
                }
            }
            let whole = Result { try ImporterRun(sample.importer, bytes, settings: sample.settings) }
            let drip = Result { try ImporterRun(sample.importer, bytes, settings: sample.settings, portion: 1) }
            switch (whole, drip) {
            case (.success(let whole), .success(let drip)):
                #expect(whole == drip)
                #expect(whole.rejected.allSatisfy { $0.text.count <= 500 })
            case (.failure(let error), .failure): #expect(error is ImportError)
            default: Issue.record("at once and byte by byte disagree whether \(bytes) is an export")
            }
        }
    }

    @Test(arguments: ImporterSample.all)
    func `three megabytes without an end are refused in bounded pieces`(_ sample: ImporterSample) throws {
        var importer = sample.importer.init(settings: sample.settings)
        var rejected = 0
        func take(_ row: ImportRow) {
            if case .rejected(let row) = row, row.text.utf8.count <= 1500 { rejected += 1 }
        }
        let barcode = try #require(sample.bytes.firstRange(of: Array("1001".utf8)))
        let opening = sample.bytes[..<barcode.lowerBound]
        try importer.read(opening) { take($0) }
        let endless = [UInt8](repeating: 0x78, count: 1 << 16)
        for _ in 0..<48 { try importer.read(endless[...]) { take($0) } }
        try importer.finish { take($0) }
        #expect(rejected >= 1)
    }
}
