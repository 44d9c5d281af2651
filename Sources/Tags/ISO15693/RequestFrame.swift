package import Wire

extension ISO15693 {
    /// Whom a request is for.
    package enum Recipient: Hashable, Sendable {
        /// The tag with this UID, alone.
        case tag(TagUID)
        /// The tag that was selected before.
        case selected
        /// Every tag in the field that is not quiet.
        case everyone
    }

    /// A request as it goes on air: flags, command, maker's code, UID, parameters, check bytes (iso15693 §1.1).
    ///
    /// Our side writes only to a tag it names: what changes a tag cannot be built for everyone. The tag's side,
    /// parsing, takes what comes.
    package struct RequestFrame: Hashable, Sendable {
        /// Flags, command, maker's code and UID, as they suit request and recipient.
        package let header: RequestHeader
        /// What is asked of the tag; its parameters follow the header.
        package let request: Request

        private init(header: RequestHeader, request: Request) {
            self.header = header
            self.request = request
        }
    }
}

extension ISO15693.RequestFrame {
    /// A request to one tag.
    ///
    /// `answerOnEndOfFrame` sets the option flag on a write: the tag then answers only after a lone end of frame, as
    /// Texas Instruments chips demand. `protocolExtension` sets the flag of the same name. Throws when a block number,
    /// a count or a length cannot be said in the command's fields, and for a maker's command to another maker's tag.
    package init(
        _ request: ISO15693.Request,
        to uid: TagUID,
        answerOnEndOfFrame: Bool = false,
        protocolExtension: Bool = false
    ) throws(EncodeError) {
        if case .custom(let custom) = request, custom.manufacturer != uid.manufacturer {
            throw .unrepresentable(
                field: "manufacturer",
                value: Hex.string(custom.manufacturer),
                wanted: "\(Hex.string(uid.manufacturer)), the maker of tag \(uid)"
            )
        }
        try self.init(
            request,
            recipient: .tag(uid),
            answerOnEndOfFrame: answerOnEndOfFrame,
            protocolExtension: protocolExtension
        )
    }

    /// A request that changes nothing, to every tag that is not quiet; `nil` for anything that writes, locks, selects
    /// or silences.
    package init?(toEveryone request: ISO15693.Request) {
        switch request {
        case .stayQuiet, .select: return nil
        case .custom(let custom) where custom.silences: return nil
        default: break
        }
        guard !request.isWrite, !request.isIrreversible else { return nil }
        try? self.init(request, recipient: .everyone, answerOnEndOfFrame: false, protocolExtension: false)
    }

    private init(
        _ request: ISO15693.Request,
        recipient: ISO15693.Recipient,
        answerOnEndOfFrame: Bool,
        protocolExtension: Bool
    ) throws(EncodeError) {
        try request.check(protocolExtension: protocolExtension)
        var flags: ISO15693.RequestFlags = .highDataRate
        var manufacturer: UInt8?
        if case .custom(let custom) = request {
            manufacturer = custom.manufacturer
            if custom.option { flags.insert(.option) }
        }
        if request.withSecurity || (request.isWrite && answerOnEndOfFrame) { flags.insert(.option) }
        if protocolExtension { flags.insert(.protocolExtension) }
        var uid: TagUID?
        if case .tag(let tag) = recipient {
            flags.insert(.address)
            uid = tag
        }
        header = ISO15693.RequestHeader(flags: flags, code: request.code, manufacturer: manufacturer, uid: uid)
        self.request = request
    }

    /// Whether the tag will keep its answer until the reader sends a lone end of frame.
    package var waitsForEndOfFrame: Bool {
        guard header.flags.contains(.option), request.isWrite else { return false }
        if case .custom(let custom) = request { return custom.optionMeansTiming }
        return true
    }
}

extension ISO15693.RequestFrame: ByteParsable, ByteWritable {
    /// The content without check bytes.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        header = try ISO15693.RequestHeader(parsing: &reader)
        request = try ISO15693.Request(parsing: &reader, header: header)
    }

    package func write(to writer: inout ByteWriter) {
        header.write(to: &writer)
        request.writeParameters(to: &writer, wide: header.flags.contains(.protocolExtension))
    }
}

extension ISO15693.RequestFrame {
    /// A whole frame as it arrived on air.
    package init(onAir frame: [UInt8]) throws(ParseError) {
        try self.init(ISO15693.FrameCheck.opening(frame))
    }

    /// The whole frame, check bytes included.
    package var onAir: [UInt8] { ISO15693.FrameCheck.sealing(bytes) }
}
