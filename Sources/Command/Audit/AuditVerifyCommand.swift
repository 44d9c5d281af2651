import API
import ArgumentParser

struct AuditVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Go through the audit log, hash by hash.",
        discussion: """
            Finds entries that were edited, taken out or put in. Whoever may write to the database could make the whole log \
            anew: note number and hash that this prints elsewhere, and name them the next time with --noted. The daemon \
            also writes them to the system's journal: journalctl -u pressmarkd -g audit
            Exit status: 0 as it was written, 1 not.
            """
    )

    @Option(help: ArgumentHelp("Number and hash as they were noted.", valueName: "number:hash"))
    var noted: String?

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        _ = try parts()
    }

    private func parts() throws -> (id: String, chain: String)? {
        guard let noted else { return nil }
        let parts = noted.split(separator: ":")
        guard parts.count == 2, Int64(parts[0]) ?? 0 > 0, parts[1].count == 64 else {
            throw ValidationError("--noted: found '\(noted)', wanted a number, a colon and 64 hexadecimal digits")
        }
        return (String(parts[0]), String(parts[1]))
    }

    func run() async throws {
        let noted = try parts()
        let verdict: AuditVerification = try await daemon.connect {
            try await $0.get("v1", "audit", "verification", query: ["id": noted?.id, "chain": noted?.chain])
        }
        let console = output.console
        if output.json {
            try console.say(json: verdict)
        } else if let fault = verdict.fault {
            console.complain(
                Complaint(fault, hint: "compare with a backup, and with the journal: journalctl -u pressmarkd -g audit")
            )
        } else {
            console.say("\(Wording.count(verdict.entries, "entry", "entries")), all as they were written")
            if verdict.last > 0 { console.say("the last: \(verdict.last):\(verdict.chain)") }
        }
        guard verdict.isWhole else { throw ExitCode(1) }
    }
}
