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

    /// Where a data set stands and what its header says.
    package struct Link: Hashable, Sendable {
        /// Element, packing, pad count and length as they stand on the tag.
        package var header: DataSet.Header
        /// From the precursor to the last pad byte.
        package var range: Range<Int>
        /// The packed value.
        package var dataRange: Range<Int>
    }

    /// The memory the chain was read from, all of it.
    package let bytes: [UInt8]
    /// In memory order; those in front of a broken one are kept.
    package private(set) var links: [Link] = []
    /// Where reading stopped and why.
    package private(set) var ending = Ending.memoryFull
    /// Precursors 80, which stand alone and mean nothing.
    package private(set) var nullBytes = 0

    /// Reads the chain from byte `start` on. Never throws: what cannot be read becomes ``ending``; offsets count from
    /// byte 0.
    package init(_ bytes: [UInt8], from start: Int = 0) {
        self.bytes = bytes
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
                let header = try DataSet.Header(parsing: &reader)
                let dataStart = start + reader.offset
                try reader.skip(header.length + (header.padCount ?? 0), DataElement.name(oid: header.oid))
                links.append(
                    Link(
                        header: header,
                        range: offset..<(start + reader.offset),
                        dataRange: dataStart..<(dataStart + header.length)
                    )
                )
            } catch {
                ending = .broken(at: offset, error)
                return
            }
        }
    }

    /// The data set of a link of this chain.
    package func dataSet(_ link: Link) -> DataSet {
        DataSet(
            oid: link.oid,
            compaction: link.compaction,
            padCount: link.header.padCount,
            data: bytes[link.dataRange],
            padByte: link.dataRange.upperBound < link.range.upperBound ? bytes[link.dataRange.upperBound] : 0
        )
    }

    /// Elements found besides the identifier and the content parameter.
    package var contentParameter: ContentParameter {
        links.reduce(into: ContentParameter()) { $0.insert($1.oid) }
    }
}

extension DataSetChain.Link {
    /// The element's number in ISO 28560-1.
    package var oid: Int { header.oid }
    /// How the value is packed.
    package var compaction: Compaction { header.compaction }
}
