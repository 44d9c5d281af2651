import Field
import Library
import Operations
import Store

/// A day in the simulated branch: people come until it closes, then everything is mended and looked at.
extension House {
    func live(_ length: Duration) async {
        processor.betweenSteps = { [weak self] in self?.betweenSteps() }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [self] in await keepRunning() }
            group.addTask { [self] in
                await people(for: length)
                await closeDay()
                isOver = true
            }
            await group.waitForAll()
        }
    }

    func tellHours(_ tell: @Sendable (Simulation.Hour) -> Void) async {
        var number = 0
        while !isOver {
            try? await processor.sleep(.seconds(3600))
            number += 1
            tell(
                Simulation.Hour(
                    number: number,
                    steps: processor.steps,
                    programs: programNumber,
                    mostReady: processor.mostReady,
                    mostWaiting: processor.mostTimers
                )
            )
        }
    }

    private func people(for length: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [self] in
                try? await processor.sleep(length)
                isClosing = true
            }
            group.addTask { [self] in await makeTrouble() }
            for number in 1...3 { group.addTask { [self] in await patron(number) } }
            group.addTask { [self] in
                while !isClosing {
                    await restUntilClosing(30...900)
                    if !isClosing { await sweep() }
                }
            }
            group.addTask { [self] in
                while !isClosing {
                    await restUntilClosing(1800...7200)
                    if !isClosing, let store = program?.desk?.store, program?.isAlive == true {
                        await importHoldings(into: store)
                    }
                }
            }
            group.addTask { [self] in await watchDivergences() }
            await group.waitForAll()
        }
    }

    /// Somebody who comes, does something, and rests.
    private func patron(_ number: Int) async {
        while !isClosing {
            await rest(2...40)
            guard !isClosing else { return }
            switch chance.number(0...9) {
            case 0...2:
                guard let book = await takeBook(where: { [self] in if $0.isOurs { await !isLent($0) } else { false } })
                else { continue }
                if chance.happens(0.3), !taken.contains("pad-4") {
                    taken.insert("pad-4")
                    await lendThroughProxy(book)
                } else if let pad = takePad(["pad-1", "pad-2", "pad-3"]) {
                    await change(book, lends: true, at: pad)
                }
                if witness.told[book.barcode] == .good(isLent: true) { await walkOut(book) }
                await putAway(book)
            case 3...5:
                guard let book = await takeBook(where: { [self] in await isLent($0) }) else { continue }
                if let pad = takePad(["pad-1", "pad-2", "pad-3"]) { await change(book, lends: false, at: pad) }
                await putAway(book)
            case 6...7:
                guard let book = await takeBook(where: { _ in true }) else { continue }
                await walkOut(book)
                await putAway(book)
            default: await rest(10...60)
            }
        }
    }

    private func walkOut(_ book: Book) async {
        let gates = ["gate-1", "gate-2"].filter { !taken.contains($0) }
        guard let gate = chance.one(of: gates) else { return }
        await walk(book, through: gate)
    }

    private func putAway(_ book: Book) async {
        for uid in book.tags { try? await branch.putBack(uid) }
        giveBack(book)
    }

    /// No unreported divergence: what somebody was told to be good stays good.
    private func watchDivergences() async {
        while !isClosing {
            await rest(20...40)
            for book in books where !inHand.contains(book.barcode) { await look(at: book) }
        }
    }

    private func look(at book: Book) async {
        guard !book.isOurs || witness.isTrusted(book.barcode) else { return }
        guard let wrong = await divergence(of: book), !inHand.contains(book.barcode) else { return }
        guard !isKnown(book) else { return }
        witness.violated("no unreported divergence", "\(book.barcode) is \(wrong), and nobody was told")
    }

    /// Whether the service itself knows that something is open about a book.
    private func isKnown(_ book: Book) -> Bool {
        guard let store = program?.desk?.store, program?.isAlive == true else { return true }
        let open = (try? store.openIntents(of: book.tags)) ?? []
        let wrong = (try? store.openDivergences()) ?? []
        let kept = (try? store.storedReturns()) ?? []
        return !open.isEmpty || wrong.contains { $0.barcode == book.barcode }
            || kept.contains { $0.barcode == book.barcode }
    }

    // MARK: - Closing

    /// The trouble is over: readers are back, what was kept is told, and every book that is laid on a pad comes to say
    /// what the library system says.
    private func closeDay() async {
        trace.note("closing")
        await mend()
        try? await processor.sleep(.seconds(30))
        guard let desk = program?.desk else {
            return witness.violated("the service starts again", "nobody runs a minute after all trouble")
        }
        for station in desk.stations {
            guard case .online = await station.report.state else {
                witness.violated("a reader that is back is taken up", "\(station.setup.name) is not there")
                return
            }
        }
        // Nobody comes any more: what is left to do is done on a pad.
        unplugged = Set(readers.map(\.name)).subtracting(["pad-1"])
        // For so long a clock that was set back may keep old words young.
        try? await processor.sleep(.milliseconds(furthestBack) + .seconds(10))
        await importHoldings(into: desk.store)
        witness.check(desk.store)
        for book in books where book.isOurs { await settle(book, desk) }
        for book in books where !book.isOurs {
            if let wrong = await divergence(of: book) { witness.violated("foreign tags are left alone", wrong) }
        }
        await checkNothingIsOpen(desk)
    }

    private func settle(_ book: Book, _ desk: ServiceDesk) async {
        guard await !isSettled(book, desk) else { return }
        for turn in 0..<200 {
            // Once a minute anew: somebody may have wanted to pull it away during the next write, which is this one.
            if turn % 20 == 0 { for uid in book.tags { try? await branch.placeOnPad("pad-1", uid) } }
            try? await processor.sleep(.seconds(3))
            if await isSettled(book, desk) { break }
        }
        let wrong = await divergence(of: book)
        for uid in book.tags { try? await branch.putBack(uid) }
        guard let wrong else { return }
        witness.violated("in the end tags say what the library system says", "\(book.barcode) is \(wrong)")
    }

    private func isSettled(_ book: Book, _ desk: ServiceDesk) async -> Bool {
        let isOpen = (try? desk.store.openIntents(of: book.tags).isEmpty) == false
        return await divergence(of: book) == nil && !isOpen
    }

    private func checkNothingIsOpen(_ desk: ServiceDesk) async {
        do {
            let open = try desk.store.openIntents().map { "\($0.intent.barcode) \($0.intent.cause.rawValue)" }
            if !open.isEmpty { witness.violated("in the end nothing is open", "\(open)") }
            let kept = try desk.store.storedReturns().filter { $0.conflict == nil }.map(\.barcode)
            if !kept.isEmpty { witness.violated("in the end nothing is open", "returns not told: \(kept)") }
        } catch {
            witness.violated("the store can be read", "\(error)")
        }
        await witness.checkKept(desk.store) { [self] barcode in
            await isLent(barcode)
        }
    }
}
