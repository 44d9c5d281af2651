import Foundation
import Library
import Testing

@testable import Interfaces

private func notice(_ text: String = "die Antenne hört nichts mehr — bitte ansehen") -> Notice {
    Notice(.trouble, .failure, subject: "gate-1", text: text, remedy: "look at it", at: TestService.start)
}

/// A mail program that writes down how it was called and what it was given.
private func withProgram(
    status: Int = 0,
    _ body: (_ program: String, _ folder: URL) async throws -> Void
) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "pressmark-mail-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let program = folder.appending(path: "sendmail")
    let script =
        "#!/bin/sh\nprintf '%s\\n' \"$@\" > \"\(folder.path)/args\"\ncat > \"\(folder.path)/mail\"\nexit \(status)\n"
    try script.write(to: program, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
    try await body(program.path, folder)
}

@Test func `the host's mail program gets the message and its recipients`() async throws {
    try await withProgram { program, folder in
        let channel = MailChannel(
            program: program,
            from: "rfid@lib.example",
            to: ["desk@lib.example", "it@lib.example"],
            site: "Main"
        )
        try await channel.deliver(notice())
        let arguments = try String(contentsOf: folder.appending(path: "args"), encoding: .utf8)
        #expect(arguments == "-i\n-f\nrfid@lib.example\n--\ndesk@lib.example\nit@lib.example\n")
        let mail = try String(contentsOf: folder.appending(path: "mail"), encoding: .utf8)
        let halves = mail.components(separatedBy: "\n\n")
        try #require(halves.count > 1)
        #expect(
            halves[0].contains("Auto-Submitted: auto-generated")
                && halves[0].contains("To: desk@lib.example, it@lib.example")
        )
        #expect(halves[0].contains("Date: Wed, 18 Nov 2026 11:06:40 +0000"))
        let body = try #require(Data(base64Encoded: halves[1], options: .ignoreUnknownCharacters))
        let text = String(decoding: body, as: UTF8.self)
        #expect(text.contains("die Antenne hört nichts mehr") && text.contains("What to do: look at it"))
    }
}

@Test func `a mail program that fails, or is not there, has not taken it`() async throws {
    try await withProgram(status: 75) { program, _ in
        let channel = MailChannel(program: program, from: "rfid@lib.example", to: ["desk@lib.example"], site: "Main")
        let error = await #expect(throws: MailChannel.Refusal.self) { try await channel.deliver(notice()) }
        #expect(error?.description.hasSuffix("ended with 75, wanted 0") == true)
        var gone = channel
        gone.program = program + "-that-is-not-there"
        await #expect(throws: MailChannel.Refusal.self) { try await gone.deliver(notice()) }
    }
}

@Test(.timeLimit(.minutes(5)), arguments: [true, false])
func `a mail program that never ends holds up neither other notices nor the end of the service`(
    isCancelled: Bool
) async throws {
    try await withProgram { program, folder in
        // It takes the message in and waits for a lock that nobody lets go of.
        let script = "#!/bin/sh\ncat > \"\(folder.path)/mail\"\nexec sleep 100000\n"
        try script.write(toFile: program, atomically: false, encoding: .utf8)
        var channel = MailChannel(program: program, from: "rfid@lib.example", to: ["desk@lib.example"], site: "Main")
        channel.patience = isCancelled ? .seconds(100_000) : .milliseconds(100)
        let delivery = Task { [channel] in try await channel.deliver(notice()) }
        if isCancelled {
            delivery.cancel()
            await #expect(throws: CancellationError.self) { try await delivery.value }
        } else {
            let error = await #expect(throws: MailChannel.Refusal.self) { try await delivery.value }
            #expect(error?.description.contains("has not ended within") == true)
        }
    }
}

@Test func `a subject is one header, whatever the notice says`() {
    let message = MailMessage(
        notice("a\nBcc: all@evil.example"),
        from: "rfid@lib.example",
        to: ["desk@lib.example"],
        site: "Büchereï\r\nX: y"
    )
    let header = message.text.components(separatedBy: "\n\n")[0]
    #expect(!header.contains("\nBcc:") && !header.contains("\nX:"))
    let words = MailMessage.encoded(String(repeating: "ü", count: 100)).components(separatedBy: "\n ")
    #expect(words.count > 1 && words.allSatisfy { $0.utf8.count <= 75 })
}

@Test func `the journal gets fields to filter by`() {
    let fields = Dictionary(JournalEntry(notice()).fields.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    #expect(
        fields["PRIORITY"] == "3" && fields["PRESSMARK_EVENT"] == "trouble" && fields["PRESSMARK_SUBJECT"] == "gate-1"
    )
    #expect(fields["MESSAGE"]?.hasPrefix("gate-1: ") == true && fields["PRESSMARK_REMEDY"] == "look at it")
}
