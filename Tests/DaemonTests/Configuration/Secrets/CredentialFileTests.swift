import Foundation
import Importers
import Library
import Operations
import Testing

@testable import Daemon

private func file(_ text: String, mode: Int = 0o600) throws -> String {
    let url = FileManager.default.temporaryDirectory.appending(path: "pressmark-\(UUID().uuidString).credentials")
    try text.write(to: url, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: url.path)
    return url.path
}

private func refusal(_ path: String, for system: PullSource.System = .koha) -> PullRefusal? {
    do throws(PullRefusal) {
        _ = try CredentialFile.path(path).read(for: system)
        return nil
    } catch {
        return error
    }
}

@Suite struct CredentialFileTests {
    @Test func `user and password, or client credentials, are read`() throws {
        let password = try file("user = \"pull\"\npassword = \"a b\"\n")
        #expect(try CredentialFile.path(password).read(for: .folio) == .password(user: "pull", password: "a b"))
        let client = try file("client-id = \"i\"\nclient-secret = \"s\"\n", mode: 0o400)
        #expect(try CredentialFile.path(client).read(for: .koha) == .client(identifier: "i", secret: "s"))
        #expect(refusal(client, for: .folio) != nil)
    }

    @Test(arguments: [0o640, 0o604, 0o660, 0o620]) func `a file that others can read is refused with a remedy`(
        _ mode: Int
    ) throws {
        let path = try file("user = \"u\"\npassword = \"s3cret\"\n", mode: mode)
        let told = try #require(refusal(path))
        #expect(told.description.contains("so that others can read it"))
        #expect(told.hint == "chmod 600 \(path)")
    }

    @Test func `nothing of what stands in a file is ever told`() throws {
        for text in ["user = \"u\"\npasswort = \"s3cret\"", "s3cret", "password = s3cret"] {
            let told = try #require(refusal(try file(text)))
            #expect(!told.description.contains("s3cret") && !told.hint.contains("s3cret"))
        }
        #expect(refusal("/nowhere/at/all")?.description.contains("cannot be opened") == true)
        #expect(refusal("/tmp") != nil)
    }
}

@Suite struct PullConfigurationTests {
    private func parse(_ text: String) -> Result<Configuration, ConfigurationError> {
        do throws(ConfigurationError) {
            return .success(try ConfigurationFile.parse(text, file: "pressmark.toml"))
        } catch {
            return .failure(error)
        }
    }

    @Test func `a library system to pull from is taken with its times`() throws {
        let configuration = try parse(
            """
            [[pull]]
            name = "koha"
            system = "koha"
            url = "https://koha.example.org/"
            credential = "koha"
            minutes = 30
            [[pull]]
            name = "folio"
            system = "folio"
            url = "https://okapi.example.org"
            tenant = "diku"
            credentials = "/etc/pressmark/folio"
            minutes = 0
            """
        ).get()
        try #require(configuration.pulls.map(\.address) == ["https://koha.example.org", "https://okapi.example.org"])
        #expect(configuration.pulls[0].credentials == .systemd("koha"))
        #expect(configuration.pulls[0].interval == .seconds(1800))
        #expect(configuration.pulls[0].fullInterval == .seconds(86_400))
        #expect(configuration.pulls[1].interval == nil)
        #expect(configuration.pulls[1].source.tenant == "diku")
    }

    @Test(
        arguments: [
            ("url = \"http://koha.example.org\"", "sends credentials in the clear"),
            ("url = \"https://u:p@koha.example.org\"", "a user in the address"),
            ("url = \"koha\"", "wanted an address"),
            ("url = \"https://koha.example.org:70000\"", "wanted an address"),
            ("url = \"https://koha.example.org\"\ncredential = \"x\"", "wanted one of credentials and credential"),
            ("url = \"https://koha.example.org\"\nsystem = \"aleph\"", "\"koha\", \"folio\""),
        ]
    )
    func `mistakes are told`(_ line: String, _ told: String) {
        let system = line.contains("system") ? "" : "system = \"koha\"\n"
        let text = "[[pull]]\nname = \"a\"\n\(system)credentials = \"/x\"\n\(line)\n"
        guard case .failure(let error) = parse(text) else {
            Issue.record("found no mistake in \(line)")
            return
        }
        #expect(error.description.contains(told), "\(error)")
    }

    @Test func `rules for barcodes and shelf order are taken`() throws {
        let library = try parse(
            """
            [library]
            shrink = 25
            [barcodes]
            prefixes = ["30"]
            lengths = [14]
            check-digit = "luhn"
            [shelf-order]
            work-mark = "before second cutter"
            parts = ["volume", "date"]
            trust-ils-key = true
            alphabet = "danish"
            [[shelf-order.prefix]]
            word = "ref"
            rank = -5
            """
        ).get().library
        #expect(library.shrink == 25)
        #expect(library.barcodes.lengths == [14] && library.barcodes.checkDigit == .luhn)
        #expect(library.shelfOrder.trustsSystemKey && library.shelfOrder.partOrder == [.volume, .date])
        #expect(library.shelfOrder.prefixes.map(\.word) == ["REF"])
        guard case .failure(let error) = parse("[shelf-order]\nparts = [\"date\", \"chapter\"]\n") else {
            Issue.record("found no mistake")
            return
        }
        #expect(error.description.contains("each once, in their order"))
    }

    @Test(arguments: ["DVD-ROM", "NON FIC", "Öffentlich", "R1", "ABCDEFGHIJKLMNOPQRSTU"])
    func `a prefix that no call number could begin with is refused`(_ word: String) {
        guard case .failure(let error) = parse("[[shelf-order.prefix]]\nword = \"\(word)\"\nrank = 1\n") else {
            Issue.record("found no mistake in \(word)")
            return
        }
        #expect(error.description.contains("wanted 1 to 20 letters A to Z"), "\(error)")
    }
}
