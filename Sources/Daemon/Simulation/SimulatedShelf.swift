import Field
import Library
import Tags

/// The books of the simulated branch as they really stand: most in order, a few not, with tags in both common models.
struct SimulatedShelf: Sendable {
    /// In the order of standing; tags first heard from the left.
    var books: [ShelvedTag] = []
    /// Tags of items that are not on the shelf.
    var away: [VirtualTag] = []
    /// Barcodes on the shelf, from the left.
    var barcodes: [String] = []
    var uids: [String: [TagUID]] = [:]
    /// Where each item stands, in millimetres from the left end.
    var positions: [String: Int] = [:]
    private var keys: [String: ShelfKey] = [:]

    /// How far beyond the ends of a stretch a wand is led, in millimetres.
    private static let margin = 800

    /// Puts the items up. Chance misplaces, hides and unsecures a few, and leaves a lent one standing here and there.
    ///
    /// - Parameter chip: the chip of all tags.
    init(
        _ items: [Item],
        chip: Chip,
        security: SecurityPolicy,
        using generator: inout some RandomNumberGenerator
    ) throws(EncodeError) {
        var standing: [(barcode: String?, tag: VirtualTag)] = []
        for (number, item) in items.enumerated() {
            let tag = try Self.tag(number, item, chip, security, &generator)
            uids[item.barcode] = [tag.uid]
            keys[item.barcode] = try? item.shelfKey().get()
            let onShelf =
                switch item.status {
                case .available: !Self.chance(8, in: 1000, &generator)
                case .onLoan: Self.chance(60, in: 1000, &generator)
                case .missing, .lost: Self.chance(250, in: 1000, &generator)
                default: Self.chance(100, in: 1000, &generator)
                }
            if onShelf { standing.append((item.barcode, tag)) } else { away.append(tag) }
        }
        for _ in 0..<(standing.count / 120) {
            let book = standing.remove(at: Int.random(in: standing.indices, using: &generator))
            standing.insert(book, at: Int.random(in: 0...standing.count, using: &generator))
        }
        for (number, stranger) in try Self.strangers(chip, security).enumerated() {
            standing.insert((nil, stranger), at: standing.count * (2 * number + 1) / 8)
        }
        var place = 0.0
        for (barcode, tag) in standing {
            let thickness = Double.random(in: 8...42, using: &generator)
            books.append(
                ShelvedTag(tag: tag, thickness: thickness, depth: Double.random(in: 0...60, using: &generator))
            )
            if let barcode {
                barcodes.append(barcode)
                positions[barcode] = Int(place + thickness / 2)
            }
            place += thickness
        }
    }

    /// The books of a scene. Those whose content the scene leaves open are the first items of the holdings, as far as
    /// their chips have room.
    init(_ scene: [ShelvedTag], holding items: [Item]) {
        var unwritten = items[...]
        var place = 0.0
        for var book in scene {
            if LibraryTag(reading: book.tag.content).model == BlankModel.name, let item = unwritten.first,
                let tag = Self.tag(book.tag, written: item.barcode)
            {
                unwritten = unwritten.dropFirst()
                book.tag = tag
            }
            books.append(book)
            if let barcode = LibraryTag(reading: book.tag.content).primaryItemIdentifier {
                barcodes.append(barcode)
                uids[barcode, default: []].append(book.tag.uid)
                positions[barcode] = Int(place + book.thickness / 2)
                keys[barcode] = items.first { $0.barcode == barcode }.flatMap { try? $0.shelfKey().get() }
            }
            place += book.thickness
        }
    }

    /// The tag with an item of the branch on it; `nil` where its chip has no room.
    private static func tag(_ blank: VirtualTag, written barcode: String) -> VirtualTag? {
        let memory = blank.content.geometry
        let content = TagContent(
            primaryItemIdentifier: barcode,
            ownerInstitution: SimulatedHoldings.owner,
            setInformation: .single,
            typeOfUsage: .circulation
        )
        guard let bytes = try? Part3Model.encode(content, for: memory) else { return nil }
        return VirtualTag(
            uid: blank.uid,
            chip: blank.chip,
            content: bytes,
            dsfid: 0x3E,
            afi: blank.afi,
            easArmed: blank.eas.armed
        )
    }

    private static func tag(
        _ number: Int,
        _ item: Item,
        _ chip: Chip,
        _ security: SecurityPolicy,
        _ generator: inout some RandomNumberGenerator
    ) throws(EncodeError) -> VirtualTag {
        let wrong = chance(4, in: 1000, &generator)
        let away = item.status == .onLoan
        return try tag(
            serial: UInt64(number),
            TagContent(
                primaryItemIdentifier: item.barcode,
                ownerInstitution: SimulatedHoldings.owner,
                setInformation: SetInformation(total: 1, ordinal: 1),
                typeOfUsage: .circulation
            ),
            chip: chip,
            model: number.isMultiple(of: 3) ? Part2Model.self : Part3Model.self,
            afi: away != wrong ? security.disarmedValue : security.armedValue
        )
    }

    /// What else is found on shelves: a blank tag, another library's book, a barcode nobody knows.
    private static func strangers(_ chip: Chip, _ security: SecurityPolicy) throws(EncodeError) -> [VirtualTag] {
        func book(_ barcode: String, _ owner: String, _ serial: UInt64) throws(EncodeError) -> VirtualTag {
            try tag(
                serial: serial,
                TagContent(primaryItemIdentifier: barcode, ownerInstitution: owner),
                chip: chip,
                model: Part3Model.self,
                afi: security.armedValue
            )
        }
        return [
            VirtualTag(uid: uid(0x90_0001), chip: chip),
            try book("30999000000017", SimulatedHoldings.owner, 0x90_0002),
            try book("4711", "ZZ-OTHER", 0x90_0003),
        ]
    }

    private static func tag(
        serial: UInt64,
        _ content: TagContent,
        chip: Chip,
        model: any TagDataModel.Type,
        afi: UInt8
    ) throws(EncodeError) -> VirtualTag {
        let geometry = MemoryGeometry(blockSize: 4, blockCount: 28)
        return VirtualTag(
            uid: uid(serial),
            chip: chip,
            content: try model.encode(content, for: geometry),
            dsfid: model.name == Part2Model.name ? 0x06 : 0x3E,
            afi: afi
        )
    }

    private static func uid(_ serial: UInt64) -> TagUID {
        // Serial numbers of real tags are scattered; anticollision would be too easy with running ones.
        TagUID(0xE004_0150_0000_0000 | (serial &* 0x9E37_79B1) & 0xFFFF_FFFF)
    }

    private static func chance(_ part: Int, in whole: Int, _ generator: inout some RandomNumberGenerator) -> Bool {
        Int.random(in: 0..<whole, using: &generator) < part
    }

    /// From where to where the items of a span stand and a bit beyond, leaving aside the odd one far away; the whole
    /// shelf for `nil`.
    func stretch(of span: CallNumberSpan?) -> ClosedRange<Int> {
        let places = barcodes.filter { barcode in
            guard let span, let key = keys[barcode] else { return span == nil }
            return span.range.contains(key)
        }.compactMap { positions[$0] }.sorted()
        guard let first = places.first, let last = places.last else { return 0...0 }
        let strays = places.count / 50
        let (low, high) = (places[strays], places[places.count - 1 - strays])
        return span == nil ? first...last : max(first, low - Self.margin)...min(last, high + Self.margin)
    }
}
