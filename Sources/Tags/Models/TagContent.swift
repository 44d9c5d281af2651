import Wire

/// What shall stand on a tag, whatever the model: the elements of ISO 28560-1.
package struct TagContent: Hashable, Sendable {
    /// The barcode as a rule; empty when it was taken from a tag that has none.
    package var primaryItemIdentifier: String
    /// ISIL with its hyphen.
    package var ownerInstitution: String?
    /// `nil` writes what a single item is: nothing in ISO 28560-2, 1 of 1 in fixed layouts.
    package var setInformation: SetInformation?
    /// `nil` writes an item for circulation: nothing in ISO 28560-2, main class 1 in ISO 28560-3.
    package var typeOfUsage: TypeOfUsage?
    /// Further elements by number (ISO 28560-1: 6 shelf location, 17 title, …), as text; one-byte codes as two
    /// hexadecimal digits.
    package var others: [Int: String]
    /// Element numbers that shall end up in locked blocks; empty unless a site asks for it, since locking is for ever.
    package var lockedElements: Set<Int>

    package init(
        primaryItemIdentifier: String,
        ownerInstitution: String? = nil,
        setInformation: SetInformation? = nil,
        typeOfUsage: TypeOfUsage? = nil,
        others: [Int: String] = [:],
        lockedElements: Set<Int> = []
    ) {
        self.primaryItemIdentifier = primaryItemIdentifier
        self.ownerInstitution = ownerInstitution
        self.setInformation = setInformation
        self.typeOfUsage = typeOfUsage
        self.others = others
        self.lockedElements = lockedElements
    }
}

extension TagContent {
    /// What a tag says, ready to be written again; place holders and fields of no element number are left out.
    package init(_ tag: LibraryTag) {
        self.init(
            primaryItemIdentifier: tag.primaryItemIdentifier ?? "",
            ownerInstitution: tag.ownerInstitution,
            setInformation: tag.setInformation,
            typeOfUsage: tag.typeOfUsage
        )
        for element in tag.elements {
            guard let oid = element.oid else { continue }
            if element.locked == true, oid != DataElement.contentParameter.oid { lockedElements.insert(oid) }
            if oid > 5, others[oid] == nil, !element.isPlaceholder { others[oid] = element.value }
        }
    }

    /// An element's value as text; `nil` when it is absent or empty.
    package func value(of element: DataElement) -> String? {
        let value =
            switch element {
            case .primaryItemIdentifier: primaryItemIdentifier
            case .ownerInstitution: ownerInstitution
            case .setInformation: setInformation?.digits
            case .typeOfUsage: typeOfUsage.map { Hex.string($0.rawValue) }
            default: others.isEmpty ? nil : others[element.oid]
            }
        return value?.isEmpty == true ? nil : value
    }

    /// Elements with a value, by rising number; refuses numbers that are no library element and numbers out of range.
    package func values() throws(EncodeError) -> [(element: DataElement, text: String)] {
        if let setInformation, setInformation.digits == nil {
            throw .unrepresentable(
                field: DataElement.setInformation.name,
                value: "\(setInformation.total), \(setInformation.ordinal)",
                wanted: "two numbers from 0 to 999"
            )
        }
        if let (oid, value) = others.first(where: { !(6...26).contains($0.key) }) {
            throw .unrepresentable(field: "element \(oid)", value: value, wanted: "an element from 6 to 26")
        }
        var values: [(element: DataElement, text: String)] = []
        values.reserveCapacity(4 + others.count)
        for element in DataElement.allCases[...5] {
            if let text = value(of: element) { values.append((element, text)) }
        }
        for oid in others.keys.sorted() {
            if let element = DataElement(oid: oid), let text = value(of: element) { values.append((element, text)) }
        }
        // A tag that holds one zero and nothing else only keeps a place: it would be read as absent.
        if let (element, _) = values.first(where: { $0.text == "\u{0}" }) {
            throw .unrepresentable(field: element.name, value: "\\0", wanted: "more than a single zero")
        }
        return values
    }
}
