import Importers
import Library
import Operations
import Tags

/// MK Solutions' StaffStation, as the Koha RFID plugin calls it, with what Alma's XML mode reads and sends besides.
///
/// Protocol source: ils §1.1 and §1.3, restated from koha-plugin-rfid and from one implementation for Alma.
/// Quirks: Koha sends PUT and Alma POST; the device itself answers 404 for an empty pad, which the plugin takes for no
/// device at all when the page is loaded, so that an empty document is answered; the root's name does not matter;
/// `reader_ip` names another pad by its reader's address.
/// Tested with: the calls of both clients, against the simulated pad.
package struct MKSolutionsDialect: WorkstationDialect {
    package static let identity = DialectIdentity(
        name: "mksolutions",
        title: "MK Solutions StaffStation and Alma XML",
        port: 4039
    )

    private static let base = ["mkStaffStationAPI"]
    private let place: DialectPlace

    package init(_ place: DialectPlace) {
        self.place = place
    }

    private enum Verb: String {
        case getItems = "getitems"
        case setSecurity = "setsecurity"
        case itemUpdate = "itemupdate"
    }

    private static func verb(_ call: DialectCall) -> Verb? {
        guard let words = call.words(behind: base), words.count == 1 else { return nil }
        return Verb(rawValue: words[0].lowercased())
    }

    package static func changes(_ call: DialectCall) -> Bool {
        switch verb(call) {
        case .setSecurity, .itemUpdate: true
        default: false
        }
    }

    package func answer(_ call: DialectCall) async -> DialectAnswer? {
        guard let verb = Self.verb(call) else { return nil }
        let isPost = ["POST", "PUT"].contains(call.method)
        do throws(DialectProblem) {
            switch (verb, isPost) {
            case (.getItems, false):
                let reader = try reader(call.query["reader_ip"])
                return Self.xml(MKSolutionsMessage.items(try await place.items(on: reader)))
            case (.setSecurity, true):
                try await secure(try MKSolutionsMessage.Order(call.body))
            case (.itemUpdate, true):
                try await update(try MKSolutionsMessage.Order(call.body))
            default: throw DialectProblem(status: 405, text: "\(call.method): not a way to ask for \(verb.rawValue)")
            }
            return Self.xml(MKSolutionsMessage.success)
        } catch {
            return Self.refusal(error)
        }
    }

    package static func refusal(_ problem: DialectProblem) -> DialectAnswer {
        var answer = xml(MKSolutionsMessage.failure(problem.sentence))
        answer.status = problem.status
        return answer
    }

    private static func xml(_ body: String) -> DialectAnswer {
        DialectAnswer(type: "text/xml; charset=utf-8", body: body)
    }

    /// The pad whose reader has the address; this workstation's own when none is named, and where no pad goes by one:
    /// Alma wants an address at each desk, and a pad on USB has none.
    private func reader(_ address: String?) throws(DialectProblem) -> String {
        guard let address, !address.isEmpty, !["127.0.0.1", "::1", "localhost"].contains(address),
            !place.readersByAddress.isEmpty
        else { return place.pad }
        guard let reader = place.readersByAddress[address] else {
            throw DialectProblem(
                status: 404,
                text: "reader_ip: found \(address), wanted the address of a pad that is configured",
                hint: "leave reader_ip out for this workstation's own pad"
            )
        }
        return reader
    }

    private func secure(_ order: MKSolutionsMessage.Order) async throws(DialectProblem) {
        guard let barcode = order.barcode, let secured = order.isSecure else {
            throw DialectProblem(status: 400, text: "body: wanted <barcode> and <is_secure> true or false")
        }
        // Success would be said of all that are named.
        guard order.count == 1 else {
            throw DialectProblem(status: 400, text: "body: found \(order.count) items, wanted one <barcode>")
        }
        try await place.secure(barcode, secured, on: try reader(order.readerAddress))
    }

    /// Brings the tags of an item into line: its security, and where the item lies there on no tag, a blank one of its
    /// own.
    private func update(_ order: MKSolutionsMessage.Order) async throws(DialectProblem) {
        guard let barcode = order.barcode, order.count <= 1 else {
            throw DialectProblem(status: 400, text: "body: found \(order.count) items, wanted one <barcode>")
        }
        let reader = try reader(order.readerAddress)
        let items = try await place.items(on: reader)
        if items.contains(where: { $0.kind == .item && $0.barcode == barcode }) {
            if let secured = order.isSecure { try await place.secure(barcode, secured, on: reader) }
            return
        }
        let blanks = items.filter { $0.kind == .blank }
        guard let blank = blanks.first?.parts.first, blanks.count == 1 else {
            throw DialectProblem(
                status: 409,
                text: "item \(barcode): not on the pad, and \(blanks.count) blank tags lie there, wanted one",
                hint: "lay the item, or one new tag, alone on the pad"
            )
        }
        let wanted: SecurityState = order.isSecure == false ? .disarmed : .armed
        try await place.write(TagWritingOrder(uid: blank.uid, barcode: barcode, wanted: wanted), on: reader)
    }
}
