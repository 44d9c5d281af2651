import Foundation
import Operations

/// Tech Logic's CircIT, as the Koha RFID plugin calls it.
///
/// Protocol source: ils §1.1, restated from koha-plugin-rfid.
/// Quirks: the path below which it is found is `/Temporary_Listen_Addresses` on Windows without administrator's rights
/// and nothing elsewhere, so that both are answered; the bit is changed by GET, which any page could send: such a call
/// must name a page that stands in the list; the plugin puts the barcode into the path as it is, so that one with a
/// slash (`1995/1234`) is several segments.
/// Port: the plugin asks 80, which a service without rights may not take, unless Koha's `RFIDCircitPort` names another;
/// 8090 is what the plugin's own tests name.
/// Tested with: the calls of the plugin, against the simulated pad.
package struct CircITDialect: WorkstationDialect {
    package static let identity = DialectIdentity(name: "circit", title: "Tech Logic CircIT", port: 8090)

    private static let base = ["Temporary_Listen_Addresses"]
    private let place: DialectPlace

    package init(_ place: DialectPlace) {
        self.place = place
    }

    private enum Verb {
        case alive, getItems
        case setSecurity(barcode: String, secured: String)
    }

    private static func verb(_ call: DialectCall) -> Verb? {
        let words = call.words(behind: base) ?? call.path
        switch (words.first?.lowercased(), words.count) {
        case ("alive", 1): return .alive
        case ("getitems", 1): return .getItems
        case ("setsecurity", let count) where count > 2:
            let barcode = words[1..<count - 1].joined(separator: "/")
            return .setSecurity(barcode: barcode, secured: words[count - 1].lowercased())
        default: return nil
        }
    }

    package static func changes(_ call: DialectCall) -> Bool {
        if case .setSecurity = verb(call) { true } else { false }
    }

    package func answer(_ call: DialectCall) async -> DialectAnswer? {
        guard let verb = Self.verb(call) else { return nil }
        do throws(DialectProblem) {
            switch verb {
            case .alive:
                // A device that is away is said in the body, where the plugin looks.
                guard case .failure(let refusal) = await place.desk.items(on: place.pad, showingCards: false) else {
                    return Self.json(CircITMessage(status: true, statuscode: 0))
                }
                return Self.json(CircITMessage(status: false, statuscode: 1, message: DialectProblem(refusal).sentence))
            case .getItems:
                return Self.json(CircITMessage(try await place.items()))
            case .setSecurity(let barcode, let secured):
                guard let secured = ["true": true, "1": true, "false": false, "0": false][secured] else {
                    throw DialectProblem(status: 400, text: "security: found \(secured), wanted true or false")
                }
                try await place.secure(barcode, secured)
                return Self.json(CircITMessage(status: true, statuscode: 0))
            }
        } catch {
            return Self.refusal(error)
        }
    }

    package static func refusal(_ problem: DialectProblem) -> DialectAnswer {
        var answer = json(CircITMessage(status: false, statuscode: 1, message: problem.sentence))
        answer.status = problem.status
        return answer
    }

    private static func json(_ value: CircITMessage) -> DialectAnswer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let body = (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
        return DialectAnswer(type: "application/json; charset=utf-8", body: body)
    }
}
