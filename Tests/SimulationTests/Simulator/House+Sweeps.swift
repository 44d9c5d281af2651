import Field
import Library
import Operations
import Store
import Tags

/// Somebody who takes stock: a wand that hears live, and one that keeps its log and hands it in late.
extension House {
    func sweep() async {
        guard let number = await begin() else { return await rest(5...10) }
        trace.note("sweep \(number) begun")
        await lead("wand-1")
        var log: [Sighting] = []
        let shelf = await branch.snapshot().shelf
        for stand in shelf where chance.happens(0.9) {
            let book = books.first { $0.tags.contains(stand.uid) }
            log.append(Sighting(uid: stand.uid, barcode: book?.barcode, reader: "wand-2", at: now))
            try? await processor.sleep(.milliseconds(200))
        }
        await rest(1...120)
        await upload(log, to: number)
        await finish(number)
    }

    /// On its own, so that nobody holds a program's parts, and with them its lock, while they walk.
    private func begin() async -> Sweep.ID? {
        guard let desk = program?.desk else { return nil }
        return (try? await desk.sweeps.start(SweepScope()))?.sweep.id
    }

    /// Along the shelf, hand's breadth by hand's breadth.
    private func lead(_ wand: String) async {
        let length = await branch.shelfLength
        var place = 0.0
        while place <= length {
            try? await branch.moveWand(to: place, reader: wand)
            place += 60
            try? await processor.sleep(.milliseconds(300))
        }
        try? await branch.moveWand(to: nil, reader: wand)
    }

    /// Hands the log in, again and again until a program has taken it.
    private func upload(_ log: [Sighting], to sweep: Sweep.ID) async {
        let lines = [SightingLog.header] + log.compactMap(SightingLog.line)
        for _ in 0..<20 {
            if let program, program.isAlive, let desk = program.desk {
                let text = AsyncStream<String> { continuation in
                    for line in lines { continuation.yield(line) }
                    continuation.finish()
                }
                let report = try? await desk.sweeps.upload(Lines(text: text), named: "wand-2", to: sweep)
                if let report, program.isAlive {
                    trace.note("sweep \(sweep): uploaded \(report.read), new \(report.new)")
                    let isWhole = report.tooOld == 0 && report.tooNew == 0 && report.rejectedCount == 0
                    if isWhole { witness.uploaded(log, to: sweep) }
                    return
                }
            }
            await rest(5...30)
        }
    }

    private struct Lines: AsyncSequence, Sendable {
        let text: AsyncStream<String>

        struct Iterator: AsyncIteratorProtocol {
            var lines: AsyncStream<String>.Iterator

            mutating func next() async throws -> String? { await lines.next(isolation: #isolation) }
        }

        func makeAsyncIterator() -> Iterator { Iterator(lines: text.makeAsyncIterator()) }
    }

    private func finish(_ sweep: Sweep.ID) async {
        for _ in 0..<20 {
            if let program, program.isAlive, (try? await program.desk?.sweeps.finish(sweep)) != nil { return }
            await rest(5...30)
        }
    }

    /// The library system's nightly export: what it knows of every item, taken in as new holdings.
    func importHoldings(into store: Store) async {
        var items: [Item] = []
        for book in books where book.isOurs { items.append(book.item(await isLent(book) ? .onLoan : .available)) }
        do throws(StoreError) {
            let work = try store.beginImport(profile: "simulated", source: "simulated", at: now)
            for (number, item) in items.enumerated() { try work.add(item, line: number + 1) }
            _ = try work.commit(at: now)
            trace.note("holdings of \(items.count) items taken in")
        } catch {
            trace.note("holdings not taken in: \(error)")
        }
    }
}
