import API
import ArgumentParser
import Foundation

/// The command line: talks HTTP to the daemon; explains tags and sorts call numbers without it.
@main
struct Pressmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pressmark",
        abstract: "Library RFID: sweeps, tags, gates.",
        discussion: """
            Exit status: 0 done, 1 not done, 2 wrong usage.
            Address of the daemon: --daemon, else PRESSMARK_URL, else the socket \(DaemonOptions.socket) where there is one, \
            else \(DaemonOptions.usual).
            Token for it, where it wants one: --token-file, else PRESSMARK_TOKEN.
            """,
        version: Version.current,
        subcommands: [
            StatusCommand.self, ReadersCommand.self, HoldingsCommand.self, ShelfOrderCommand.self, SweepCommand.self,
            TagCommand.self, SecurityCommand.self, GateCommand.self, CheckoutCommand.self, CheckinCommand.self,
            LibrarySystemCommand.self, SimulateCommand.self, BackupCommand.self, RestoreCommand.self,
            CheckCommand.self, TokenCommand.self, AuditCommand.self, DoctorCommand.self, PrivacyCommand.self,
            SettingsCommand.self,
        ]
    )

    static func main() async {
        Foundation.exit(await run(Array(CommandLine.arguments.dropFirst())).code)
    }

    /// Runs one command line to its end and says how it went; messages are on standard error by then.
    static func run(_ arguments: [String]) async -> Ending {
        do {
            // Help about a command that is not there would be help about all of them.
            if arguments.first == "help", let unknown = UnknownCommand(in: arguments, of: Self.self) {
                throw unknown.complaint
            }
            var command = try await asyncParseAsRoot(arguments)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            return .done
        } catch {
            let ending = Ending(error, of: Self.self, arguments: arguments)
            ending.tell()
            return ending
        }
    }
}
