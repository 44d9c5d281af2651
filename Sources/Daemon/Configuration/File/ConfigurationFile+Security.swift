import Library

/// `[security]` and `[[security.rule]]`.
extension ConfigurationFile {
    static func security(from top: inout ConfigurationTable) -> Configuration.Security {
        var settings = Configuration.Security()
        guard var table = top.subtable("security") else { return settings }
        if let value = table.integer("armed", in: 0...255) { settings.armed = UInt8(value) }
        if let value = table.integer("released", in: 0...255) { settings.released = UInt8(value) }
        if let values = table.integers("also-armed", in: 0...255) { settings.alsoArmed = Set(values.map { UInt8($0) }) }
        if let values = table.integers("also-released", in: 0...255) {
            settings.alsoReleased = Set(values.map { UInt8($0) })
        }
        if let mechanism = table.choice("mechanism", of: SecurityMechanism.self) { settings.mechanism = mechanism }
        if let devices = table.choices("repair", of: SecurityDevice.self) { settings.repairs = Set(devices) }
        if let rule = table.choice("unfinished", of: UnfinishedRule.self) { settings.unfinished = rule }
        if let minutes = table.integer("fresh-minutes", in: 1...1440) { settings.freshMinutes = minutes }
        if let isOn = table.boolean("tags-without-owner") { settings.acceptsTagsWithoutOwner = isOn }
        settings.passwordFile = table.string("password-file", wanted: "the path of a file with the tags' password")
            .map(TagPasswordFile.init(path:))
        for var inner in table.subtables("rule") {
            if let rule = rule(from: &inner) { settings.rules.append(rule) }
            inner.finish()
            table.merge(inner)
        }
        for problem in SecurityPolicy(settings).problems {
            table.refuse(
                "released",
                found: problem,
                wanted: "values that mean one thing",
                hint: "0x07 and 0xC2 are what most libraries use"
            )
        }
        table.finish()
        top.merge(table)
        return settings
    }

    private static func rule(from table: inout ConfigurationTable) -> SecurityRule? {
        let tags = table.requiredChoice("tags", of: TagsSay.self)
        let item = table.requiredChoice("item", of: ItemStanding.self)
        let pad = table.choice("pad", of: SecurityAdvice.self)
        let kiosk = table.choice("kiosk", of: SecurityAdvice.self)
        let gate = table.choice("gate", of: GateResponse.self)
        let wand = table.choice("wand", of: SecurityAdvice.self)
        guard let tags, let item else { return nil }
        guard ["pad", "kiosk", "gate", "wand"].contains(where: { table.has($0) }) else {
            table.refuse(nil, found: "nothing that changes", wanted: "one of pad, kiosk, gate, wand")
            return nil
        }
        let rule = SecurityRule(tags: tags, item: item, pad: pad, kiosk: kiosk, wand: wand, gate: gate)
        if let problem = rule.problem {
            table.refuse(
                nil,
                found: problem,
                wanted: "a rule that keeps to that",
                hint: "see the row with: pressmark security table --standard --tags \"\(tags.rawValue)\""
            )
            return nil
        }
        return rule
    }
}

extension SecurityPolicy {
    /// The site's policy, as its configuration has it; whose items they are stands under `[library]`.
    init(_ settings: Configuration.Security, institutions: [String] = []) {
        self.init(
            armedValue: settings.armed,
            disarmedValue: settings.released,
            alsoArmed: settings.alsoArmed,
            alsoDisarmed: settings.alsoReleased,
            mechanism: settings.mechanism,
            ownInstitutions: Set(institutions),
            acceptsTagsWithoutOwner: settings.acceptsTagsWithoutOwner,
            table: SecurityTable(rules: settings.rules, repairs: settings.repairs),
            freshness: .seconds(settings.freshMinutes * 60),
            unfinished: settings.unfinished
        )
    }
}
