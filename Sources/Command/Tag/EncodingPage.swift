import Tags
import Wire

/// What to write on a tag, block after block, for a person with a reader's own tool.
struct EncodingPage {
    var encoding: TagEncoding
    var palette: Palette

    var lines: [String] {
        var lines = [
            line(
                "model",
                "\(encoding.model), \(encoding.over.geometry.blockCount) blocks of \(encoding.over.blockSize)"
            ),
            line("item", encoding.content.primaryItemIdentifier),
            line("over", before),
            line("DSFID", Hex.string(encoding.dsfid)),
            line("AFI", Hex.string(encoding.afi)),
            line("bytes", Hex.string(encoding.plan.result)),
            "",
        ]
        lines += writes
        lines.append(line("left", BlockList.text(encoding.leftAlone)))
        if !encoding.plan.blocksToLock.isEmpty {
            lines.append(line("lock", BlockList.text(encoding.plan.blocksToLock) + ", for ever, when all is read back"))
        }
        lines.append(line("torn away", String(describing: encoding.plan.interruption)))
        return lines
    }

    private var before: String {
        guard let tag = encoding.before else { return "a new tag, all zeros" }
        return "\(tag.model), " + (tag.primaryItemIdentifier.map { "item \($0)" } ?? "no item number")
    }

    private var writes: [String] {
        guard !encoding.plan.writes.isEmpty else { return [line("writes", "none, the tag has these bytes already")] }
        let cleared = Set(encoding.cleared)
        return [palette.paint("write  block  bytes", .faint)]
            + zip(1..., encoding.plan.writes).map { number, write in
                let numbers = right(number, 5) + "  " + right(write.block, 5)
                let note = cleared.contains(write.block) ? "  cleared" : ""
                return "\(numbers)  \(Hex.string(write.bytes, separator: " "))\(note)"
            } + [""]
    }

    private func right(_ number: Int, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - String(number).count)) + String(number)
    }

    private func line(_ name: String, _ text: String) -> String {
        palette.paint(name.padded(to: 10), .strong) + text.visible
    }
}
