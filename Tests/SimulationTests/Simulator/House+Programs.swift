import Foundation
import GRDBSQLite
import Operations
import Store

/// How programs begin and end in the simulated branch.
extension House {
    /// Runs one program after the other until the branch is torn down.
    func keepRunning() async {
        var folder = freshFolder()
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        while !isOver {
            guard let program = await started(in: folder) else {
                // As systemd does it: again after a while, until the disk takes it.
                await rest(2...5)
                if isOver { return }
                continue
            }
            await endOfProgram(program)
            folder = await left(by: program)
        }
    }

    /// So many starts in a row may find the folder held.
    private static let patienceWithHeld = 5

    /// A program on this folder; `nil` when the disk is in trouble and it says so.
    private func started(in folder: URL) async -> Program? {
        programNumber += 1
        let program = Program(number: programNumber, folder: folder)
        self.program = program
        do {
            try program.start(in: self)
        } catch {
            trace.note("program \(program.number) does not start: \(error)")
            // The power failed while it was starting.
            guard program.isAlive else { return program }
            // Somebody at a pad may still hold the desk of the program before, until the answer has come.
            let isHeld = if case .inUse? = error as? StoreError { true } else { false }
            heldStarts = isHeld ? heldStarts + 1 : 0
            if disk.trouble == nil, !isHeld || heldStarts >= Self.patienceWithHeld {
                witness.violated("the service starts again", "\(error)")
            }
            program.die()
            await program.stop()
            outputs.letGo()
            return nil
        }
        trace.note("program \(program.number) started")
        heldStarts = 0
        guard let store = program.desk?.store else { return program }
        if store.isLogMissing { witness.violated("the service starts again", "it misses a log that is there") }
        if (try? store.snapshot()) == nil { await importHoldings(into: store) }
        witness.check(store)
        await witness.checkKept(store) { [self] barcode in
            await isLent(barcode)
        }
        return program
    }

    /// Until it was killed, or asked to stop.
    private func endOfProgram(_ program: Program) async {
        while program.isAlive, !isOver, !isStopping { try? await processor.sleep(.milliseconds(250)) }
    }

    /// Waits until a program has let go of everything, and says where the next one finds what is left.
    private func left(by program: Program) async -> URL {
        let wasAlive = program.isAlive
        let end = processor.now + .seconds(60)
        let watch = processor.start { [self] in
            try? await processor.sleep(end - processor.now)
            if !Task.isCancelled {
                witness.violated("a cancelled program ends", "program \(program.number) runs on after a minute")
            }
        }
        await program.stop()
        watch.cancel()
        isStopping = false
        if wasAlive {
            try? program.desk?.store.checkpoint()
            trace.note("program \(program.number) stopped")
        }
        program.die()
        program.letGo()
        outputs.letGo()
        let folder = nextFolder ?? program.folder
        nextFolder = nil
        if folder != program.folder {
            FaultyDisk.release(program.folder)
            try? FileManager.default.removeItem(at: program.folder)
            let old = disk
            disk = FaultyDisk(chance)
            if old.trouble != .dead { disk.trouble = old.trouble }
        }
        meddle(folder)
        inspect(folder)
        return folder
    }

    /// A program is gone from one step to the next: what it wrote stays, or what the disk had promised when the power
    /// fails.
    func fall(powerFailed: Bool) {
        guard let program, program.isAlive, nextFolder == nil else { return }
        program.die()
        let next = freshFolder()
        do {
            try disk.copy(program.folder, to: next, powerFailed: powerFailed)
            nextFolder = next
        } catch {
            witness.violated("the state folder can be copied", "\(error)")
        }
        if disk.trouble == nil || powerFailed { disk.trouble = .dead }
        trace.note("program \(program.number) \(powerFailed ? "lost its power" : "was killed")")
        witness.count(powerFailed ? "power cuts" : "kills")
        // Told to its tasks between two steps: we may stand in the middle of one of them.
        mustCancel = program
    }

    /// Between two steps: what is due there.
    func betweenSteps() {
        if let program = mustCancel {
            mustCancel = nil
            program.cancel()
        }
        if let step = killAt, processor.steps >= step {
            killAt = nil
            fall(powerFailed: false)
        }
        outputs.check()
        if processor.mostReady > 5000 || processor.mostTimers > 5000 {
            witness.violated("queues are bounded", "\(processor.mostReady) ready, \(processor.mostTimers) waiting")
        }
    }

    /// Looks at files that nobody has open: whole, and without any patron.
    private func inspect(_ folder: URL) {
        do {
            if let file = try PatronSearch.find(in: folder) {
                witness.violated("no patron anywhere", "\(file) names somebody")
            }
        } catch {
            witness.violated("the state folder can be read", "\(error)")
        }
        guard let damage = damage(in: folder) else { return }
        witness.violated("the database is whole after a crash", damage)
    }

    /// What SQLite's own check finds in a copy of the database; `nil` when it is whole or not there.
    ///
    /// A copy, since whoever opens and closes the database puts its log into it.
    private func damage(in folder: URL) -> String? {
        let copy = root.appending(path: "looked-at")
        defer { try? FileManager.default.removeItem(at: copy) }
        do {
            try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
            for name in ["pressmark.sqlite", "pressmark.sqlite-wal"] {
                let file = folder.appending(path: name)
                guard FileManager.default.fileExists(atPath: file.path) else { continue }
                try FileManager.default.copyItem(at: file, to: copy.appending(path: name))
            }
        } catch {
            return "\(error)"
        }
        return Self.damage(of: copy.appending(path: "pressmark.sqlite"))
    }

    private static func damage(of file: URL) -> String? {
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        var connection: OpaquePointer?
        defer { sqlite3_close(connection) }
        guard sqlite3_open_v2(file.path, &connection, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK else {
            return "cannot be opened"
        }
        var statement: OpaquePointer?
        defer { sqlite3_finalize(statement) }
        guard sqlite3_prepare_v2(connection, "PRAGMA integrity_check(1)", -1, &statement, nil) == SQLITE_OK,
            sqlite3_step(statement) == SQLITE_ROW, let text = sqlite3_column_text(statement, 0)
        else { return String(cString: sqlite3_errmsg(connection)) }
        let word = String(cString: text)
        return word == "ok" ? nil : word
    }
}
