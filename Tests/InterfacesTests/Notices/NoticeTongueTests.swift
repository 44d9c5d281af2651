import Foundation
import Library
import Operations
import Testing

@testable import Interfaces

/// Notices in the language of those who read them.
@Suite struct NoticeTongueTests {
    private static let at = Moment(milliseconds: 1_795_000_000_000)

    private static func notice(
        _ event: Notice.Event,
        _ text: String,
        subject: String = "gate-1",
        remedy: String? = nil
    ) -> Notice {
        Notice(event, .failure, subject: subject, text: text, remedy: remedy, at: at)
    }

    @Test(arguments: [
        ("not on loan, 1 item", "nicht ausgeliehen, 1 Medium"),
        ("on loan, tag not cleared, 3 items", "ausgeliehen, aber nicht entsichert, 3 Medien"),
        ("many items at once, 12 items", "viele Medien auf einmal, 12 Medien"),
        (
            "the gate has trouble: dead, no answer for 3 min",
            "das Gate hat eine Störung: antwortet nicht, keine Antwort seit 3 min"
        ),
        ("an item is not armed after check-in: uncertain", "ein Medium ist nicht gesichert, Anlass Rückgabe: ungewiss"),
        ("finished: 20 of 25 heard, 3 missing", "beendet: 20 von 25 gehört, 3 vermisst"),
        (
            "over: the disk is full: nothing more can be written down",
            "vorbei: die Platte ist voll: nichts mehr kann aufgeschrieben werden"
        ),
        ("there are no holdings, nothing was imported yet", "es gibt keinen Bestand, noch nichts wurde eingelesen"),
        (
            "alarms: 3 (2 not on loan, 1 on loan, tag not cleared)",
            "Alarme: 3 (2 nicht ausgeliehen, 1 ausgeliehen, aber nicht entsichert)"
        ),
        ("something new, and its cause", "something new, and its cause"),
    ])
    func `what a notice says is said in German`(_ english: String, _ german: String) {
        #expect(ReportTongue.de.said(Self.notice(.trouble, english)).text == german)
        #expect(ReportTongue.en.said(Self.notice(.trouble, english)).text == english)
    }

    @Test func `a day's summary is said in German, line for line`() {
        var summary = Summary(from: Self.at, to: Self.at + .seconds(86_400))
        summary.alarmsByReason = [.notOnLoan: 2]
        summary.silentAlarms = 1
        summary.visitors = 300
        summary.sweepsFinished = 1
        summary.itemsHeard = 900
        summary.readersAway = ["pad-1", "gate-1"]
        summary.holdingsAgeDays = 2
        let said = ReportTongue.de.said(summary.notice(weekly: false))
        #expect(said.subject == "der Tag")
        #expect(
            said.text.components(separatedBy: "\n") == [
                "Alarme: 2 (2 nicht ausgeliehen)", "Alarme ohne Ton: 1", "Besuche: 300",
                "beendete Revisionen: 1, gehörte Medien: 900",
                "Etiketten, die das Falsche sagen: 0; Änderungen mit unbekanntem Ausgang: 0",
                "Lesegeräte fort: pad-1, gate-1", "Alter des Bestands in Tagen: 2",
            ]
        )
        let empty = ReportTongue.de.said(Summary(from: Self.at, to: Self.at).notice(weekly: true))
        #expect(empty.subject == "die Woche")
        #expect(
            empty.text.components(separatedBy: "\n") == [
                "Alarme: 0", "beendete Revisionen: 0",
                "Etiketten, die das Falsche sagen: 0; Änderungen mit unbekanntem Ausgang: 0", "Lesegeräte fort: keine",
                "kein Bestand",
            ]
        )
    }

    @Test func `every reason, remedy, trouble and outcome has German words`() {
        var texts = ["lay it on a pad: pressmark security divergence names it"]
        for reason in GateReason.allCases { texts += [reason.rawValue, reason.remedy] }
        texts += GateTrouble.Kind.allCases.map(\.rawValue)
        texts += SecurityOutcome.allCases.map(\.rawValue)
        texts += SecurityCause.allCases.map(\.rawValue)
        for text in texts { #expect(ReportTongue.de.said(Self.notice(.trouble, text)).text != text, "\(text)") }
    }

    @Test func `names of readers and gates stay as they are`() {
        let alarm = ReportTongue.de.said(
            Self.notice(.alarm, "not on loan, 1 item", subject: "nothing", remedy: "nothing")
        )
        #expect(alarm.subject == "nothing" && alarm.remedy == "nichts")
        #expect(ReportTongue.de.said(Self.notice(.sweep, "x", subject: "sweep 7")).subject == "Revision 7")
    }

    @Test func `mail and messages speak German around it too, and for programs event and level stay`() throws {
        let notice = Self.notice(.alarm, "not on loan, 1 item", remedy: GateReason.notOnLoan.remedy)
        let mail = MailMessage(notice, from: "a@lib.example", to: ["b@lib.example"], site: "Main", in: .de)
        #expect(mail.subject == "[Main] STÖRUNG gate-1: nicht ausgeliehen, 1 Medium")
        #expect(mail.body.contains("\n\nWas zu tun ist: fragen, ob es verbucht wurde"))
        #expect(mail.body.hasSuffix("-- \npressmark in Main\n"))
        func body(_ form: WebhookMessage.Form) throws -> [String: Any] {
            let message = WebhookMessage(
                notice,
                to: "https://hooks.example/x",
                form: form,
                secret: nil,
                site: "Main",
                in: .de,
                at: Self.at
            )
            return try #require(try JSONSerialization.jsonObject(with: Data(message.body)) as? [String: Any])
        }
        let line = try #require(try body(.slack)["text"] as? String)
        #expect(line.hasPrefix("[Störung] Main, gate-1: nicht ausgeliehen, 1 Medium\n→ fragen"))
        let own = try body(.json)
        #expect(own["event"] as? String == "alarm" && own["level"] as? String == "failure")
        #expect(own["text"] as? String == "nicht ausgeliehen, 1 Medium")
    }

    @Test func `the words around a notice are in both languages, with the same gaps`() {
        let tables = [PackageResources.notice_en_js, PackageResources.notice_de_js].map {
            WordTable("say", in: $0).rows
        }
        #expect(tables[0].count == 5 && tables[0].map(\.name) == tables[1].map(\.name))
        let gaps = tables.map { $0.map { $0.text.contains("{1}") } }
        #expect(gaps[0] == gaps[1])
    }
}
