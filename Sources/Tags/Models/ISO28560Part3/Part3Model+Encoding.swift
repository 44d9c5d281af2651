import Wire

extension BasicBlock {
    /// The block for `content`, its owner in a field of `ownerRoom` bytes; refuses what would have to be cut short.
    /// What is `moved` into the library block leaves its mark: 01 for an identifier, nothing for an owner.
    init(_ content: TagContent, ownerRoom: Int, moved: MovedFields) throws(EncodeError) {
        if let element = content.lockedElements.min() {
            throw .unrepresentable(
                field: DataElement.name(oid: element),
                value: "locked",
                wanted: "open: in ISO 28560-3 a locked byte freezes the whole basic block"
            )
        }
        let set = content.setInformation ?? .single
        guard let parts = UInt8(exactly: set.total), let ordinal = UInt8(exactly: set.ordinal) else {
            throw .unrepresentable(
                field: DataElement.setInformation.name,
                value: "\(set.total), \(set.ordinal)",
                wanted: "two numbers up to 255"
            )
        }
        self.init(
            typeOfUsage: try Self.usageNibble(content.typeOfUsage ?? .circulation),
            partsInItem: parts,
            ordinalPart: ordinal,
            identifier: moved.identifier == nil
                ? try Self.identifierField(content.primaryItemIdentifier) : Self.filled([0x01], to: 16),
            owner: try Self.ownerField(moved.owner == nil ? content.ownerInstitution : nil, room: ownerRoom)
        )
    }

    private static func usageNibble(_ usage: TypeOfUsage) throws(EncodeError) -> UInt8 {
        guard usage.rawValue & 0x0F == 0 else {
            throw .unrepresentable(
                field: DataElement.typeOfUsage.name,
                value: Hex.string(usage.rawValue),
                wanted: "a main class without sub class"
            )
        }
        return usage.mainClass
    }

    private static func identifierField(_ identifier: String) throws(EncodeError) -> ArraySlice<UInt8> {
        let bytes = Array(identifier.utf8)
        guard bytes.count <= 16, bytes.allSatisfy({ $0 >= 0x20 }) else {
            throw .unrepresentable(
                field: DataElement.primaryItemIdentifier.name,
                value: identifier,
                wanted: "at most 16 bytes of UTF-8 without control characters"
            )
        }
        return filled(bytes[...], to: 16)
    }

    private static func ownerField(_ isil: String?, room: Int) throws(EncodeError) -> ArraySlice<UInt8> {
        guard let isil, !isil.isEmpty else { return filled([], to: room) }
        guard let bytes = OwnerField.bytes(isil), bytes.count <= room else {
            throw .unrepresentable(
                field: DataElement.ownerInstitution.name,
                value: isil,
                wanted: "an ISIL with a two-letter country and at most \(room - 2) further characters"
            )
        }
        return filled(bytes, to: room)
    }

    private static func filled(_ bytes: ArraySlice<UInt8>, to count: Int) -> ArraySlice<UInt8> {
        bytes + repeatElement(0, count: count - bytes.count)
    }
}

extension ExtensionBlock {
    /// The blocks for the elements that are not in the basic block, by rising id and only those with content.
    static func blocks(for values: [(element: DataElement, text: String)]) throws(EncodeError) -> [ExtensionBlock] {
        let further = values.filter { $0.element.oid > 5 }
        guard !further.isEmpty else { return [] }
        let hasOwner = values.contains { $0.element == .ownerInstitution }
        for (element, text) in further {
            if element == .alternativeOwnerInstitution, !hasOwner, OwnerField.isISIL(text) {
                throw .unrepresentable(
                    field: element.name,
                    value: text,
                    wanted: "an owner in the basic block, or no ISIL here"
                )
            }
            // The reader tells a block whose checksum stands elsewhere by such characters.
            guard isWritable(element), text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
                throw .unrepresentable(
                    field: element.name,
                    value: text,
                    wanted: "an element and text ISO 28560-3 has a field for"
                )
            }
        }
        var blocks: [ExtensionBlock] = []
        for id in UInt16(1)...5 {
            guard let fields = fields[id] else { continue }
            if let block = try block(id, fields, further) { blocks.append(block) }
        }
        return blocks
    }

    /// The elements of the blocks that do not fit in `room` bytes or are too long for any block; the lower id goes first.
    static func elementsWithoutRoom(
        among values: [(element: DataElement, text: String)],
        room: Int
    ) throws(EncodeError) -> [DataElement] {
        var left = room
        var without: [DataElement] = []
        for id in UInt16(1)...5 {
            guard let fields = fields[id] else { continue }
            do throws(EncodeError) {
                guard let block = try Self.block(id, fields, values) else { continue }
                if block.byteCount <= left {
                    left -= block.byteCount
                    continue
                }
            } catch {
                guard case .doesNotFit = error else { throw error }
            }
            without += fields.filter { field in values.contains { $0.element == field } }
        }
        return without
    }

    /// The supply chain stage is never written: sources disagree on whether it is a byte or text.
    private static func isWritable(_ element: DataElement) -> Bool {
        element != .supplyChainStage && fields.values.contains { $0.contains(element) }
    }

    /// Each text ends with a separator; what is empty at the end is left out, the last separator too.
    private static func block(
        _ id: UInt16,
        _ fields: [DataElement],
        _ values: [(element: DataElement, text: String)]
    ) throws(EncodeError) -> ExtensionBlock? {
        let texts = fields.map { field in values.first { $0.element == field }?.text ?? "" }
        guard let last = texts.lastIndex(where: { !$0.isEmpty }) else { return nil }
        var writer = ByteWriter()
        for (index, text) in texts[...last].enumerated() {
            if fields[index] == .mediaFormat {
                guard let code = text.isEmpty ? [0] : try? Hex.bytes(text), code.count == 1 else {
                    throw .unrepresentable(
                        field: fields[index].name,
                        value: text,
                        wanted: "two hexadecimal digits"
                    )
                }
                writer.bytes(code)
            } else {
                writer.bytes(text.utf8)
                if index < last { writer.byte(0) }
            }
        }
        guard writer.bytes.count + headerByteCount <= 255 else {
            throw .doesNotFit(needed: writer.bytes.count + headerByteCount, available: 255)
        }
        return ExtensionBlock(id: id, data: writer.bytes[...])
    }
}
