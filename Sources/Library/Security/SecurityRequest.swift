package import Tags

/// A tag on the pad with what was read of it.
package struct PadTag: Hashable, Sendable {
    /// The tag's number, as the pad heard it.
    package var uid: TagUID
    /// What its memory says, by the data model that it was taken for.
    package var content: LibraryTag
    /// What the tag told; ``SecurityMark/eas`` only where the site uses it.
    package var mark: SecurityMark

    package init(uid: TagUID, content: LibraryTag, mark: SecurityMark) {
        self.uid = uid
        self.content = content
        self.mark = mark
    }
}

/// Somebody asks that an item on a pad be released or secured.
package struct SecurityRequest: Hashable, Sendable {
    /// As whoever asks calls the item.
    package var barcode: String
    /// Every barcode by which its tags may name it; the journal files it under ``ItemNames/own``.
    package var names: ItemNames
    /// What all parts of the item shall say.
    package var wanted: SecurityState
    /// Why: a loan, a return, or staff who ask for it.
    package var cause: SecurityCause
    /// The reader's name in the configuration: `pad-1`.
    package var reader: String
    /// How the item stands, when a patron asks at a kiosk: the table's column for kiosks has its say. `nil` where staff
    /// ask.
    package var standingAtKiosk: ItemStanding?

    /// Without `names` the item has no barcode but this one.
    package init(
        barcode: String,
        names: ItemNames? = nil,
        wanted: SecurityState,
        cause: SecurityCause,
        reader: String,
        standingAtKiosk: ItemStanding? = nil
    ) {
        self.barcode = barcode
        self.names = names ?? ItemNames(own: barcode)
        self.wanted = wanted
        self.cause = cause
        self.reader = reader
        self.standingAtKiosk = standingAtKiosk
    }
}

/// Whether a request may be carried out, and how.
package enum SecurityDecision: Hashable, Sendable {
    /// Journal the intent, write, and read back. `notes` are for the person at the pad.
    case flip(SecurityIntent, notes: [String])
    /// Every part says so already and nobody but us is concerned; nothing is written.
    case alreadySo([TagUID])
    case refused(SecurityRefusal)
}

extension SecurityPolicy {
    /// Decides about `request` from everything that lies on the pad.
    ///
    /// `item` is what the holdings say of the barcode. All parts are changed or none: nothing is written while one is
    /// missing, foreign or odd.
    package func decide(
        _ request: SecurityRequest,
        onPad tags: [PadTag],
        item: Item?,
        at moment: Moment
    ) -> SecurityDecision {
        let names = request.names.all
        let parts = tags.filter { $0.content.primaryItemIdentifier.map(names.contains) == true }
            .sorted { $0.uid < $1.uid }
        guard !parts.isEmpty else { return .refused(.notOnPad(barcode: request.barcode, tags: tags.count)) }
        for part in parts {
            if let refusal = refusal(part, item: item) { return .refused(refusal) }
        }
        if let refusal = SecurityRefusal(setOf: parts) { return .refused(refusal) }
        var changes: [SecurityChange] = []
        for part in parts {
            switch change(part, to: request.wanted) {
            case .success(let change): changes.append(change)
            case .failure(let refusal): return .refused(refusal)
            }
        }
        if let refusal = kioskRefusal(request, parts) { return .refused(refusal) }
        // A loan or return is written down even so: the journal knows of it before the next holdings do.
        if !request.cause.isLoan, changes.allSatisfy({ $0.before.says($0.wanted) }) {
            return .alreadySo(changes.map(\.uid))
        }
        let intent = SecurityIntent(
            barcode: request.names.own,
            changes: changes,
            wanted: request.wanted,
            cause: request.cause,
            reader: request.reader,
            at: moment
        )
        return .flip(intent, notes: notes(parts, item: item))
    }

    /// Why a patron does not get the item at a kiosk; only lending is refused there.
    private func kioskRefusal(_ request: SecurityRequest, _ parts: [PadTag]) -> SecurityRefusal? {
        guard let standing = request.standingAtKiosk, request.wanted == .disarmed else { return nil }
        let says = TagsSay(ItemSecurity(parts: parts.map { security(of: $0.uid, $0.mark) }))
        let row = table.row(says, standing)
        return row.kiosk == .refuse ? .notAtKiosk(row.reason) : nil
    }

    private func change(_ part: PadTag, to state: SecurityState) -> Result<SecurityChange, SecurityRefusal> {
        guard let wanted = mark(for: state, on: part.uid) else { return .failure(.noMeans(part.uid)) }
        guard part.mark.answers(wanted) else { return .failure(.unread(part.uid)) }
        switch security(of: part.uid, part.mark) {
        case .armed, .disarmed: break
        case .other(let afi): return .failure(.otherValue(part.uid, afi: afi))
        case .unread: return .failure(.unread(part.uid))
        }
        if let afi = part.mark.afi, wanted.afi != nil, case .other = security(afi) {
            return .failure(.otherValue(part.uid, afi: afi))
        }
        let before = SecurityMark(
            afi: wanted.afi == nil ? nil : part.mark.afi,
            eas: wanted.eas == nil ? nil : part.mark.eas
        )
        return .success(SecurityChange(uid: part.uid, before: before, wanted: wanted))
    }

    private func refusal(_ part: PadTag, item: Item?) -> SecurityRefusal? {
        if part.content.typeOfUsage?.isPatronCard == true { return .patronCard }
        switch part.content.recognition.confidence {
        case .certain: break
        case .maybe where item != nil: break
        case .maybe, .no: return .unknownFormat(part.uid, reason: part.content.recognition.reason)
        }
        return switch owner(of: part.content) {
        case .own, .assumedOwn: nil
        case .unnamed: .ownerNotNamed(part.uid)
        case .other(let name): .foreignOwner(name)
        }
    }

    private func notes(_ parts: [PadTag], item: Item?) -> [String] {
        var notes: [String] = []
        if item == nil { notes.append("barcode is not in the holdings") }
        if let expected = item?.parts, expected > parts.count {
            notes.append(
                "the holdings count \(expected) parts, \(parts.count) with a tag lie here: see that all are there"
            )
        } else if let set = parts.first?.content.setInformation, set.ordinal == 0, set.total > parts.count {
            notes.append(
                "the tag speaks for \(set.total) parts, \(parts.count) with a tag lie here: see that all are there"
            )
        }
        return notes
    }
}
