extension LibraryTag {
    /// Appends an element found at `range`; `raw` is the value without fill where that is not all of the range.
    mutating func add(
        _ element: DataElement,
        _ value: String,
        raw: [UInt8]? = nil,
        at range: Range<Int>,
        of memory: TagMemory
    ) {
        add(element.name, value, raw: raw, at: range, of: memory)
        elements[elements.count - 1].oid = element.oid
    }

    /// Appends a field that is no element of ISO 28560-1, such as a checksum.
    mutating func add(
        _ field: String,
        _ value: String,
        raw: [UInt8]? = nil,
        at range: Range<Int>,
        of memory: TagMemory
    ) {
        elements.append(
            TagElement(
                oid: nil,
                name: field,
                value: value,
                raw: raw ?? Array(memory.bytes[range]),
                offset: range.lowerBound,
                length: range.count,
                locked: memory.lockState(of: range)
            )
        )
    }
}
