import Field
import Library
import Operations
import Tags

/// People who carry books through the gates.
extension House {
    private static let reach = 500.0

    /// Somebody walks through a gate with a book. When nothing stands in the way of the gate and the book is neither
    /// lent nor released, it has to ring.
    func walk(_ book: Book, through gate: String) async {
        taken.insert(gate)
        defer { taken.remove(gate) }
        let (start, before) = (processor.now, program)
        var isClear = await isClear(gate)
        let isArmed = await says(.armed, book)
        let isLent = await isLent(book)
        let isTheft = book.isOurs && !isLent && isArmed
        let speed = Double(chance.number(700...1300))
        var place = -700.0
        while place <= 700 {
            let coupling = Coupling.at(distance: abs(place), reach: Self.reach)
            for uid in book.tags {
                witness.entersGate(uid, gate)
                try? await branch.enterGate(gate, uid, coupling: coupling)
            }
            place += speed / 10
            try? await processor.sleep(.milliseconds(100))
            if weather(on: gate) != .calm || outputs.isFire { isClear = false }
        }
        for uid in book.tags {
            witness.leavesGate(uid)
            try? await branch.leaveGate(gate, uid)
        }
        await branch.countPerson(through: gate)
        guard isTheft else { return witness.count("walks") }
        witness.count("thefts")
        try? await processor.sleep(.seconds(5))
        let stillClear = await self.isClear(gate)
        guard isClear, stillClear, program === before else { return }
        witness.count("thefts in good weather")
        guard !book.tags.contains(where: { witness.hasRung($0, since: start) }) else { return }
        witness.violated("no armed book passes in silence", "\(book.barcode) was carried through \(gate)")
    }

    /// Whether a gate can be expected to ring: its reader is there, nothing disturbs it, and no fire silences it.
    private func isClear(_ gate: String) async -> Bool {
        guard let program, program.isAlive, let desk = program.desk, let station = try? desk.station(gate),
            case .online = await station.report.state
        else { return false }
        return weather(on: gate) == .calm && !unplugged.contains(gate) && !outputs.isFire && disk.trouble == nil
    }
}
