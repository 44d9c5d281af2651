import API
import Field
import Foundation
import Interfaces
import Library
import Logging
import Operations
import SIP2
import ServiceLifecycle
import Tags

/// Carries out what people ask of the simulated branch: lay items on the pad, walk the wand, carry items out.
actor SimulationDesk: Service {
    private let branch: Branch
    private let cables: SimulatedCables
    private let shelf: SimulatedShelf
    private let librarySystem: LibrarySystemBench?
    private let readers: [String: StationRole]
    private let outputs: SimulatedOutputs?
    private let span: @Sendable () async -> CallNumberSpan?
    private let logger: Logger
    private let walks: AsyncStream<SimulationRequest>
    private let walk: AsyncStream<SimulationRequest>.Continuation
    /// Items taken off the shelf, so that they can be put back where they stood.
    private var pads: [String: [String]] = [:]
    /// Items that another program's tests have made up.
    private var strangers: [String: TagUID] = [:]

    /// - Parameter span: the call numbers of the sweep in progress; a wand walks along these unless told otherwise.
    init(
        branch: Branch,
        cables: SimulatedCables,
        shelf: SimulatedShelf,
        librarySystem: LibrarySystemBench?,
        readers: [String: StationRole],
        outputs: SimulatedOutputs?,
        span: @escaping @Sendable () async -> CallNumberSpan?,
        logger: Logger
    ) {
        self.branch = branch
        self.cables = cables
        self.shelf = shelf
        self.librarySystem = librarySystem
        self.readers = readers
        self.outputs = outputs
        self.span = span
        self.logger = logger
        (walks, walk) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(64))
    }

    /// Carries out what takes time: wands that walk and people who leave.
    func run() async throws {
        await untilShutdown {
            await withDiscardingTaskGroup { group in
                for await request in self.walks {
                    group.addTask { await self.carryOut(request) }
                }
            }
        }
    }

    /// Does or begins what was asked and says how the branch stands.
    func perform(_ request: SimulationRequest) async throws -> SimulationScene {
        switch request {
        case .put(let barcodes, let reader):
            try known(reader, .pad)
            for barcode in barcodes { try await put(barcode, on: reader) }
            return await scene("\(Self.count(barcodes.count, "item")) put on \(reader)")
        case .take(let barcodes, let reader):
            try known(reader, .pad)
            let lying = pads[reader] ?? []
            let taken = barcodes.isEmpty ? lying : barcodes
            for barcode in taken { try await take(barcode, from: reader) }
            return await scene("\(Self.count(taken.count, "item")) taken from \(reader)")
        case .snatch(let barcode, let reader):
            try known(reader, .pad)
            for uid in try uids(barcode) { try await branch.pullDuringNextWrite(uid) }
            return await scene("\(barcode) leaves \(reader) in the middle of the next write")
        case .walk(let reader, let from, let to, _):
            try known(reader, .wand)
            for barcode in [from, to].compactMap(\.self) { _ = try uids(barcode) }
            walk.yield(request)
            return await scene("\(reader) walks along the shelf")
        case .carry(let barcodes, let gate):
            try known(gate, .gate)
            for barcode in barcodes { _ = try uids(barcode) }
            walk.yield(request)
            return await scene("\(Self.count(barcodes.count, "item")) carried through \(gate)")
        case .unplug(let reader):
            try known(reader, nil)
            await cables.unplug(reader)
            return await scene("\(reader) unplugged")
        case .plug(let reader):
            try known(reader, nil)
            await cables.plug(reader)
            return await scene("\(reader) plugged in")
        case .trouble(let faults):
            await librarySystem?.schedule(try faults.map(Self.fault))
            return await scene(
                "the library system's next \(Self.count(faults.count, "answer")): \(faults.joined(separator: ", "))"
            )
        }
    }

    /// Clears a pad and lays these items on it; those that the branch does not have are made.
    func lay(_ barcodes: [String], on reader: String) async throws {
        try known(reader, .pad)
        for barcode in pads[reader] ?? [] { try await take(barcode, from: reader) }
        for barcode in barcodes {
            if shelf.uids[barcode] == nil, strangers[barcode] == nil,
                let tag = try SimulatedShelf.stranger(barcode, number: strangers.count + 1)
            {
                strangers[barcode] = tag.uid
                await branch.add(tag)
            }
            try await put(barcode, on: reader)
        }
    }

    func scene(_ message: String = "") async -> SimulationScene {
        let now = await branch.snapshot()
        let barcodes = shelf.uids.reduce(into: [TagUID: String]()) { found, item in
            for uid in item.value { found[uid] = item.key }
        }
        return SimulationScene(
            shelfItems: shelf.barcodes.count,
            firstBarcode: shelf.barcodes.first,
            lastBarcode: shelf.barcodes.last,
            shelfMillimetres: Int(now.shelfLength),
            pads: now.pads.mapValues { $0.map { barcodes[$0] ?? "\($0)" } }.filter { !$0.value.isEmpty },
            wands: now.wands.mapValues { Int($0) },
            outputs: outputs?.on ?? [],
            message: message
        )
    }

    private func carryOut(_ request: SimulationRequest) async {
        do {
            switch request {
            case .walk(let reader, let from, let to, let speed):
                try await walk(reader, from: from, to: to, millimetresPerSecond: speed)
            case .carry(let barcodes, let gate):
                try await carry(barcodes, through: gate)
            case .put, .take, .snatch, .unplug, .plug, .trouble:
                break
            }
        } catch is CancellationError {
            return
        } catch {
            logger.warning("simulation", metadata: ["cause": "\(error)"])
        }
    }

    /// Moves the wand in steps of 20 ms, as a hand would.
    private func walk(_ reader: String, from: String?, to: String?, millimetresPerSecond speed: Double) async throws {
        let stretch = shelf.stretch(of: from == nil && to == nil ? await span() : nil)
        let start = try from.map { try position($0) } ?? stretch.lowerBound
        let end = try to.map { try position($0) } ?? stretch.upperBound
        let step = max(1, Int(min(max(speed, 10), 5000) / 50)) * (end < start ? -1 : 1)
        for place in stride(from: start, through: end, by: step) {
            try await branch.moveWand(to: Double(place), reader: reader)
            try await Task.sleep(for: .milliseconds(20))
        }
        try await Task.sleep(for: .milliseconds(500))
        try await branch.moveWand(to: nil, reader: reader)
    }

    /// Walks through the gate with a bag: a second in its field, then away; the items go back to where they were.
    private func carry(_ barcodes: [String], through gate: String) async throws {
        let uids = try barcodes.flatMap { try self.uids($0) }
        for uid in uids { try await branch.enterGate(gate, uid) }
        try await Task.sleep(for: .milliseconds(1200))
        for uid in uids { try await branch.putBack(uid) }
        await branch.countPerson(through: gate)
    }

    private func put(_ barcode: String, on reader: String) async throws {
        for uid in try uids(barcode) { try await branch.placeOnPad(reader, uid) }
        for name in pads.keys { pads[name]?.removeAll { $0 == barcode } }
        pads[reader, default: []].append(barcode)
    }

    private func take(_ barcode: String, from reader: String) async throws {
        for uid in try uids(barcode) { try await branch.putBack(uid) }
        pads[reader]?.removeAll { $0 == barcode }
    }

    private func uids(_ barcode: String) throws -> [TagUID] {
        guard let uids = shelf.uids[barcode] ?? strangers[barcode].map({ [$0] }) else {
            throw Problem(
                type: "no-such-item",
                title: "no such item",
                status: 404,
                detail: "barcode \(barcode): not in the simulated branch",
                hint: "try \(shelf.barcodes.first ?? "one from"); `pressmark simulate scene` names more"
            )
        }
        return uids
    }

    private func position(_ barcode: String) throws -> Int {
        _ = try uids(barcode)
        return shelf.positions[barcode] ?? 0
    }

    private func known(_ reader: String, _ kind: StationRole?) throws {
        if let found = readers[reader], kind == nil || found == kind { return }
        let names = readers.filter { kind == nil || $0.value == kind }.keys.sorted().joined(separator: ", ")
        throw Problem(
            type: "no-such-reader",
            title: "no such reader",
            status: 404,
            detail: "reader: found \(reader), wanted one of \(names)"
        )
    }

    /// `none` is an answer without trouble.
    private static func fault(_ word: String) throws -> LibrarySystemFault? {
        if word == "none" { return nil }
        guard let fault = LibrarySystemFault(rawValue: word) else {
            throw Problem(
                type: "invalid-request",
                title: "Invalid request",
                status: 400,
                detail: "faults: found \(word), wanted none, "
                    + LibrarySystemFault.allCases.map(\.rawValue).joined(separator: ", ")
            )
        }
        return fault
    }

    private static func count(_ number: Int, _ noun: String) -> String {
        number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
    }
}
