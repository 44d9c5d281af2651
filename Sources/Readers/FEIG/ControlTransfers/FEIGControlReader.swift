package import Tags
package import Wire

/// The oldest FEIG readers on USB, which take vendor control transfers in place of frames: PR100 and MR100-U.
///
/// One public program is the only source, and it looks for tags and does nothing else: so does this driver, and refuses
/// the rest as unsupported. The link carries setup packets out and what the device answers in.
package enum FEIGControlDriver: ReaderDriver {
    package static let identity = DriverIdentity(
        name: "feig-control",
        vendor: "FEIG ELECTRONIC",
        models: ["PR100", "MR100-U"],
        usbDevices: [],
        line: FEIGDriver.identity.line,
        hasChecksum: false
    )

    /// The interface that takes the transfers.
    package static let interface: UInt8 = 1

    /// Such a reader does not say who it is: that it answers an inventory is all that can be asked.
    package static func open(
        _ link: consuming any Link & ~Copyable
    ) async throws(ReaderError) -> any Reader & ~Copyable {
        var reader = FEIGControlReader(link: link)
        try await reader.ping()
        return reader
    }

    package static func twin() -> any ReaderTwin { FEIGControlTwin() }
}

/// See ``FEIGControlDriver``.
package struct FEIGControlReader: ~Copyable, Reader {
    package let information = ReaderInformation(model: "PR100 or MR100-U", firmware: "not told", abilities: [])
    private var link: any Link & ~Copyable

    private static let limit = Duration.milliseconds(3200)

    init(link: consuming any Link & ~Copyable) {
        self.link = link
    }

    package mutating func ping() async throws(ReaderError) {
        _ = try await ask(FEIGInventory(.once))
    }

    package mutating func resetField() async throws(ReaderError) {
        throw .unsupported("field reset on \(information.model)")
    }

    package mutating func inventory(afi: UInt8?) async throws(ReaderError) -> Inventory {
        guard afi == nil else { throw .unsupported("inventory by AFI on \(information.model)") }
        var round = FEIGInventoryRound()
        var mode = FEIGInventory.Mode.once
        while true {
            let reply = try await ask(FEIGInventory(mode))
            var tags: FEIGInventory.Reply?
            if reply.status.carriesAnswer {
                do throws(ParseError) {
                    tags = try FEIGInventory.Reply(reply.data)
                } catch {
                    throw .malformed(error)
                }
            }
            switch round.take(reply.status, tags) {
            case .fetchMore: mode = .more
            // The field cannot be reset: looking again is all that is left.
            case .lookAgain, .resetAndLook: mode = .once
            case .finished(let inventory): return inventory
            case .refused(let status): throw .refused(code: status.code, meaning: status.meaning)
            }
        }
    }

    package mutating func exchange(
        _ request: ISO15693.Request,
        with tag: TagUID
    ) async throws(ReaderError) -> ISO15693.Response {
        throw .unsupported("tag command \(Hex.string(request.code)) on \(information.model)")
    }

    private mutating func ask(_ command: FEIGInventory) async throws(ReaderError) -> FEIGReply {
        guard let transfer = FEIGControlTransfer(command) else {
            throw .unsupported("command with more than two bytes on \(information.model)")
        }
        let buffer: [UInt8]
        do throws(LinkError) {
            try await link.send(transfer.setup)
            buffer = try await link.receive(within: Self.limit)
        } catch .timedOut {
            throw .noReply(command: "\(FEIGInventory.code)")
        } catch {
            throw .link(error)
        }
        do throws(ParseError) {
            let reply = try FEIGControlTransfer.reply(buffer)
            guard reply.command == transfer.request else {
                throw .invalid(
                    field: "command",
                    offset: 1,
                    found: Hex.string(reply.command),
                    wanted: Hex.string(transfer.request)
                )
            }
            return reply
        } catch {
            throw .malformed(error)
        }
    }
}

/// The device's side: a PR100 is a reader of the frames' generation behind another transport.
package struct FEIGControlTwin: ReaderTwin {
    /// With "only new tags" it would tell each tag once, and no known transfer resets its field.
    private var device: FEIGTwin = {
        var pad = FEIGTwin.Device.pad
        pad.onlyNewTags = false
        return FEIGTwin(pad)
    }()

    package init() {}

    package mutating func receive(_ bytes: [UInt8], air: inout any Air) -> [UInt8] {
        guard let transfer = FEIGControlTransfer(setup: bytes) else { return [] }
        let data = [UInt8(transfer.index >> 8), UInt8(truncatingIfNeeded: transfer.index)]
        let frame = FEIGFrame(style: .standard, address: 0xFF, command: transfer.request, payload: data)
        guard let reply = try? FEIGFrame(device.receive(frame.bytes, air: &air)) else { return [] }
        return [reply.address, reply.command] + reply.payload
    }
}
