extension LibraryTag {
    /// Appends an element found at `range`; its value stands at `valueRange` where fill or a separator follows it.
    mutating func add(
        _ element: DataElement,
        _ value: String,
        in valueRange: Range<Int>? = nil,
        at range: Range<Int>
    ) {
        append(element.oid, element.name, value, valueRange ?? range, range)
    }

    /// Appends a field that is no element of ISO 28560-1, such as a checksum.
    mutating func add(_ field: String, _ value: String, at range: Range<Int>) {
        append(nil, field, value, range, range)
    }

    private mutating func append(
        _ oid: Int?,
        _ name: String,
        _ value: String,
        _ valueRange: Range<Int>,
        _ range: Range<Int>
    ) {
        elements.append(
            TagElement(
                oid: oid,
                name: name,
                value: value,
                valueRange: valueRange,
                offset: range.lowerBound,
                length: range.count,
                locked: memory.lockState(of: range)
            )
        )
    }
}
