extension LibraryTag {
    /// Appends an element found at `range`; `raw` is the value without fill where that is not all of the range.
    mutating func add(
        _ element: DataElement,
        _ value: String,
        raw: ArraySlice<UInt8>? = nil,
        at range: Range<Int>,
        of memory: TagMemory
    ) {
        append(element.oid, element.name, value, raw, range, memory)
    }

    /// Appends a field that is no element of ISO 28560-1, such as a checksum.
    mutating func add(_ field: String, _ value: String, at range: Range<Int>, of memory: TagMemory) {
        append(nil, field, value, nil, range, memory)
    }

    private mutating func append(
        _ oid: Int?,
        _ name: String,
        _ value: String,
        _ raw: ArraySlice<UInt8>?,
        _ range: Range<Int>,
        _ memory: TagMemory
    ) {
        elements.append(
            TagElement(
                oid: oid,
                name: name,
                value: value,
                raw: raw ?? memory.bytes[range],
                offset: range.lowerBound,
                length: range.count,
                locked: memory.lockState(of: range)
            )
        )
    }
}
