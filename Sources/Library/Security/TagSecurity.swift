/// What one tag says of its security, by the site's values.
package enum TagSecurity: Hashable, Sendable {
    case armed
    case disarmed
    /// A value that is neither: left alone, and a gate of this site does not ring for it.
    case other(UInt8)
    /// Not read, or it did not answer. When in doubt a tag counts as armed.
    case unread
}

extension SecurityPolicy {
    /// Judges a tag by its AFI and, where the site uses it, its EAS bit (`true`: the gate rings).
    ///
    /// With both means in use a tag is disarmed only when both say so (datamodels §2.3).
    package func security(afi: UInt8?, eas: Bool? = nil) -> TagSecurity {
        switch mechanism {
        case .afi: security(afi)
        case .eas: security(eas)
        case .both:
            switch (security(afi), security(eas)) {
            case (.armed, _), (_, .armed): .armed
            case (.other(let value), _): .other(value)
            case (.unread, _), (_, .unread): .unread
            case (.disarmed, _): .disarmed
            }
        }
    }

    /// Judges the AFI alone.
    package func security(_ afi: UInt8?) -> TagSecurity {
        guard let afi else { return .unread }
        if afi == armedValue || alsoArmed.contains(afi) { return .armed }
        if afi == disarmedValue || alsoDisarmed.contains(afi) { return .disarmed }
        return .other(afi)
    }

    private func security(_ eas: Bool?) -> TagSecurity {
        guard let eas else { return .unread }
        return eas ? .armed : .disarmed
    }
}

/// What the tags of one item say together.
package enum ItemSecurity: Hashable, Sendable {
    case armed
    case disarmed
    /// Some parts are armed and some disarmed.
    case mixed
    /// At least one part has a value that is neither.
    case other(UInt8)
    /// At least one part did not answer, and none of the cases above applies.
    case unreadable

    /// The state of an item with these parts; an item without a part that was heard is unreadable.
    package init(parts: [TagSecurity]) {
        var seen: Set<TagSecurity> = []
        for part in parts { seen.insert(part) }
        let others = seen.compactMap { part -> UInt8? in
            guard case .other(let value) = part else { return nil }
            return value
        }
        if let value = others.min() {
            self = .other(value)
        } else if seen.isSuperset(of: [.armed, .disarmed]) {
            self = .mixed
        } else if seen.isEmpty || seen.contains(.unread) {
            self = .unreadable
        } else {
            self = seen.contains(.armed) ? .armed : .disarmed
        }
    }
}
