import Tags
import Wire

/// A tag's memory for people: what it says, then every block with the fields its bytes belong to.
struct TagPage {
    var explanation: TagExplanation
    var palette: Palette

    private var tag: LibraryTag { explanation.tag }
    private var memory: TagMemory { explanation.memory }

    var lines: [String] { summary + [""] + HexView(explanation: explanation, palette: palette).lines }

    var summary: [String] {
        var lines = [
            line("model", "\(tag.model) (\(tag.recognition.confidence.rawValue): \(tag.recognition.reason))"),
            line("item", tag.primaryItemIdentifier ?? "no item number"),
        ]
        if let owner = tag.ownerInstitution { lines.append(line("owner", owner)) }
        if let set = tag.setInformation { lines.append(line("set", Self.text(set))) }
        if let usage = tag.typeOfUsage { lines.append(line("usage", Self.text(usage))) }
        lines.append(line("security", security))
        if let dsfid = memory.dsfid { lines.append(line("DSFID", Hex.string(dsfid))) }
        if let checksum = tag.checksum { lines.append(line("checksum", text(checksum))) }
        if let missing { lines.append(line("read on", missing)) }
        return lines + tag.problems.map { line("problem", $0, .bad) }
    }

    /// The blocks without which nobody can tell the item, where so few were given that some are missing.
    private var missing: String? {
        guard !tag.isReliable, tag.model != BlankModel.name, tag.model != Part4Model.name,
            case .read(let blocks) = ReadPlan(after: memory)
        else { return nil }
        return "blocks \(blocks.lowerBound) to \(blocks.upperBound - 1) as well, to be sure of the item"
    }

    private var security: String {
        guard let afi = memory.afi else { return "not stated (AFI not read)" }
        return "\(explanation.security.rawValue) (AFI \(Hex.string(afi)))"
    }

    private func text(_ checksum: TagChecksum) -> String {
        let stored = checksum.text(checksum.stored)
        if checksum.isRight { return "\(checksum.kind) \(stored), right" }
        return "\(checksum.kind) stored \(stored), computed \(checksum.text(checksum.computed)): wrong"
    }

    private static func text(_ set: SetInformation) -> String {
        switch (set.total, set.ordinal) {
        case (0...1, 0...1): "one part"
        case (_, 0): "stands for all \(set.total) parts"
        default: "part \(set.ordinal) of \(set.total)"
        }
    }

    private static func text(_ usage: TypeOfUsage) -> String {
        let code = Hex.string(usage.rawValue)
        return switch usage.mainClass {
        case 0: "\(code): acquisition item"
        case 1: "\(code): item for circulation"
        case 2: "\(code): item not for circulation"
        case 3, 4: "\(code): local use"
        case 6: "\(code): no information about usage"
        case 7: "\(code): discarded item"
        case 8: "\(code): patron card"
        case 9: "\(code): library equipment"
        default: code
        }
    }

    private func line(_ name: String, _ text: String, _ tone: Palette.Tone? = nil) -> String {
        let text = text.visible
        return palette.paint(name.padded(to: 10), .strong) + (tone.map { palette.paint(text, $0) } ?? text)
    }
}
