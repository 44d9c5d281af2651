import Tags
import Wire

extension Scene {
    /// Most books and events a text may ask for; a slip of the finger must not fill the memory.
    static let mostBooks = 100_000
    static let mostEvents = 1_000_000

    /// Reads a scene; the first mistake is thrown with its line.
    package init(parsing text: String) throws(SceneError) {
        self.init()
        var parser = SceneParser()
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isLineEnd)
        for (index, line) in lines.enumerated() {
            var line = SceneLine(line, number: index + 1)
            guard !line.isAtEnd else { continue }
            try parser.take(&line, into: &self)
            try line.finish()
        }
        let order = events.indices.sorted { left, right in
            (events[left].time, left) < (events[right].time, right)
        }
        events = order.map { events[$0] }
    }
}

/// Reads the statements of a scene in order; later ones refer to what earlier ones named.
private struct SceneParser {
    private var chance = SeededGenerator(seed: 1)

    mutating func take(_ line: inout SceneLine, into scene: inout Scene) throws(SceneError) {
        let wanted = "seed, modulation, noise, capture, lose, late, reader, book, books or at"
        let word = try line.word(wanted)
        switch word {
        case "seed":
            scene.seed = try line.seed()
            chance = SeededGenerator(seed: scene.seed)
        case "modulation":
            let word = try line.word("full or shallow")
            guard let modulation = RadioConditions.Modulation(rawValue: word) else {
                throw line.error(word, wanted: "full or shallow")
            }
            scene.conditions.modulation = modulation
        case "noise":
            scene.conditions.bitErrorRate = try line.fraction("a bit error rate", in: 0...1)
        case "capture":
            scene.conditions.captureRatio = try line.fraction("how many times stronger", in: 1...1000)
        case "lose":
            let what = try line.word("requests or answers")
            switch what {
            case "requests": scene.conditions.lostRequests = try line.fraction("a chance", in: 0...1)
            case "answers": scene.conditions.lostAnswers = try line.fraction("a chance", in: 0...1)
            default: throw line.error(what, wanted: "requests or answers")
            }
        case "late":
            try line.expect("writes")
            scene.conditions.lateWrites = try line.fraction("a chance", in: 0...1)
        case "reader":
            scene.readers.append(try reader(&line, scene))
        case "book":
            let uid = try line.word("a UID")
            guard let uid = TagUID(hex: uid) else { throw line.error(uid, wanted: "a UID, 16 hexadecimal digits") }
            try add(try description(&line), uid: uid, line, to: &scene)
        case "books":
            let count = try line.count("a number of books", atMost: Scene.mostBooks)
            let book = try description(&line)
            for _ in 0..<count { try add(book, uid: newUID(of: book.chip), line, to: &scene) }
        case "at":
            let time = try line.time()
            try event(at: time, &line, into: &scene)
        default:
            throw line.error(word, wanted: wanted)
        }
    }

    private func reader(_ line: inout SceneLine, _ scene: Scene) throws(SceneError) -> SceneReader {
        let name = try line.word("a reader's name")
        guard !scene.readers.contains(where: { $0.name == name }) else {
            throw line.error(name, wanted: "a name no other reader has")
        }
        let kind = try line.word("pad, wand or gate")
        switch kind {
        case "pad": return SceneReader(name: name, kind: .pad)
        case "gate": return SceneReader(name: name, kind: .gate)
        case "wand":
            let reach = line.takes("reach") ? try line.length("a reach") : 120
            return SceneReader(name: name, kind: .wand(reach: reach))
        default: throw line.error(kind, wanted: "pad, wand or gate")
        }
    }

    // MARK: Books

    /// What a line says of a book, or of each of many.
    private struct Book {
        var chip: Chip
        var afi: UInt8 = 0x07
        var dsfid: UInt8 = 0
        var armed = false
        var thickness = 25.0...25.0
        var depth = 0.0...0.0
        var content: [UInt8] = []
    }

    private func description(_ line: inout SceneLine) throws(SceneError) -> Book {
        guard let standard = ChipTable.named("ICODE SLIX") else { throw line.error(nil, wanted: "a chip") }
        var book = Book(chip: standard)
        while let word = line.next {
            _ = line.takes(word)
            switch word {
            case "chip":
                let name = try line.word("a chip's name")
                guard let chip = ChipTable.named(name) else {
                    throw line.error(name, wanted: "one of \(ChipTable.all.map(\.name).joined(separator: ", "))")
                }
                book.chip = chip
            case "afi": book.afi = try line.byte("an AFI")
            case "dsfid": book.dsfid = try line.byte("a DSFID")
            case "eas": book.armed = true
            case "thickness": book.thickness = try line.lengths("a thickness")
            case "depth": book.depth = try line.lengths("a depth")
            case "content": book.content = try line.bytes("a content")
            default: throw line.error(word, wanted: "chip, afi, dsfid, eas, thickness, depth or content")
            }
        }
        return book
    }

    private mutating func add(
        _ book: Book,
        uid: TagUID,
        _ line: SceneLine,
        to scene: inout Scene
    ) throws(SceneError) {
        guard scene.shelf.count < Scene.mostBooks else {
            throw SceneError(line: line.number, found: "more books", wanted: "at most \(Scene.mostBooks) in a scene")
        }
        let tag = VirtualTag(
            uid: uid,
            chip: book.chip,
            content: book.content,
            dsfid: book.dsfid,
            afi: book.afi,
            easArmed: book.armed
        )
        scene.shelf.append(
            ShelvedTag(tag: tag, thickness: some(of: book.thickness), depth: some(of: book.depth))
        )
    }

    private mutating func some(of range: ClosedRange<Double>) -> Double {
        range.lowerBound + (range.upperBound - range.lowerBound) * chance.fraction()
    }

    /// A serial number of 32 bits behind the chip's own bits.
    private mutating func newUID(of chip: Chip) -> TagUID {
        let pattern = UInt64(chip.patterns.first?.value ?? 0) << 32
        return TagUID(0xE0 << 56 | UInt64(chip.manufacturer.rawValue) << 48 | pattern | chance.next() >> 32)
    }

    // MARK: Events

    private func event(at time: Duration, _ line: inout SceneLine, into scene: inout Scene) throws(SceneError) {
        let subject = try line.word("a reader, pull, back or away")
        switch subject {
        case "pull":
            for uid in try books(&line, scene) {
                scene.events.append(.init(time: time, action: .pullDuringNextWrite(uid)))
            }
        case "back":
            for uid in try books(&line, scene) { scene.events.append(.init(time: time, action: .putBack(uid))) }
        case "away":
            for uid in try books(&line, scene) { scene.events.append(.init(time: time, action: .takeAway(uid))) }
        default:
            guard let reader = scene.readers.first(where: { $0.name == subject }) else {
                let known = scene.readers.map(\.name) + ["pull", "back", "away"]
                throw line.error(subject, wanted: "one of \(known.joined(separator: ", "))")
            }
            switch reader.kind {
            case .pad: try padEvent(reader.name, at: time, &line, into: &scene)
            case .wand: try wandEvent(reader.name, at: time, &line, into: &scene)
            case .gate: try gateEvent(reader.name, at: time, &line, into: &scene)
            }
            guard scene.events.count <= Scene.mostEvents else {
                throw SceneError(
                    line: line.number,
                    found: "more events",
                    wanted: "at most \(Scene.mostEvents) in a scene"
                )
            }
        }
    }

    private func padEvent(
        _ pad: String,
        at time: Duration,
        _ line: inout SceneLine,
        into scene: inout Scene
    ) throws(SceneError) {
        let verb = try line.word("gets or is")
        switch verb {
        case "is":
            try line.expect("cleared")
            scene.events.append(.init(time: time, action: .clearPad(reader: pad)))
        case "gets":
            if line.next.flatMap({ Int($0) }) != nil {
                let count = try line.count("a number of books", atMost: max(scene.shelf.count, 1))
                try line.expect("books")
                try line.expect("every")
                let pause = try line.time()
                for (number, book) in scene.shelf.prefix(count).enumerated() {
                    let moment = time + pause * number
                    scene.events.append(.init(time: moment, action: .placeOnPad(reader: pad, book.tag.uid)))
                }
            } else {
                for uid in try books(&line, scene) {
                    scene.events.append(.init(time: time, action: .placeOnPad(reader: pad, uid)))
                }
            }
        default:
            throw line.error(verb, wanted: "gets or is")
        }
    }

    private func wandEvent(
        _ wand: String,
        at time: Duration,
        _ line: inout SceneLine,
        into scene: inout Scene
    ) throws(SceneError) {
        let verb = try line.word("walks or is")
        switch verb {
        case "is":
            try line.expect("hung")
            try line.expect("up")
            scene.events.append(.init(time: time, action: .moveWand(reader: wand, to: nil)))
        case "walks":
            let start = try line.length("a place")
            try line.expect("to")
            let end = try line.length("a place")
            try line.expect("at")
            let speed = try line.speed()
            let passes = line.takes("passes") ? try line.count("a number of passes", atMost: 100) : 1
            let walk = WandWalk(start: start, end: end, speed: speed, passes: passes)
            guard let positions = walk.positions(atMost: Scene.mostEvents) else {
                throw SceneError(
                    line: line.number,
                    found: "a walk of hours",
                    wanted: "at most \(Scene.mostEvents) steps of 50 ms"
                )
            }
            for (offset, position) in positions {
                scene.events.append(.init(time: time + offset, action: .moveWand(reader: wand, to: position)))
            }
        default:
            throw line.error(verb, wanted: "walks or is")
        }
    }

    private func gateEvent(
        _ gate: String,
        at time: Duration,
        _ line: inout SceneLine,
        into scene: inout Scene
    ) throws(SceneError) {
        try line.expect("passes")
        let uids = try books(&line, scene, until: "at")
        try line.expect("at")
        let speed = try line.speed()
        let bag = line.takes("bag") ? try line.fraction("what the bag lets through", in: 0...1) : 1
        for (offset, coupling) in GateWalk(speed: speed, bag: bag).couplings {
            for uid in uids {
                let action: BranchAction =
                    coupling.map { .passGate(reader: gate, uid, coupling: $0) } ?? .leaveGate(reader: gate, uid)
                scene.events.append(.init(time: time + offset, action: action))
            }
        }
    }

    /// UIDs, or books of the shelf by number: `E004015012345678 @3`. At least one.
    private func books(
        _ line: inout SceneLine,
        _ scene: Scene,
        until end: String? = nil
    ) throws(SceneError) -> [TagUID] {
        var uids: [TagUID] = []
        while let word = line.next, word != end {
            _ = line.takes(word)
            if word.hasPrefix("@") {
                guard !scene.shelf.isEmpty else {
                    throw line.error(word, wanted: "a book on the shelf, which is empty so far")
                }
                guard let number = Int(word.dropFirst()), 1...scene.shelf.count ~= number
                else { throw line.error(word, wanted: "@1 to @\(scene.shelf.count), a book on the shelf") }
                uids.append(scene.shelf[number - 1].tag.uid)
            } else {
                guard let uid = TagUID(hex: word), scene.shelf.contains(where: { $0.tag.uid == uid }) else {
                    throw line.error(word, wanted: "the UID of a book on the shelf, or @ and its number")
                }
                uids.append(uid)
            }
        }
        guard !uids.isEmpty else { throw line.error(line.next, wanted: "a book") }
        return uids
    }
}
