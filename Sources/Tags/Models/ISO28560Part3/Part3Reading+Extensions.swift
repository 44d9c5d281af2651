import Wire

extension Part3Reading {
    /// Reads the blocks from byte 34 to the end block, a broken one or the end of the memory.
    func addExtensions(to tag: inout LibraryTag, hasLongIdentifier: Bool) {
        var reader = ByteReader(bytes[min(BasicBlock.byteCount, bytes.count)...])
        while let first = reader.next {
            let offset = BasicBlock.byteCount + reader.offset
            if first <= 1 {
                _ = try? reader.byte("end or filler block")
                let name = first == 0 ? "endBlock" : "fillerBlock"
                tag.elements.append(mark(name, "", at: offset, length: 1))
                if first == 0 { return }
                continue
            }
            do throws(ParseError) {
                add(try ExtensionBlock(parsing: &reader), at: offset, to: &tag, hasLongIdentifier: hasLongIdentifier)
            } catch {
                tag.problems.append("extension block at byte \(offset) cannot be read: \(error)")
                return
            }
        }
    }

    private func mark(_ name: String, _ value: String, at offset: Int, length: Int) -> TagElement {
        let range = offset..<(offset + length)
        return TagElement(
            oid: nil,
            name: name,
            value: value,
            raw: Array(bytes[range]),
            offset: offset,
            length: length,
            locked: memory.lockState(of: range)
        )
    }

    private func add(
        _ block: ExtensionBlock,
        at offset: Int,
        to tag: inout LibraryTag,
        hasLongIdentifier: Bool
    ) {
        guard block.isRight else {
            tag.problems.append(
                "\(block.name) at byte \(offset): checksum stored \(Hex.string(block.checksum)), "
                    + "computed \(Hex.string(block.computedChecksum)), block dropped"
            )
            tag.elements.append(mark(block.name, "checksum wrong", at: offset, length: block.byteCount))
            return
        }
        guard let fields = ExtensionBlock.fields[block.id] else {
            tag.elements.append(mark(block.name, "id \(block.id)", at: offset, length: block.byteCount))
            return
        }
        let placement = placement(of: block, at: offset)
        let header = placement.start - offset
        tag.elements.append(mark(block.name, "id \(block.id)", at: offset, length: header))
        var position = placement.start
        for field in fields {
            guard position < placement.end else { break }
            let isFixed = field == .mediaFormat
            let rest = bytes[position..<placement.end]
            let value = isFixed ? rest.prefix(1) : rest.prefix { $0 != 0 }
            let length = isFixed ? 1 : min(value.count + 1, rest.count)
            if !value.isEmpty {
                let text = isFixed ? Hex.string(value) : BasicBlockText.string(value)
                let owner = owningElement(of: field, text, tag, hasLongIdentifier: hasLongIdentifier)
                var found = element(owner, text, Array(value), at: position, length: length)
                // Media format 00 says nothing, it only keeps the place of the fixed byte.
                if isFixed, value.first == 0 { found.oid = nil }
                tag.elements.append(found)
                if owner == .primaryItemIdentifier { tag.primaryItemIdentifier = text }
                if owner == .ownerInstitution { tag.ownerInstitution = text }
            }
            position += length
        }
        if placement.end < offset + block.byteCount {
            tag.problems.append("\(block.name) at byte \(offset): its checksum stands at the end")
        }
    }

    /// Where a block's fields start and end: behind the header, or, where that gives no text and the other does, with
    /// the checksum at the end of the block as one old program writes it.
    private func placement(of block: ExtensionBlock, at offset: Int) -> (start: Int, end: Int) {
        let end = offset + block.byteCount
        let fixed = block.id == 1 ? 1 : 0
        let usual = (start: offset + ExtensionBlock.headerByteCount, end: end)
        let other = (start: usual.start - 1, end: end - 1)
        guard block.data.count > fixed, !isText(bytes[(usual.start + fixed)..<usual.end]),
            isText(bytes[(other.start + fixed)..<other.end])
        else { return usual }
        return other
    }

    private func isText(_ field: ArraySlice<UInt8>) -> Bool {
        field.allSatisfy { $0 == 0 || $0 >= 0x20 && $0 != 0x7F } && String(validating: field, as: UTF8.self) != nil
    }

    /// The library block keeps the identifier and the owner that the basic block has no room for, else alternative ones.
    private func owningElement(
        of field: DataElement,
        _ text: String,
        _ tag: LibraryTag,
        hasLongIdentifier: Bool
    ) -> DataElement {
        switch field {
        case .alternativeItemIdentifier where hasLongIdentifier && tag.primaryItemIdentifier == nil:
            .primaryItemIdentifier
        case .alternativeOwnerInstitution where tag.ownerInstitution == nil && OwnerField.isISIL(text):
            .ownerInstitution
        default: field
        }
    }
}
