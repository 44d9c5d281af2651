import ArgumentParser
import Tags
import Testing
import Wire

@testable import Command

/// ISO 28560-2, 1620168259 of FI-Mamk-M (kohasuomi/rfid-harava).
private let chain = "9101046091CE43800201A80501106702424103073240DE05AB075B"
/// ISO 28560-3 with the bytes of every block reversed, 11223344 of DE-705 (GallusMax/libdanrfid).
private let reversedBlocks = "31010111333232310034343300000000510000003745443E0000353000000000"

@Suite struct TagExplainCommandTests {
    @Test(
        arguments: [
            (["--dsfid", "06"], 0), (["--dsfid", "46"], 0), (["--dsfid", "46", "--raw-directory"], 1),
            (["--dsfid", "06", "--raw-directory"], 0),
        ] as [([String], Int32)]
    )
    func `a directory is read from byte 0 or not at all`(_ options: [String], status: Int32) async {
        #expect(await Pressmark.run(["tag", "explain", chain] + options).code == status)
    }

    @Test(arguments: [
        ("", "hex: found nothing, wanted the bytes of a tag"),
        ("zz", "hex at byte 0: found 'z', wanted 0-9 or A-F"),
    ])
    func `what standard input has wrong is the command's own mistake`(_ text: String, _ message: String) throws {
        let command = try TagExplainCommand.parse(["-"])
        let complaint = #expect(throws: Complaint.self) { try command.explained(text) }
        #expect(complaint == Complaint(message, hint: "see pressmark tag explain --help", isUsage: true))
    }

    @Test func `reversed blocks are known unless one says not to`() async {
        #expect(await Pressmark.run(["tag", "explain", reversedBlocks]).code == 0)
        #expect(await Pressmark.run(["tag", "explain", reversedBlocks, "--no-reversed-blocks"]).code == 1)
    }

    /// Chinese national library, AFI 07 (DigitalPlatform/dp2); CH-000134-1 with a user bank, the standard's example.
    @Test(
        arguments: [
            (["--identifier-bank", "A3623D07150CC6B7C697ADB45964B3CFC1C1"], 0),
            (["--identifier-bank", "3D07150CC6B7C697ADB45964B3CFC1C1"], 0),
            (["0601D0", "--identifier-bank", "45C2141CC04FC70BADB5C6E2DA1DED4DD319"], 0),
            (["--identifier-bank", "300030340000000000000000000A"], 1), (["--identifier-bank", "3D0715"], 2),
            (["--identifier-bank", ""], 2), ([], 2),
        ] as [([String], Int32)]
    )
    func `a UHF tag is explained by its banks`(_ arguments: [String], status: Int32) async {
        #expect(await Pressmark.run(["tag", "explain"] + arguments).code == status)
    }

    @Test func `both banks of a UHF tag are told together, each field where it stands`() throws {
        let explanation = try TagExplanation(
            identifierBank: Hex.bytes("45C2141CC04FC70BADB5C6E2DA1DED4DD319"),
            userBank: Hex.bytes("06 0201D0 140204B3 4607441CB6E2E335D6 5308AB4D6C9DD556CDEB 00")
        )
        #expect(explanation.tag.primaryItemIdentifier == "12345678.31")
        #expect(explanation.tag.ownerInstitution == "CH-000134-1")
        #expect(explanation.security == .disarmed)
        let lines = TagPage(explanation: explanation, palette: Palette(isOn: false)).lines
        #expect(lines.contains { $0.contains("6 shelfLocation = QA268.L55") })
        #expect(lines.contains { $0.contains("0 uniqueItemIdentifier = CH-000134-1.12345678.31") })
    }
}
