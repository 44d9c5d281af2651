import API
import Foundation
import Library
import Tags
import Testing

@testable import Interfaces

@Suite struct FindingMappingTests {
    private static let tag = TagUID(0xE004_0150_3309_CE74)

    private static func finding(_ evidence: Library.FindingEvidence) -> API.Finding {
        API.Finding(
            Library.Finding(
                id: Library.Finding.ID(kind: .wrongLocation, subject: .item("3012")),
                severity: .act,
                reason: "belongs to REF",
                item: Item(barcode: "3012", title: "Sorting"),
                evidence: evidence
            )
        )
    }

    @Test func `what was heard shows by which tag, by whom and on which walk`() throws {
        let finding = Self.finding(
            FindingEvidence(
                tags: [Self.tag, TagUID(0xE004_0150_3309_CE75)],
                readers: ["cart", "wand-1"],
                passes: [1, 3],
                first: Moment(milliseconds: 1000),
                last: Moment(milliseconds: 9000),
                afis: [0x07, 0xC2]
            )
        )
        #expect(
            finding.evidence
                == API.FindingEvidence(
                    tags: ["E00401503309CE74", "E00401503309CE75"],
                    readers: ["cart", "wand-1"],
                    passes: [1, 3],
                    firstSeen: Date(timeIntervalSince1970: 1),
                    lastSeen: Date(timeIntervalSince1970: 9),
                    afis: [7, 194]
                )
        )
        #expect(finding.uid == "E00401503309CE74" && finding.lastSeen == Date(timeIntervalSince1970: 9))
    }

    @Test func `what was seen by its barcode alone shows who saw it, and no tag`() {
        let moment = Moment(milliseconds: 1000)
        let finding = Self.finding(
            Library.FindingEvidence(readers: ["list"], passes: [1], first: moment, last: moment)
        )
        #expect(finding.uid == nil && finding.reader == "list")
        #expect(finding.evidence?.tags == [] && finding.evidence?.readers == ["list"])
    }

    @Test func `of what was not heard there is nothing to show`() {
        #expect(Self.finding(FindingEvidence()).evidence == nil)
    }
}
