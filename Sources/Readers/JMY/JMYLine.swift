import Wire

/// The conversation with one JMY6xx module, which takes nothing while it is busy: one question at a time.
struct JMYLine: ~Copyable, Sendable {
    private var line: FrameLine<JMYDecoder>
    private var mayBringStaleReply = false

    /// A module's search through a full field; it is slow and tells nothing before it has all.
    private static let limit = Duration.seconds(2)
    private static let ownLimit = Duration.milliseconds(500)

    init(_ link: consuming any Link & ~Copyable) {
        line = FrameLine(link, JMYDecoder())
    }

    /// Sends a command and gives the data of its reply, or `nil` when the module says that it failed.
    ///
    /// A reply with a wrong checksum is asked for once more when the command may be repeated without harm.
    mutating func ask(
        _ code: JMYCode,
        _ data: [UInt8] = [],
        mayRepeat: Bool = true
    ) async throws(ReaderError) -> [UInt8]? {
        if mayBringStaleReply { _ = try await product() }
        return try await exchange(code, data, within: Self.limit, attempts: mayRepeat ? 2 : 1)
    }

    /// Who the module is; its reply also says that no older one is under way, since replies come in order.
    mutating func product() async throws(ReaderError) -> JMYProduct {
        guard let data = try await exchange(.productInformation, [], within: Self.ownLimit, attempts: 2) else {
            throw .refused(code: ~JMYCode.productInformation.rawValue, meaning: "product information not told")
        }
        mayBringStaleReply = false
        return try JMYProduct(reply: data)
    }

    private mutating func exchange(
        _ code: JMYCode,
        _ data: [UInt8],
        within limit: Duration,
        attempts: Int
    ) async throws(ReaderError) -> [UInt8]? {
        var attempts = attempts
        while true {
            try await line.drain()
            try await line.send(JMYFrame(command: code.rawValue, data: data).bytes)
            attempts -= 1
            let heard = try await line.listen(for: "\(code)", within: limit) { frame -> JMYFrame? in
                [code.rawValue, ~code.rawValue].contains(frame.command) ? frame : nil
            }
            switch heard {
            case .reply(let frame):
                return frame.command == code.rawValue ? frame.data : nil
            case .damaged(let error):
                // It may have been noise, and the reply still under way: it does not say what it answers.
                mayBringStaleReply = true
                if attempts == 0 { throw .malformed(error) }
            case .silence:
                mayBringStaleReply = true
                throw .noReply(command: "\(code)")
            }
        }
    }
}
