import API
import Hummingbird
import Library
import Operations
import Tags

/// One tag on the bench: explained byte by byte, and written by the site's profile.
struct TagBenchRoutes {
    let desk: ServiceDesk

    func add(to router: Router<some RequestContext>) {
        router.get("/v1/readers/:name/tags/:uid") { _, context in
            try Response.json(await explain(try uid(context), on: try context.word("name")))
        }
        router.post("/v1/readers/:name/tags/:uid") { request, context in
            try Response.json(
                await write(try await request.json(), on: try uid(context), at: try context.word("name"))
            )
        }
    }

    private func uid(_ context: some RequestContext) throws -> TagUID {
        let text = try context.word("uid")
        guard let uid = TagUID(hex: text) else {
            throw Problem.invalid("uid", found: "'\(text.prefix(64))'", wanted: "16 hexadecimal digits")
        }
        return uid
    }

    private func explain(_ uid: TagUID, on reader: String) async throws -> ExplainedTag {
        guard let found = try await desk.tag(uid, on: reader) else {
            throw Problem.notFound("tag \(uid) on \(reader)", hint: "lay it flat in the middle of the pad")
        }
        let items = try desk.items([found.tag.content?.primaryItemIdentifier].compactMap(\.self))
        return ExplainedTag(found.tag, eas: found.eas, policy: desk.policy, items: items)
    }

    private func write(
        _ wanted: TagWritingRequest,
        on uid: TagUID,
        at reader: String
    ) async throws -> TagWritingResult {
        let order = try order(wanted, on: uid)
        let station = try desk.station(reader)
        guard station.setup.role == .pad else {
            throw Problem.invalid("reader", found: "a \(station.setup.role.rawValue)", wanted: "a pad")
        }
        // What was once read from a tag is no item yet: only the holdings say which barcodes there are.
        let isKnown = try desk.items([wanted.barcode])[wanted.barcode] != nil
        guard isKnown || wanted.acceptUnknown == true else {
            throw Problem(
                type: "unknown-item",
                title: "Not in the holdings",
                status: 409,
                detail: "barcode: found '\(wanted.barcode)', wanted one of the holdings",
                hint: "compare it with the item in hand; acceptUnknown writes it all the same"
            )
        }
        return TagWritingResult(order, await desk.workstations.writeNow(order, on: station))
    }

    private func order(_ wanted: TagWritingRequest, on uid: TagUID) throws -> TagWritingOrder {
        guard (1...200).contains(wanted.barcode.utf8.count) else {
            throw Problem.invalid("barcode", found: "\(wanted.barcode.utf8.count) bytes", wanted: "1 to 200")
        }
        let (parts, part) = (wanted.parts ?? 1, wanted.part ?? 1)
        guard (1...255).contains(parts) else { throw Problem.invalid("parts", found: "\(parts)", wanted: "1 to 255") }
        guard (1...parts).contains(part) else {
            throw Problem.invalid("part", found: "\(part)", wanted: "1 to \(parts)")
        }
        return TagWritingOrder(
            uid: uid,
            barcode: wanted.barcode,
            set: SetInformation(total: parts, ordinal: part),
            wanted: SecurityState(wanted.want ?? .secured)
        )
    }
}

extension TagWritingResult {
    fileprivate init(_ order: TagWritingOrder, _ refusal: WorkstationRefusal?) {
        let outcome: Outcome =
            switch refusal {
            case nil: .written
            case .refused: .refused
            default: .failed
            }
        self.init(
            uid: order.uid.description,
            barcode: order.barcode,
            outcome: outcome,
            reason: refusal?.description ?? "written and read back",
            hint: refusal?.hint
        )
    }
}
