import Wire

extension Part3Reading {
    /// Reads the blocks from byte 34 to the end block, a broken one or the end of the memory.
    func addExtensions(to tag: inout LibraryTag) {
        var reader = ByteReader(memory.bytes[min(BasicBlock.byteCount, memory.bytes.count)...])
        while let first = reader.next {
            let offset = BasicBlock.byteCount + reader.offset
            if first <= 1 {
                _ = try? reader.byte("end or filler block")
                let name = first == 0 ? "endBlock" : "fillerBlock"
                tag.add(name, "", at: offset..<(offset + 1))
                if first == 0 { return }
                continue
            }
            do throws(ParseError) {
                add(try ExtensionBlock(parsing: &reader), at: offset, to: &tag)
            } catch {
                tag.problems.append("extension block at byte \(offset) cannot be read: \(error)")
                return
            }
        }
    }

    private func add(_ block: ExtensionBlock, at offset: Int, to tag: inout LibraryTag) {
        let whole = offset..<(offset + block.byteCount)
        guard block.isRight else {
            tag.problems.append(
                "\(block.name) at byte \(offset): checksum stored \(Hex.string(block.checksum)), "
                    + "computed \(Hex.string(block.computedChecksum)), block dropped"
            )
            tag.add(block.name, "checksum wrong", at: whole)
            return
        }
        guard let fields = ExtensionBlock.fields[block.id] else {
            tag.add(block.name, "id \(block.id)", at: whole)
            return
        }
        let placement = placement(of: block, at: offset)
        tag.add(block.name, "id \(block.id)", at: offset..<placement.start)
        var position = placement.start
        for field in fields {
            guard position < placement.end else { break }
            let isFixed = field == .mediaFormat
            let rest = memory.bytes[position..<placement.end]
            let value = isFixed ? rest.prefix(1) : rest.prefix { $0 != 0 }
            let length = isFixed ? 1 : min(value.count + 1, rest.count)
            if !value.isEmpty {
                let isCode = isFixed || field == .supplyChainStage && value.count == 1 && (value.first ?? 0) < 0x20
                let text = isCode ? Hex.string(value) : BasicBlockText.string(value)
                let owner = owningElement(
                    of: field,
                    text,
                    lacksIdentifier: tag.primaryItemIdentifier == nil,
                    lacksOwner: tag.ownerInstitution == nil
                )
                let range = position..<(position + length)
                if isFixed, value.first == 0 {
                    // It says nothing and only keeps the place of the fixed byte.
                    tag.add(owner.name, text, at: range)
                } else {
                    tag.add(owner, text, in: position..<(position + value.count), at: range)
                }
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
        guard block.data.count > fixed, !isText(texts(of: block, in: (usual.start + fixed)..<usual.end)),
            isText(texts(of: block, in: (other.start + fixed)..<other.end))
        else { return usual }
        return other
    }

    /// The bytes of a block's text fields: without a single byte in the last field of an acquisition block, since the
    /// supply chain stage is a number to some writers and text to others.
    private func texts(of block: ExtensionBlock, in range: Range<Int>) -> ArraySlice<UInt8> {
        let bytes = memory.bytes[range]
        let front = bytes.dropLast()
        guard block.id == 2, front.last == 0, front.count(where: { $0 == 0 }) == 5 else { return bytes }
        return front
    }

    private func isText(_ field: ArraySlice<UInt8>) -> Bool {
        guard field.allSatisfy({ $0 == 0 || $0 >= 0x20 && $0 != 0x7F }) else { return false }
        return field.allSatisfy { $0 < 0x80 } || String(validating: field, as: UTF8.self) != nil
    }

    /// The library block keeps the identifier and the owner that the basic block has no room for, else alternative
    /// ones.
    private func owningElement(
        of field: DataElement,
        _ text: String,
        lacksIdentifier: Bool,
        lacksOwner: Bool
    ) -> DataElement {
        switch field {
        case .alternativeItemIdentifier where hasLongIdentifier && lacksIdentifier:
            .primaryItemIdentifier
        case .alternativeOwnerInstitution where lacksOwner && OwnerField.isISIL(text):
            .ownerInstitution
        default: field
        }
    }
}
