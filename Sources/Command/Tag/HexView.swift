import Tags
import Wire

/// Memory block by block. A letter under each byte names the field it belongs to; the field stands beside the block it
/// starts in. Runs of blocks that are zero and belong to nothing are drawn as one line.
///
///     block  bytes        field
///       0    91 00 05 1C  aaaa  a  1 primaryItemIdentifier = 123456789012
///       1    BE 99 1A 14  aaaa
///       2    02 01 D0 14  bbbc  b  2 contentParameter = D0
///                               c  4 setInformation = 1203
struct HexView {
    var explanation: TagExplanation
    var palette: Palette

    private static let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")

    private var bytes: [UInt8] { explanation.memory.bytes }
    private var blockSize: Int { max(1, explanation.memory.blockSize) }
    private var elements: [TagElement] { explanation.tag.elements }

    var lines: [String] {
        let owners = owners
        let count = (bytes.count + blockSize - 1) / blockSize
        var lines = [palette.paint(heading, .faint)]
        var block = 0
        while block < count {
            let empty = (block..<count).prefix { isEmpty($0, owners) }.count
            if empty > 2 {
                lines.append(emptyRow(block..<(block + empty)))
                block += empty
            } else {
                lines += rows(block, owners)
                block += 1
            }
        }
        return lines + [unread].compactMap(\.self)
    }

    /// For each byte the element it belongs to.
    private var owners: [Int?] {
        var owners = [Int?](repeating: nil, count: bytes.count)
        for (index, element) in elements.enumerated() {
            let start = max(0, element.offset)
            let (end, overflow) = start.addingReportingOverflow(max(0, element.length))
            for place in start..<max(start, min(overflow ? bytes.count : end, bytes.count)) { owners[place] = index }
        }
        return owners
    }

    private var heading: String {
        "block  " + "bytes".padded(to: blockSize * 3 + 1) + "field".padded(to: blockSize)
    }

    private func rows(_ block: Int, _ owners: [Int?]) -> [String] {
        let places = places(of: block)
        let texts = places.map { paint(Hex.string(bytes[$0]), owners[$0]) }
        let letters = places.map { paint(letter(owners[$0]), owners[$0]) }
        let missing = blockSize - places.count
        let hex = texts.joined(separator: " ") + String(repeating: "   ", count: missing)
        let marks = letters.joined() + String(repeating: " ", count: missing)
        let lock = explanation.memory.isLocked(byteAt: block * blockSize) ? "L" : " "
        let number = String(repeating: " ", count: max(0, 4 - String(block).count)) + "\(block)\(lock) "
        let starting = elements.indices.filter { places.contains(elements[$0].offset) }
        let first = "\(number) \(hex)  \(marks)" + (starting.first.map { "  " + note($0) } ?? "")
        let margin = String(repeating: " ", count: 7 + blockSize * 3 + 1 + blockSize + 2)
        return [first.trimmingEnd] + starting.dropFirst().map { margin + note($0) }
    }

    private func emptyRow(_ blocks: Range<Int>) -> String {
        let numbers = "\(blocks.lowerBound)-\(blocks.upperBound - 1)"
        return palette.paint(numbers.padded(to: 6) + " 00 in \(blocks.count) blocks", .faint)
    }

    private func note(_ index: Int) -> String {
        let element = elements[index]
        let number = element.oid.map { "\($0) " } ?? ""
        let packing = element.compaction.map { " (\($0.name))" } ?? ""
        let locked = element.locked == true ? ", locked" : ""
        let value = element.value.isEmpty ? "" : " = \(element.value)"
        let text = "\(letter(index))  \(number)\(element.name)\(value)\(packing)\(locked)".visible
        return paint(text, index)
    }

    private var unread: String? {
        guard let blockCount = explanation.memory.blockCount, explanation.memory.isPartial else { return nil }
        let read = bytes.count / blockSize
        return palette.paint("blocks \(read) to \(blockCount - 1) were not read", .notice)
    }

    private func isEmpty(_ block: Int, _ owners: [Int?]) -> Bool {
        places(of: block).allSatisfy { bytes[$0] == 0 && owners[$0] == nil }
    }

    private func places(of block: Int) -> Range<Int> {
        (block * blockSize)..<min(block * blockSize + blockSize, bytes.count)
    }

    private func letter(_ index: Int?) -> String {
        guard let index else { return "." }
        return index < Self.letters.count ? String(Self.letters[index]) : "+"
    }

    /// Neighbouring fields in turn in two colours.
    private func paint(_ text: String, _ owner: Int?) -> String {
        guard let owner else { return palette.paint(text, .faint) }
        return palette.paint(text, owner.isMultiple(of: 2) ? .first : .second)
    }
}
