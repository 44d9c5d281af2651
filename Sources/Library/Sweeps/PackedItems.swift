/// Items of the holdings, packed: a million of them take some 200 MB instead of most of a gigabyte.
///
/// Items are numbered from 0 in the order of adding and found by barcode; a second one with the same barcode is left
/// out. One is unpacked in about a microsecond.
struct PackedItems: Sendable {
    /// Filled one after the other, so that growing copies little.
    private var pages: [[UInt8]] = []
    private var starts: [Start] = []
    /// Open addressing by barcode: item number plus one, 0 for an empty slot; never more than half full.
    private var slots: [UInt32] = Array(repeating: 0, count: 64)
    /// Branches, locations, statuses: each word once.
    private var words = WordList()

    private struct Start {
        var page: UInt32
        var offset: UInt32
    }

    private static let pageSize = 1 << 20

    var count: Int { starts.count }

    /// Adds an item and returns its number; `nil` when there is one with its barcode.
    @discardableResult
    mutating func add(_ shelved: ShelvedItem) -> Int? {
        if count * 2 >= slots.count { growSlots() }
        var barcode = shelved.item.barcode
        guard let slot = barcode.withUTF8({ freeSlot(for: $0) }) else { return nil }
        slots[slot] = UInt32(count + 1)
        if (pages.last?.count ?? .max) > Self.pageSize - Self.pageSize / 16 {
            pages.append([])
            pages[pages.count - 1].reserveCapacity(Self.pageSize)
        }
        let page = pages.count - 1
        starts.append(Start(page: UInt32(page), offset: UInt32(pages[page].count)))
        var writer = PackedItemWriter(bytes: pages[page], words: words)
        pages[page] = []
        writer.write(shelved)
        pages[page] = writer.bytes
        words = writer.words
        return count - 1
    }

    /// Where the item with this barcode stands; `nil` when there is none.
    func number(of barcode: String) -> Int? {
        var barcode = barcode
        return barcode.withUTF8 { text in
            var slot = Self.hash(text) & (slots.count - 1)
            while slots[slot] != 0 {
                let number = Int(slots[slot]) - 1
                if reader(number).isBarcode(text) { return number }
                slot = (slot + 1) & (slots.count - 1)
            }
            return nil
        }
    }

    subscript(number: Int) -> ShelvedItem {
        var reader = reader(number)
        return reader.item()
    }

    func barcode(_ number: Int) -> String {
        var reader = reader(number)
        return reader.text() ?? ""
    }

    /// `nil` when the item has no place in shelf order.
    func key(_ number: Int) -> ShelfKey? {
        var reader = reader(number)
        reader.skip()
        return reader.key()
    }

    func callNumber(_ number: Int) -> String? {
        var reader = reader(number)
        reader.skip()
        reader.skip()
        return reader.text()
    }

    private func reader(_ number: Int) -> PackedItemReader {
        let start = starts[number]
        return PackedItemReader(bytes: pages[Int(start.page)], words: words, offset: Int(start.offset))
    }

    private func freeSlot(for text: UnsafeBufferPointer<UInt8>) -> Int? {
        var slot = Self.hash(text) & (slots.count - 1)
        while slots[slot] != 0 {
            if reader(Int(slots[slot]) - 1).isBarcode(text) { return nil }
            slot = (slot + 1) & (slots.count - 1)
        }
        return slot
    }

    private mutating func growSlots() {
        slots = Array(repeating: 0, count: slots.count * 4)
        for number in 0..<count {
            var barcode = barcode(number)
            let hash = barcode.withUTF8 { Self.hash($0) }
            var slot = hash & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(number + 1)
        }
    }

    /// FNV-1a, mixed once more: barcodes are mostly running numbers.
    private static func hash(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        hash = (hash ^ hash >> 32) &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: hash >> 17)
    }
}

/// Writes an item's fields one after the other: barcode, key and call number first, since they are asked for most.
private struct PackedItemWriter {
    var bytes: [UInt8]
    var words: WordList

    mutating func write(_ shelved: ShelvedItem) {
        let item = shelved.item
        write(item.barcode)
        write(shelved.key?.bytes)
        for text in [
            item.callNumber, item.title, item.itemIdentifier, item.recordIdentifier, item.systemSortKey,
            item.enumeration, item.copyNumber, item.lastSeen, item.parts.map(String.init),
        ] { write(text) }
        for word in [
            item.scheme.rawValue, item.status.rawValue, item.statusText, item.homeBranch, item.holdingBranch,
            item.location, item.permanentLocation, item.collection, item.itemType, item.owner,
        ] { write(word: word) }
    }

    /// The number of a word that comes again and again, else its letters after a number that no word has.
    private mutating func write(word: String?) {
        guard let word else { return write(length: nil) }
        let number = words.number(of: word)
        let isListed = words[number] == word
        write(length: isListed ? Int(number) : Int(UInt16.max))
        if !isListed { write(word) }
    }

    private mutating func write(_ text: String?) {
        guard var text else { return write(length: nil) }
        text.withUTF8 { utf8 in
            write(length: utf8.count)
            bytes.append(contentsOf: utf8)
        }
    }

    private mutating func write(_ field: [UInt8]?) {
        write(length: field?.count)
        if let field { bytes.append(contentsOf: field) }
    }

    /// Seven bits a byte, lowest first; 0 stands for a field that is not there.
    private mutating func write(length: Int?) {
        var rest = length.map { $0 + 1 } ?? 0
        while rest > 0x7F {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}

/// Reads what ``PackedItemWriter`` wrote, in its order. The bytes never come from outside.
private struct PackedItemReader {
    let bytes: [UInt8]
    let words: WordList
    var offset: Int

    mutating func item() -> ShelvedItem {
        let barcode = text() ?? ""
        let key = key()
        var item = Item(barcode: barcode, callNumber: text())
        item.title = text()
        item.itemIdentifier = text()
        item.recordIdentifier = text()
        item.systemSortKey = text()
        item.enumeration = text()
        item.copyNumber = text()
        item.lastSeen = text()
        item.parts = text().flatMap { Int($0) }
        item.scheme = word().flatMap(CallNumberScheme.init(rawValue:)) ?? .local
        item.status = word().flatMap(ItemStatus.init(rawValue:)) ?? .unknown
        item.statusText = word()
        item.homeBranch = word()
        item.holdingBranch = word()
        item.location = word()
        item.permanentLocation = word()
        item.collection = word()
        item.itemType = word()
        item.owner = word()
        return ShelvedItem(item: item, key: key)
    }

    private mutating func word() -> String? {
        guard let number = length() else { return nil }
        return number == Int(UInt16.max) ? text() : words[UInt16(number)]
    }

    mutating func text() -> String? {
        field().map { String(decoding: bytes[$0], as: UTF8.self) }
    }

    mutating func key() -> ShelfKey? {
        field().map { ShelfKey(bytes: Array(bytes[$0])) }
    }

    mutating func skip() {
        _ = field()
    }

    func isBarcode(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var reader = self
        guard let field = reader.field(), field.count == text.count else { return false }
        return bytes[field].elementsEqual(text)
    }

    private mutating func field() -> Range<Int>? {
        guard let length = length() else { return nil }
        defer { offset += length }
        return offset..<(offset + length)
    }

    private mutating func length() -> Int? {
        var length = 0
        var shift = 0
        while bytes[offset] > 0x7F {
            length |= Int(bytes[offset] & 0x7F) << shift
            shift += 7
            offset += 1
        }
        length |= Int(bytes[offset]) << shift
        offset += 1
        return length > 0 ? length - 1 : nil
    }
}
