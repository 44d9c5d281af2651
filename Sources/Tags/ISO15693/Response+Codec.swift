package import Wire

extension ISO15693.Response {
    /// Reads a tag's answer to `frame`, check bytes included.
    ///
    /// `blockSize` cuts the answer to a read of several blocks; without it, see ``blockSize(ofAnswer:blocks:)``. Throws
    /// when the frame is damaged or is no answer to this request.
    package init(
        onAir bytes: [UInt8],
        answering frame: ISO15693.RequestFrame,
        blockSize: Int? = nil
    ) throws(ParseError) {
        try self.init(content: ISO15693.FrameCheck.opening(bytes), answering: frame, blockSize: blockSize)
    }

    /// The same without check bytes: response flags and what follows them.
    ///
    /// Of the response flags only the error flag is looked at (iso15693 §1.2).
    package init(
        content: [UInt8],
        answering frame: ISO15693.RequestFrame,
        blockSize: Int? = nil
    ) throws(ParseError) {
        var reader = ByteReader(content)
        let flags = try reader.byte("response flags")
        guard flags & 0x01 == 0 else {
            self = .error(ISO15693.TagError(code: try reader.byte("error code")))
            try reader.finish()
            return
        }
        let extensionFlag = frame.header.flags.contains(.protocolExtension)
        switch frame.request {
        case .readSingleBlock, .readMultipleBlocks, .fastReadMultipleBlocks,
            .extended(.readSingleBlock), .extended(.readMultipleBlocks), .extended(.fastReadMultipleBlocks):
            self = .blocks(try Self.blocks(parsing: &reader, asked: frame.request, blockSize: blockSize))
        case .systemInformation:
            self = .systemInformation(try ISO15693.SystemInformation(parsing: &reader, wide: extensionFlag))
        case .extended(.systemInformation):
            self = .systemInformation(try ISO15693.SystemInformation(parsing: &reader, wide: true))
        case .blockSecurity(_, let count), .extended(.blockSecurity(_, let count)):
            guard 1...count ~= reader.remaining else {
                throw .truncated(field: "block security", offset: reader.offset, wanted: count, found: reader.remaining)
            }
            self = .blockSecurity(Array(reader.rest()))
        case .custom, .cryptographic:
            self = reader.isAtEnd ? .done : .data(Array(reader.rest()))
        default:
            self = .done
        }
        try reader.finish()
    }

    /// The answer's content as a tag sends it, without check bytes.
    package func content(answering request: ISO15693.Request, protocolExtension: Bool = false) -> [UInt8] {
        var writer = ByteWriter()
        if case .error(let error) = self {
            writer.bytes([0x01, error.code])
            return writer.bytes
        }
        writer.byte(0x00)
        switch self {
        case .done, .error: break
        case .blocks(let blocks):
            for block in blocks {
                if let security = block.security { writer.byte(security) }
                writer.bytes(block.data)
            }
        case .systemInformation(let information):
            if case .extended(.systemInformation(let parameters)) = request {
                information.write(to: &writer, wide: true, wideBlocks: parameters.contains(.wideBlocks))
            } else {
                information.write(to: &writer, wide: protocolExtension)
            }
        case .blockSecurity(let bytes), .data(let bytes):
            writer.bytes(bytes)
        }
        return writer.bytes
    }
}

extension ISO15693.Response {
    private static func blocks(
        parsing reader: inout ByteReader,
        asked: ISO15693.Request,
        blockSize: Int?
    ) throws(ParseError) -> [ISO15693.Block] {
        let count = asked.blocksAsked ?? 1
        let status = asked.withSecurity ? 1 : 0
        let size = blockSize ?? Self.blockSize(ofAnswer: reader.remaining, blocks: count, withSecurity: status == 1)
        guard 1...32 ~= size, reader.remaining > 0, reader.remaining.isMultiple(of: size + status),
            reader.remaining / (size + status) <= count
        else {
            throw .invalid(
                field: "blocks",
                offset: reader.offset,
                found: "\(reader.remaining) bytes",
                wanted: "1 to \(count) blocks of \(size + status)"
            )
        }
        var blocks: [ISO15693.Block] = []
        while !reader.isAtEnd {
            let security = status == 1 ? try reader.byte("block security") : nil
            blocks.append(ISO15693.Block(data: Array(try reader.bytes(size, "block")), security: security))
        }
        return blocks
    }

    /// The size of one block in an answer to a read of `blocks` blocks, when the tag's geometry is not known.
    ///
    /// A full answer of 1-, 4-, 8- or 32-byte blocks (the sizes there are) says it by its length. A shorter one comes
    /// from a tag whose memory ended; then 4 bytes, the size on nearly every library tag, is assumed.
    package static func blockSize(ofAnswer bytes: Int, blocks: Int, withSecurity: Bool) -> Int {
        let status = withSecurity ? 1 : 0
        guard blocks > 0, bytes.isMultiple(of: blocks) else { return 4 }
        let size = bytes / blocks - status
        if blocks == 1 { return size }
        return [4, 8, 32, 1].contains(size) ? size : 4
    }
}
