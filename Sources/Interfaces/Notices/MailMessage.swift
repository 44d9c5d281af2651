package import Foundation
package import Library

/// A notice as a message (RFC 5322), for the host's own mail program.
package struct MailMessage: Hashable, Sendable {
    /// One address, without a name: `pressmark@library.example`.
    package var from: String
    /// One address each.
    package var to: [String]
    /// `[Main Library] FAILURE pad: no answer`: site, the notice's subject and first line; encoded only in ``text``.
    package var subject: String
    /// UTF-8, lines ended by LF; sent in base64.
    package var body: String
    /// When the notice was made, not when it is sent; written in UTC.
    package var date: Date
    /// The Message-ID without its brackets; new for each message that is made.
    package var identifier: String

    /// `site` is what the library is called; it stands in front of the subject. `tongue` is that of the recipients.
    package init(_ notice: Notice, from: String, to: [String], site: String, in tongue: ReportTongue = .en) {
        let notice = tongue.said(notice)
        self.from = from
        self.to = to
        let level = notice.level == .failure ? tongue.around("mailFailure") + " " : ""
        subject =
            "[\(site)] \(level)\(notice.subject): " + (notice.text.split(separator: "\n").first.map(String.init) ?? "")
        let remedy = notice.remedy.map { "\n\n" + tongue.around("whatToDo", $0) } ?? ""
        body = notice.text + remedy + "\n\n-- \n" + tongue.around("signature", site) + "\n"
        date = Date(notice.at)
        let host = from.split(separator: "@").last.map(String.init) ?? "localhost"
        identifier = "\(notice.at.milliseconds).\(notice.event.rawValue).\(UInt32.random(in: 0...UInt32.max))@\(host)"
    }

    /// Header and body, lines ended as a program on this host expects them.
    package var text: String {
        """
        From: \(from)
        To: \(to.joined(separator: ", "))
        Subject: \(Self.encoded(subject))
        Date: \(Self.dateFormat(date))
        Message-ID: <\(identifier)>
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: base64
        Auto-Submitted: auto-generated
        Precedence: bulk

        \(Data(body.utf8).base64EncodedString(options: [.lineLength76Characters, .endLineWithLineFeed]))

        """
    }

    /// RFC 2047: words of at most 75 characters, cut between characters.
    static func encoded(_ text: String) -> String {
        let clean = String(text.map { $0.isNewline || $0.unicodeScalars.contains { $0.value < 0x20 } ? " " : $0 })
        if clean.utf8.allSatisfy({ $0 < 0x80 }), clean.utf8.count <= 900 { return clean }
        var words: [String] = []
        var word = ""
        for character in clean {
            if word.utf8.count + String(character).utf8.count > 45 {
                words.append(word)
                word = ""
            }
            word.append(character)
        }
        words.append(word)
        return words.map { "=?utf-8?B?\(Data($0.utf8).base64EncodedString())?=" }.joined(separator: "\n ")
    }

    private static func dateFormat(_ date: Date) -> String {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(identifier: "UTC")
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss Z"
        return format.string(from: date)
    }
}

/// Hands messages to the host's sendmail interface; whatever mail program is there brings one.
package struct MailChannel: Sendable {
    /// The path of a program that takes sendmail's options `-i` and `-f`.
    package var program: String
    /// The sender, also on the envelope.
    package var from: String
    /// The recipients; they stand on the program's command line.
    package var to: [String]
    /// What the library is called.
    package var site: String
    /// The language of the recipients.
    package var tongue: ReportTongue
    /// How long the mail program may take: it has only to put the message into its queue.
    var patience = Duration.seconds(120)

    package init(
        program: String = "/usr/sbin/sendmail",
        from: String,
        to: [String],
        site: String,
        in tongue: ReportTongue = .en
    ) {
        self.program = program
        self.from = from
        self.to = to
        self.site = site
        self.tongue = tongue
    }

    /// Why the mail program has not taken the message: it could not be started, or its exit status was not 0.
    package struct Refusal: Error, CustomStringConvertible {
        /// The program, and how it ended.
        package var description: String
    }

    /// The first status there is; `nil` when none comes in time, or the task is cancelled.
    private func first(of statuses: AsyncStream<Int32>) async -> Int32? {
        await withTaskGroup(of: Int32?.self) { group in
            group.addTask { await statuses.first { _ in true } }
            group.addTask { [patience] in
                try? await Task.sleep(for: patience)
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }

    /// Returns when the mail program has taken the message; one that has not after ``patience`` is ended.
    package func deliver(_ notice: Notice) async throws {
        let text = MailMessage(notice, from: from, to: to, site: site, in: tongue).text
        let process = Process()
        process.executableURL = URL(filePath: program)
        // Recipients stand on the command line: what a notice says must not add any.
        process.arguments = ["-i", "-f", from, "--"] + to
        let input = Pipe()
        process.standardInput = input
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let (statuses, ended) = AsyncStream.makeStream(of: Int32.self)
        process.terminationHandler = { ended.yield($0.terminationStatus) }
        do {
            try process.run()
        } catch {
            throw Refusal(description: "\(program): cannot be started")
        }
        // A program that ends at once closes its input: its status says why.
        try? input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
        try? input.fileHandleForWriting.close()
        guard let status = await first(of: statuses) else {
            process.terminate()
            try Task.checkCancellation()
            throw Refusal(description: "\(program): has not ended within \(patience), wanted 0")
        }
        guard status == 0 else { throw Refusal(description: "\(program): ended with \(status), wanted 0") }
    }
}
