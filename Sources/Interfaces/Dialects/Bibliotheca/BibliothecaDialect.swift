import Foundation
import Library
import Operations
import Tags

/// Bibliotheca staffConnect Link's TagService, as the Koha RFID plugin, PMB and Alma's Bibliotheca mode call it.
///
/// Protocol source: ils §1.1 and §1.2, restated from the calls of koha-plugin-rfid and of PMB's driver.
/// Quirks: `GetItems` and `SetTagSecurity` come with one slash or two; older Koha plugins name the barcode where newer
/// ones name the tag, and send PUT instead of POST, and look into `IsConnectedResult` for a member, so that no service
/// that says true is one to them; Koha writes only to the first tag of a set, so that any tag means the whole set;
/// `IsSecured` is 0 for a secured item and 2 for one that is not; PMB spells `IsSecutirySupported` so, sends truth values
/// as texts and wants as many tags of an item as `SetSize` says.
/// Tested with: the calls of both clients, against the simulated pad.
package struct BibliothecaDialect: WorkstationDialect {
    package static let identity = DialectIdentity(
        name: "bibliotheca",
        title: "Bibliotheca TagService (Koha, PMB, Alma)",
        port: 21645
    )

    private static let base = ["TagService", "Web"]
    private let place: DialectPlace

    package init(_ place: DialectPlace) {
        self.place = place
    }

    private enum Verb: String {
        case isConnected = "isconnected"
        case isOnline = "isonline"
        case connectReader = "connectreader"
        case getItems = "getitems"
        case setTagSecurity = "settagsecurity"
        case writeTag = "writetag"
    }

    private static func verb(_ call: DialectCall) -> Verb? {
        guard let words = call.words(behind: base), words.count == 1 else { return nil }
        return Verb(rawValue: words[0].lowercased())
    }

    package static func changes(_ call: DialectCall) -> Bool {
        switch verb(call) {
        case .setTagSecurity, .writeTag: true
        default: false
        }
    }

    package func answer(_ call: DialectCall) async -> DialectAnswer? {
        guard let verb = Self.verb(call) else { return nil }
        let isPost = ["POST", "PUT"].contains(call.method)
        do throws(DialectProblem) {
            switch (verb, isPost) {
            case (.isConnected, false): return Self.json(BibliothecaMessage.state("IsConnected", await isThere()))
            case (.isOnline, false): return Self.json(BibliothecaMessage.state("IsOnline", await isThere()))
            case (.connectReader, _): return Self.json(BibliothecaMessage.state("ConnectReader", await isThere()))
            case (.getItems, false):
                // A blank tag is an item without barcode to the pages: Koha stops at it with the stack beside it, and PMB
                // gives nothing back again and again. Only pages that may write have a use for it.
                let items = try await place.items().filter { $0.kind != .blank || place.writesTags }
                return Self.json(BibliothecaMessage.Items(items))
            case (.setTagSecurity, true):
                try await secure(try Self.read(call))
                return Self.json(BibliothecaMessage.state("SetTagSecurity", true))
            case (.writeTag, true):
                try await write(try Self.read(call))
                return Self.json(BibliothecaMessage.state("WriteTag", true))
            default: throw DialectProblem(status: 405, text: "\(call.method): not a way to ask for \(verb.rawValue)")
            }
        } catch {
            return Self.refusal(error)
        }
    }

    package static func refusal(_ problem: DialectProblem) -> DialectAnswer {
        var answer = json(BibliothecaMessage.Failure(errorMessage: problem.sentence))
        answer.status = problem.status
        return answer
    }

    /// Whether the pad answers.
    private func isThere() async -> Bool {
        if case .success = await place.desk.items(on: place.pad, showingCards: false) { true } else { false }
    }

    private func secure(_ wanted: BibliothecaMessage.Security) async throws(DialectProblem) {
        guard let name = wanted.tagId, !name.isEmpty else {
            throw DialectProblem(
                status: 400,
                text: "tagId: found nothing, wanted the number of a tag",
                hint: "the item has no tag that could be read: lay it flat on the pad"
            )
        }
        try await place.secure(try await place.barcode(named: name), wanted.isSecured)
    }

    private func write(_ wanted: BibliothecaMessage.Writing) async throws(DialectProblem) {
        let tag = wanted.tag
        guard tag.type == BibliothecaMessage.ItemType.item.rawValue, tag.format == BibliothecaMessage.formatISO28560
        else {
            throw DialectProblem(
                status: 409,
                text:
                    "tag \(tag.id): found type \(tag.type) in format \(tag.format), wanted an item in ISO 28560 (768)",
                hint: "cards are never written and tags never emptied here; items are written as the site profile says"
            )
        }
        guard let uid = TagUID(hex: tag.id), let barcode = tag.field("ItemID"), (1...200).contains(barcode.utf8.count)
        else { throw DialectProblem(status: 400, text: "tag: found no number or no ItemID, wanted both") }
        let set = SetInformation(
            total: tag.field("SetSize").flatMap(Int.init) ?? 1,
            ordinal: tag.field("SetNumber").flatMap(Int.init) ?? 1
        )
        guard set.digits != nil else { throw DialectProblem(status: 400, text: "set: found numbers beyond 999") }
        let wanted: SecurityState = tag.isSecured == false ? .disarmed : .armed
        try await place.write(TagWritingOrder(uid: uid, barcode: barcode, set: set, wanted: wanted))
    }

    private static func read<Value: Decodable>(_ call: DialectCall) throws(DialectProblem) -> Value {
        do {
            return try JSONDecoder().decode(Value.self, from: Data(call.body))
        } catch {
            throw DialectProblem(
                status: 400,
                text: "body: found something else, wanted the JSON of \(call.path.last ?? "")"
            )
        }
    }

    private static func json(_ value: some Encodable) -> DialectAnswer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Values of text and numbers cannot fail to encode.
        let body = (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
        return DialectAnswer(type: "application/json; charset=utf-8", body: body)
    }
}
