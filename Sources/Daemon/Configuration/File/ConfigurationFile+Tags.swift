import Tags

/// `[tags]`: how tags are read and written where standards and vendors disagree.
extension ConfigurationFile {
    /// How a text is packed that fits no shorter packing of ISO 28560-2.
    private enum TextPacking: String, CaseIterable {
        case latin = "iso 8859-1"
        case utf8 = "utf-8"
    }

    /// How title and ONIX media format are packed: as short as they can be, or always as UTF-8.
    private enum TitlePacking: String, CaseIterable {
        case shortest
        case utf8 = "utf-8"
    }

    /// How usage and other codes are packed.
    private enum CodePacking: String, CaseIterable {
        case applicationDefined = "application-defined"
        case octets
    }

    /// The order of elements: by their numbers, or as on the tag, with new ones behind.
    private enum ElementOrder: String, CaseIterable {
        case byNumber = "by number"
        case asFound = "as found"
    }

    /// What becomes of a value that is too long for the basic block of ISO 28560-3.
    private enum LongFields: String, CaseIterable {
        case refuse
        /// It goes to extension block 1, by the rule of 2011.
        case libraryBlock = "library block"
    }

    /// Whether a conversion brings a tag with a wrong checksum into order.
    private enum WrongChecksum: String, CaseIterable {
        case refuse, convert
    }

    /// Tags whose blocks stand back to front.
    private enum ReversedBlocks: String, CaseIterable {
        /// Read them and write them as they are; write them the usual way round; do not know them.
        case keep, turn, off
    }

    static func tags(from top: inout ConfigurationTable) -> SiteProfile {
        var profile = SiteProfile()
        guard var tags = top.subtable("tags") else { return profile }
        if let model = tags.choice("model", of: SiteProfile.Target.self) { profile.target = model }
        if let directory = tags.choice("directory", of: ReadingRules.Directory.self) {
            profile.reading.directory = directory
        }
        if let blocks = tags.choice("reversed-blocks", of: ReversedBlocks.self) {
            profile.reading.turnsBlocks = blocks != .off
            profile.keepsReversedBlocks = blocks == .keep
        }
        if let wrong = tags.choice("wrong-checksum", of: WrongChecksum.self) {
            profile.acceptsWrongChecksums = wrong == .convert
        }
        if let elements = elements("elements", in: &tags) {
            profile.elements = elements.union([.primaryItemIdentifier])
        }
        if let locked = elements("lock", in: &tags) { profile.lockedElements = locked }
        if let long = tags.choice("long-fields", of: LongFields.self) {
            profile.part3Style.movesLongFields = long == .libraryBlock
        }
        profile.style = style(from: &tags)
        tags.finish()
        top.merge(tags)
        return profile
    }

    private static func style(from tags: inout ConfigurationTable) -> Part2Style {
        var style = Part2Style.standard
        if let pad = tags.integer("pad-byte", in: 0...255) { style.padByte = UInt8(pad) }
        if let text = tags.choice("text", of: TextPacking.self) { style.prefersUTF8 = text == .utf8 }
        if let title = tags.choice("title", of: TitlePacking.self) { style.forcesUTF8OnTitle = title == .utf8 }
        if let codes = tags.choice("codes", of: CodePacking.self) {
            style.codeCompaction = codes == .octets ? .octets : .applicationDefined
        }
        if let order = tags.choice("order", of: ElementOrder.self) { style.keepsOrder = order == .asFound }
        if let reserve = tags.integer("content-parameter-reserve", in: 0...8) {
            style.contentParameterReserve = reserve
        }
        return style
    }

    /// Elements by name. The content parameter is computed and has to stay open, and no tag carries element 0.
    private static func elements(_ key: String, in tags: inout ConfigurationTable) -> Set<DataElement>? {
        guard let names = tags.strings(key) else { return nil }
        let known = DataElement.allCases.filter { ![.uniqueItemIdentifier, .contentParameter].contains($0) }
        for name in names where !known.contains(where: { $0.name == name }) {
            tags.refuse(key, found: "\"\(name)\"", wanted: "one of \(known.map(\.name).joined(separator: ", "))")
        }
        return Set(known.filter { names.contains($0.name) })
    }
}
