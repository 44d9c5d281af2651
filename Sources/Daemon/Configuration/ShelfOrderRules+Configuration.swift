import Library

extension ShelfOrderRules {
    /// `[shelf-order]`: the switches where libraries differ; what is left out is as in most libraries.
    init(from table: inout ConfigurationTable) {
        self = .standard
        if let place = table.choice("work-mark", of: WorkMarkPlace.self) { workMark = place }
        if let ignores = table.boolean("ignore-cutter-x") { ignoresCutterX = ignores }
        if let reads = table.boolean("roman-volumes") { readsRomanVolumes = reads }
        if let whole = table.boolean("thematic-numbers-whole") { thematicNumbersAreWhole = whole }
        if let first = table.boolean("sudoc-letters-first") { sudocLettersFirst = first }
        if let first = table.boolean("local-letters-first") { localLettersFirst = first }
        if let trusts = table.boolean("trust-ils-key") { trustsSystemKey = trusts }
        if let letters = table.choice("alphabet", of: FilingAlphabet.self) { alphabet = letters }
        if let words = table.strings("parts") {
            let parts = words.compactMap(CallNumberPart.init(rawValue:))
            if parts.count == words.count, Set(parts).count == parts.count {
                partOrder = parts
            } else {
                table.refuse(
                    "parts",
                    found: "\(words)",
                    wanted: "\"date\", \"volume\" and \"copy\", each once, in their order"
                )
            }
        }
        prefixes = Self.prefixes(from: &table) ?? prefixes
    }

    /// `[[shelf-order.prefix]]`: a word before the class that is a place, with its rank.
    private static func prefixes(from table: inout ConfigurationTable) -> [ShelfPrefix]? {
        guard table.has("prefix") else {
            table.allow(["prefix"])
            return nil
        }
        var prefixes: [ShelfPrefix] = []
        for var entry in table.subtables("prefix") {
            let word = entry.string("word", wanted: "a word in letters, such as \"REF\"")
            if word == nil, !entry.has("word") {
                entry.refuse("word", found: "nothing", wanted: "a word in letters, such as \"REF\"")
            }
            let rank = entry.integer("rank", in: -50...50) ?? 0
            let isAlphabetical = entry.boolean("alphabetical") ?? false
            if let word {
                // With any other sign in it, or an accent, it would be a switch that never does anything.
                if !(1...20).contains(word.utf8.count) || !word.utf8.allSatisfy({ ($0 | 0x20) &- 0x61 < 26 }) {
                    entry.refuse(
                        "word",
                        found: "\"\(word)\"",
                        wanted: "1 to 20 letters A to Z",
                        hint: "a number is read up to the first other sign: DVD for DVD-ROM; write Ö as it is filed"
                    )
                }
                prefixes.append(ShelfPrefix(word.uppercased(), rank: rank, filesAlphabetically: isAlphabetical))
            }
            entry.finish()
            table.merge(entry)
        }
        return prefixes
    }
}
