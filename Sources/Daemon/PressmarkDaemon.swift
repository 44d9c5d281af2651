import API
import ArgumentParser
import Field
import Foundation
import Interfaces
import LinuxIO
import Logging
import ServiceLifecycle

/// `pressmarkd`: the service that keeps the readers, the holdings and the page.
@main
struct PressmarkDaemon: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pressmarkd",
        abstract: "Keeps a library's RFID readers, its holdings and its shelves in one picture.",
        discussion: """
            With --config it runs the devices of a site, with --simulate a branch without any; Ctrl-C or systemctl stop ends it.
            Exit status: 0 ended as it was told, or no mistakes found; 1 could not start or go on; 64 wrong usage; 78 mistakes \
            in configuration, gate rules or scene.
            """,
        version: Version.current
    )

    @Option(name: .long, help: "The configuration file; the one in /etc/pressmark, once installed, has comments.")
    var config: String?

    @Flag(name: .long, help: "Check the configuration, say every mistake with its line, and end.")
    var checkConfig = false

    @Flag(name: .long, help: "Run a simulated branch: one shelf, one pad, one wand, one gate.")
    var simulate = false

    @Option(help: ArgumentHelp("With --simulate: play this scene; docs/scenes has examples.", valueName: "file"))
    var scene: String?

    @Option(
        help: ArgumentHelp(
            "With --simulate: dialects that library systems' pages may speak to the pad, with commas between.",
            discussion: "Known are \(AllDialects.list.map { $0.identity.name }.joined(separator: ", ")).",
            valueName: "names"
        )
    )
    var dialects: String?

    @Option(name: .long, help: "Folder for the database, in place of the configured one.")
    var state: String?

    @Option(name: .long, help: "Port for page and command line, in place of the configured one; 0 takes a free one.")
    var port: Int?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Write what can be read of the sweeps in a damaged database to this folder, and end.",
            discussion: "One log for each sweep, which `pressmark sweep upload` takes. The database stays as it is.",
            valueName: "folder"
        )
    )
    var recoverSweeps: String?

    @Flag(name: .long, help: "Say more in the log.")
    var verbose = false

    func validate() throws {
        if let port, !(0...65535).contains(port) {
            throw ValidationError("port: found \(port), wanted a number from 0 to 65535")
        }
        if simulate, config != nil {
            throw ValidationError("found --simulate and --config, wanted one of them")
        }
        for name in dialects?.split(separator: ",") ?? [] where AllDialects.named(String(name)) == nil {
            let known = AllDialects.list.map { $0.identity.name }.joined(separator: ", ")
            throw ValidationError("dialects: found \(name), wanted one of \(known)")
        }
    }

    /// What must stand beside what. Looked at after the parser has named what it does not know: a misspelt `--simulate` is
    /// told as that, and not as a missing one.
    func checkCombination() throws {
        if !simulate, dialects != nil {
            throw ValidationError("found --dialects without --simulate, wanted [[dialect]] in the configuration")
        }
        if !simulate, scene != nil {
            throw ValidationError("found --scene without --simulate, wanted both")
        }
        if !simulate, config == nil {
            throw ValidationError("found neither --config nor --simulate, wanted one of them")
        }
    }

    func run() async throws {
        try checkCombination()
        let configuration = try read()
        let scene = try scene.map(readScene)
        if checkConfig {
            try check(configuration)
            print("\(config ?? "embedded default"): no mistakes; \(configuration.readers.count) readers")
            return
        }
        if let recoverSweeps {
            do {
                return print(try SweepRecovery.run(from: configuration.state, to: recoverSweeps))
            } catch {
                let place = "error: sweeps of \(configuration.state) not recovered"
                let hint = "hint: --state names another folder than the configured one"
                FileHandle.standardError.write(Data("\(place)\n\(error)\n\(hint)\n".utf8))
                throw ExitCode(1)
            }
        }
        let level: Logger.Level = verbose ? .debug : .info
        LoggingSystem.bootstrap { label in
            var handler = JournalLogHandler(label: label)
            handler.logLevel = level
            return handler
        }
        let logger = Logger(label: "pressmark")
        lockMemory(logger: logger)
        do {
            let composition = try await Composition(
                configuration,
                from: source,
                simulate: simulate,
                scene: scene,
                logger: logger
            )
            try await composition.run()
        } catch let error as ConfigurationError {
            throw refuse("\(error)")
        } catch let failure as StartFailure {
            logger.critical("\(failure)", metadata: failure.hint.map { ["hint": "\($0)"] })
            throw ExitCode(1)
        }
    }

    /// Looks at the files that the configuration names and the start reads as it does the configuration itself.
    private func check(_ configuration: Configuration) throws {
        do {
            try NamedFiles.check(configuration)
        } catch let failure as StartFailure {
            throw refuse("\(failure)" + (failure.hint.map { "\n  hint: \($0)" } ?? ""))
        } catch let error as ConfigurationError {
            throw refuse("\(error)")
        }
    }

    /// Says why the configuration cannot be used; returns what the program ends with then.
    private func refuse(_ cause: String) -> ExitCode {
        FileHandle.standardError.write(Data("error: configuration not usable\n\(cause)\n".utf8))
        return ExitCode(78)
    }

    private func readScene(path: String) throws -> Scene {
        do throws(StartFailure) {
            return try SceneFile.read(path: path)
        } catch {
            let hint = error.hint.map { "\nhint: \($0)" } ?? ""
            FileHandle.standardError.write(Data("error: scene not usable\n\(error)\(hint)\n".utf8))
            throw ExitCode(78)
        }
    }

    /// A gate's machine asks for it by its drop-in; a kernel that refuses is no reason not to ring.
    private func lockMemory(logger: Logger) {
        do {
            if try MemoryLock.takeIfMeant() { logger.notice("memory locked") }
        } catch {
            logger.warning("memory not locked", metadata: ["cause": "\(error)"])
        }
    }

    private var source: ConfigurationSource {
        ConfigurationSource(path: config, state: state, port: port, dialects: dialects)
    }

    private func read() throws -> Configuration {
        do {
            return try source.read()
        } catch {
            throw refuse("\(error)")
        }
    }
}
