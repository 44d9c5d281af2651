package import Wire

/// The data sets of an ISO 28560-2 tag, one behind the other from byte 0.
package struct DataSetChain: Sendable {
    /// Why the chain goes no further.
    package enum Ending: Hashable, Sendable {
        /// A precursor 00 at the offset; bytes behind it mean nothing.
        case terminator(at: Int)
        /// The last data set ends where the bytes end.
        case memoryFull
        /// A data set that does not fit in the bytes there are.
        case broken(at: Int, ParseError)
    }

    /// A data set and the bytes it takes.
    package struct Link: Hashable, Sendable {
        package var dataSet: DataSet
        package var range: Range<Int>
    }

    package private(set) var links: [Link] = []
    package private(set) var ending = Ending.memoryFull
    /// Precursors 80, which stand alone and mean nothing.
    package private(set) var nullBytes = 0

    package init(_ bytes: [UInt8], from start: Int = 0) {
        guard start <= bytes.count else { return }
        links.reserveCapacity(6)
        var reader = ByteReader(bytes[start...])
        while let precursor = reader.next {
            let offset = start + reader.offset
            if precursor == 0x00 {
                ending = .terminator(at: offset)
                return
            }
            if precursor == 0x80 {
                _ = try? reader.byte("null byte")
                nullBytes += 1
                continue
            }
            do throws(ParseError) {
                let dataSet = try DataSet(parsing: &reader)
                links.append(Link(dataSet: dataSet, range: offset..<(start + reader.offset)))
            } catch {
                ending = .broken(at: offset, error)
                return
            }
        }
    }

    /// First byte behind the last data set.
    package var end: Int { links.last?.range.upperBound ?? 0 }

    /// Elements found besides the identifier and the content parameter.
    package var contentParameter: ContentParameter {
        ContentParameter(links.lazy.map(\.dataSet.oid))
    }
}
