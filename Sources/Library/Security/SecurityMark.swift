package import Tags

/// What a tag says for security: its AFI, its EAS bit, or both. What is `nil` was not asked for or not told.
package struct SecurityMark: Hashable, Sendable {
    /// Application family identifier: 07 for in library and C2 for on loan in ISO 28560 practice.
    package var afi: UInt8?
    /// `true`: the gate rings.
    package var eas: Bool?

    package init(afi: UInt8? = nil, eas: Bool? = nil) {
        self.afi = afi
        self.eas = eas
    }

    /// A mark of the AFI alone, which is what most sites use.
    package static func afi(_ value: UInt8) -> SecurityMark { SecurityMark(afi: value) }
}

extension SecurityMark {
    /// Whether this is all that `wanted` asks for; what `wanted` does not name does not matter.
    package func says(_ wanted: SecurityMark) -> Bool {
        (wanted.afi == nil || wanted.afi == afi) && (wanted.eas == nil || wanted.eas == eas)
    }

    /// Whether everything that `wanted` names is known.
    func answers(_ wanted: SecurityMark) -> Bool {
        (wanted.afi == nil || afi != nil) && (wanted.eas == nil || eas != nil)
    }
}

extension SecurityMark: CustomStringConvertible {
    package var description: String {
        let words = [
            afi.map { "AFI \(SecurityPolicy.text($0))" }, eas.map { $0 ? "EAS on" : "EAS off" },
        ].compactMap(\.self)
        return words.isEmpty ? "nothing" : words.joined(separator: ", ")
    }
}

extension SecurityPolicy {
    /// By which means this very tag is secured: a chip without EAS has only its AFI where the site uses both, and none
    /// where the site uses EAS alone.
    package func mechanism(on uid: TagUID) -> SecurityMechanism? {
        guard mechanism != .afi else { return .afi }
        if Self.hasEAS(uid) { return mechanism }
        return mechanism == .both ? .afi : nil
    }

    /// What is written to this tag for `state`; `nil` when the tag lacks the site's only means.
    package func mark(for state: SecurityState, on uid: TagUID) -> SecurityMark? {
        guard let means = mechanism(on: uid) else { return nil }
        return SecurityMark(
            afi: means == .eas ? nil : value(for: state),
            eas: means == .afi ? nil : state == .armed
        )
    }

    /// Judges what was read of this very tag.
    package func security(of uid: TagUID, _ mark: SecurityMark) -> TagSecurity {
        guard let means = mechanism(on: uid) else { return .unread }
        var policy = self
        policy.mechanism = means
        return policy.security(afi: mark.afi, eas: mark.eas)
    }

    /// Whether the chip has an EAS bit that can be asked for; an NXP chip that is not in the table is tried.
    private static func hasEAS(_ uid: TagUID) -> Bool {
        guard uid.manufacturer == Manufacturer.nxp.rawValue else { return false }
        return Chip(recognising: uid)?.customCommands.contains(NXP.SetEAS.code) ?? true
    }
}
