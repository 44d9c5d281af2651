import Foundation
import Library
import Operations
import Tags
import Wire

/// A site's privacy dossier as one page to print: what is read, kept, how long, by which device and at what power, the
/// text of the sign at the door, and the skeleton of the assessment with what can be filled in from the configuration.
///
/// The sign follows EN 16570 (what must be said where RFID is read), the assessment EN 16571 and article 35 of the
/// GDPR. Both standards were used by their public summaries; the page is a draft for the library to finish, and says
/// so.
struct PrivacyDossier: Sendable {
    private let facts: PrivacyFacts
    private let date: Date
    private let tongue: ReportTongue

    init(_ facts: PrivacyFacts, at date: Date, in tongue: ReportTongue = .en) {
        self.facts = facts
        self.date = date
        self.tongue = tongue
    }

    /// A whole page with its style inside; fetches nothing.
    var html: String {
        let owners = facts.institutions.isEmpty ? say("noOwners") : escaped(facts.institutions.joined(separator: ", "))
        let day = escaped(date.formatted(.iso8601.year().month().day()))
        return """
            <!doctype html>
            <html lang="\(tongue.rawValue)"><head><meta charset="utf-8"><title>\(say("title", library))</title>
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <style>\(Self.style)</style></head><body>
            <h1>\(say("heading", library))</h1>
            <p>\(say("made", day, owners))</p>
            \(section("devices", devices))
            \(section("tags", tags))
            \(section("kept", kept))
            \(section("recipients", recipients))
            \(section("sign", sign))
            \(section("assessment", assessment))
            <p class="quiet">\(say("draft"))</p>
            </body></html>
            """
    }

    private static let style = """
        body{font:11pt/1.45 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}
        h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem;border-bottom:2px solid #111;padding-bottom:.2rem}
        h3{font-size:1rem;margin-bottom:.2rem}.quiet{color:#555}
        table{border-collapse:collapse;width:100%}caption{text-align:left;color:#555;padding-bottom:.3rem}
        th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid #ccc}
        .sign{border:3px solid #111;padding:1rem 1.5rem;margin:1rem 0;font-size:1.1rem;break-inside:avoid}
        .sign strong{font-size:1.4rem;display:block}.open{background:#fff4c2;padding:0 .3rem}
        @media print{body{margin:0;max-width:none}h2{break-after:avoid}tr{break-inside:avoid}}
        """

    // MARK: - Sections

    private var library: String { escaped(facts.library) }

    private var days: String { String(facts.gateDays) }

    private var devices: String {
        guard !facts.devices.isEmpty else { return "<p>\(say("noReaders"))</p>" }
        let rows = facts.devices.map { device in
            let role = device.role.rawValue
            let power = device.milliwatts.map { say("milliwatts", String($0)) } ?? say("powerUnknown")
            return [
                escaped(device.name), say(role + "Reads"), escaped(device.driver), escaped(device.place), power,
                say(role + "Reach"),
            ]
        }
        return table("devicesCaption", ["device", "reads", "driver", "place", "power", "reach"], rows)
    }

    private var tags: String {
        let elements = [say("itemNumber")] + facts.elements.map { escaped($0.name) }
        let (armed, released) = (Hex.string(facts.armed), Hex.string(facts.released))
        let security =
            switch facts.mechanism {
            case .eas: say("easBit")
            case .afi: say("afi", armed, released)
            case .both: say("afiAndEAS", armed, released)
            }
        let isTitled = facts.elements.contains { $0.name.lowercased().contains("title") }
        return "<p>\(say("tagHolds", elements.joined(separator: ", "), security))</p>\n"
            + "<p>\(say(isTitled ? "titleWritten" : "noTitle"))</p>"
    }

    private var kept: String {
        let what = [
            "holdings", "book", "hearing", "settings", "sweeps", "journal", "gate", "returns", "notices", "audit",
            "loans",
        ]
        let rows = what.map { name in
            // How many snapshots, or for how many days.
            let count = name == "holdings" ? String(facts.snapshots) : days
            return [say(name), say(name + "Holds"), say(name + "Long", count)]
        }
        return table("keptCaption", ["what", "holds", "long"], rows)
    }

    private var recipients: String {
        var rows = [[say("page"), escaped(facts.address), say(facts.isLoopback ? "thisMachine" : "network")]]
        if let system = facts.librarySystem {
            rows.append([say("system"), escaped(system), say("systemGets")])
        }
        for kiosk in facts.kiosks { rows.append([say("kiosk"), told(kiosk), say("kioskGets")]) }
        for recipient in facts.recipients {
            rows.append([say("recipient"), told(recipient.name), told(recipient.what)])
        }
        if facts.showsCards { rows.append([say("workstation"), say("allowedPages"), say("cardNumber")]) }
        return table(nil, ["kind", "place", "what"], rows)
    }

    private var sign: String {
        let hasGate = facts.devices.contains { $0.role == .gate }
        return """
            <p>\(say("signPlace"))</p>
            <div class="sign"><strong>\(say("signHead"))</strong>
            \(say(hasGate ? "signTextGate" : "signText", library))
            <br><br>\(say("signOperator", library))
            <br>\(say("signPolicy"))</div>
            """
    }

    private var assessment: String {
        let risks = ["outside", "follow", "log", "desk", "inferred"].map { name in
            let risk = say(name == "follow" ? "medium" : "low")
            return [say(name + "Risk"), say(name + "Against", days), risk, say("open")]
        }
        return """
            <h3>\(say("step1"))</h3>
            <p>\(say("step1Text", String(facts.devices.count)))</p>
            <h3>\(say("step2"))</h3>
            <p>\(say("step2Text", days))</p>
            <h3>\(say("step3"))</h3>
            \(table("risksCaption", ["threat", "against", "risk", "judgedBy"], risks))
            <h3>\(say("step4"))</h3>
            <ul><li>\(say("noPatrons"))</li>
            <li>\(say("unlocked"))</li>
            <li>\(say("withdrawn"))</li>
            <li>\(say(facts.isLoopback ? "reachLoopback" : "reachNetwork"))</li></ul>
            <h3>\(say("step5"))</h3>
            <p>\(say("step5Text"))</p>
            """
    }
}

extension PrivacyDossier {
    /// Words of the dossier as HTML; what stands in « » is a line that the library has to fill in.
    ///
    /// - Parameter facts: as they may stand in HTML.
    private func say(_ name: String, _ facts: String...) -> String {
        let text = escaped(tongue.dossier.text(name))
            .replacing("«", with: "<span class=\"open\">").replacing("»", with: "</span>")
        return WordForm.filled(text, with: facts)
    }

    /// What the configuration says of those who get something.
    private func told(_ text: String) -> String { escaped(tongue.dossier.told(text)) }

    private func section(_ name: String, _ body: String) -> String { "<h2>\(say(name))</h2>\n\(body)" }

    /// - Parameters:
    ///   - caption: the name of its words; `nil`: none.
    ///   - heads: names of the words over the columns.
    ///   - rows: as they may stand in HTML.
    private func table(_ caption: String?, _ heads: [String], _ rows: [[String]]) -> String {
        let head = heads.map { "<th scope=\"col\">\(say($0))</th>" }.joined()
        let body = rows.map { "<tr>" + $0.map { "<td>\($0)</td>" }.joined() + "</tr>" }.joined(separator: "\n")
        let title = caption.map { "<caption>\(say($0))</caption>" } ?? ""
        return "<table>\(title)<thead><tr>\(head)</tr></thead><tbody>\(body)</tbody></table>"
    }

    private func escaped(_ text: String) -> String { Markup.escaped(text) }
}
