import Foundation
import Library
import LinuxIO
import Logging
import Operations
import Store
import Tags
import Testing

@testable import Daemon

/// Settings that are changed while the service runs, with the files as they are on a disk.
@Suite struct ReloaderSettingsTests {
    private static let text = """
        [library]
        name = "Town Library"
        isil = ["DE-1"]
        shrink = 10
        [[reader]]
        name = "pad-1"
        role = "pad"
        driver = "feig"
        serial = "/dev/ttyNOWHERE"
        [[reader]]
        name = "gate-1"
        role = "gate"
        driver = "feig"
        tcp = "192.0.2.1"

        """

    private struct Bench {
        let folder: URL
        let source: ConfigurationSource
        let desk: ServiceDesk
        let reloader: Reloader

        /// - Parameter tags: what the known tags say, of items of the library's own.
        init(_ text: String = ReloaderSettingsTests.text, tags: [UInt8] = [0x07, 0x07, 0xC2]) throws {
            folder = FileManager.default.temporaryDirectory.appending(path: "pressmark-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let file = folder.appending(path: "pressmark.toml")
            try text.write(to: file, atomically: true, encoding: .utf8)
            source = ConfigurationSource(path: file.path, state: folder.path)
            let reading = try source.reading()
            let configuration = reading.configuration
            let security = SecurityPolicy(configuration.security, institutions: configuration.library.isil)
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            let store = try Store.inMemory()
            for (number, afi) in tags.enumerated() {
                try store.remember([
                    TagRecord(
                        uid: TagUID(0xE004_0150_0000_0000 | UInt64(number)),
                        barcode: "301\(number)",
                        model: "iso28560-3",
                        owner: "DE-1",
                        afi: afi,
                        readAt: Moment(milliseconds: 0)
                    )
                ])
            }
            desk = try ServiceDesk(
                store: store,
                time: Timekeeper(now: { Moment(milliseconds: 0) }, sleep: { _ in await Task.yield() }),
                settings: try Composition.settings(configuration, security: security),
                readers: [],
                logger: logger
            )
            let places = try ReaderPlaces([], readiness: try Readiness(), logger: logger)
            reloader = Composition.reloader(
                source,
                started: reading,
                inForce: configuration,
                holding: { $0 },
                security: security,
                gateRules: try GateComposition.rules(
                    configuration.gate,
                    security: security,
                    hasLibrarySystem: false,
                    now: Moment(milliseconds: 0),
                    logger: logger
                ),
                desk: desk,
                stations: ConfiguredStations(ReadersInForce(configuration.readers), at: desk, logger: logger),
                // Nobody runs them here: what they open is never asked for.
                setups: { try places.setups($0) },
                manager: nil,
                logger: logger
            )
        }

        var changesFile: String { folder.appending(path: "settings.toml").path }

        func setting(_ key: String) async throws -> SiteSetting {
            try #require(await reloader.settings.settings.first { $0.key == key })
        }

        func order(_ changes: (String, SiteValue?)..., version: String? = nil, confirmed: Bool = false) -> SettingsOrder
        {
            SettingsOrder(
                changes: changes.map { .init(key: $0.0, value: $0.1) },
                version: version,
                isConfirmed: confirmed
            )
        }
    }

    @Test func `every setting has its value and says where that is from`() async throws {
        let bench = try Bench()
        let name = try await bench.setting("library.name")
        #expect(name.value == .text("Town Library"))
        #expect(name.origin == .file)
        #expect(name.effect == .restart)
        let shrink = try await bench.setting("library.shrink")
        #expect(shrink.value == .number(10))
        #expect(shrink.origin == .file)
        #expect(shrink.effect == .atOnce)
        let armed = try await bench.setting("security.armed")
        #expect(armed.value == .number(7))
        #expect(armed.origin == .standard)
        #expect(armed.isChangeable)
        let state = try await bench.setting("state")
        #expect(state.value == .text(bench.folder.path))
        #expect(state.origin == .start)
        let role = try await bench.setting("reader.gate-1.role")
        #expect(role.value == .text("gate"))
        #expect(role.origin == .file)
        #expect(role.isChangeable)
        #expect(await bench.reloader.settings.settings.filter { $0.key.hasPrefix("ils.") }.isEmpty)
    }

    @Test func `a change is on the disk and in force, and the administrator's file is as it was`() async throws {
        let bench = try Bench()
        let before = await bench.reloader.settings.version
        let forecast = try await bench.reloader.change(
            bench.order(("library.shrink", .number(25)), ("library.name", .text("Village")), version: before)
        )
        #expect(forecast.changes.map(\.key).sorted() == ["library.name", "library.shrink"])
        #expect(try String(contentsOfFile: bench.source.path ?? "", encoding: .utf8) == Self.text)
        let shrink = try await bench.setting("library.shrink")
        #expect(shrink.value == .number(25))
        #expect(shrink.origin == .page)
        #expect(!shrink.isWaiting)
        let name = try await bench.setting("library.name")
        #expect(name.value == .text("Town Library"))
        #expect(name.next == .text("Village"))
        #expect(name.isWaiting)
        #expect(await bench.desk.configuration.report.waiting == ["[library] name"])
        // A start that comes now takes both.
        let started = try bench.source.reading().configuration
        #expect(started.library.name == "Village")
        #expect(started.library.shrink == 25)
        let mode = try FileManager.default.attributesOfItem(atPath: bench.changesFile)[.posixPermissions] as? NSNumber
        #expect(mode?.intValue == 0o600)
        // Back again: nothing of it is left.
        _ = try await bench.reloader.change(bench.order(("library.shrink", nil), ("library.name", nil)))
        #expect(!FileManager.default.fileExists(atPath: bench.changesFile))
        #expect(await bench.desk.configuration.report.waiting == [])
        #expect(await bench.reloader.settings.version == before)
    }

    @Test func `a reader that was kept has its line among the settings until it is taken back`() async throws {
        let bench = try Bench()
        func lines() async -> [SiteSetting] {
            await bench.reloader.settings.settings.filter { $0.key.hasSuffix(".usb") && $0.value == .text("auto") }
        }
        #expect(await lines().isEmpty)
        let order = SettingsOrder(
            changes: [],
            readers: [.init(name: "pad-2", role: "pad", driver: "feig", line: .usb, address: "auto")]
        )
        let forecast = try await bench.reloader.change(order)
        #expect(forecast.changes.allSatisfy { $0.key.hasPrefix("reader.pad-2.") && $0.effect == .atOnce })
        let kept = await lines()
        #expect(kept.map(\.key) == ["reader.pad-2.usb"])
        #expect(kept.allSatisfy { !$0.isWaiting && $0.origin == .page })
        #expect(await bench.desk.configuration.report.waiting == [])
        // Its name and role are settings like others by now.
        let renamed = try await bench.reloader.preview(bench.order(("reader.pad-2.role", .text("wand"))))
        #expect(renamed.changes.map(\.effect) == [.restart])
        let gone = try await bench.reloader.change(bench.order(("reader.pad-2", nil)))
        #expect(gone.changes.allSatisfy { $0.effect == .atOnce && $0.after == nil })
        #expect(await lines().isEmpty)
    }

    @Test func `a gate that is kept waits for the restart, by its name`() async throws {
        let bench = try Bench()
        let order = SettingsOrder(
            changes: [],
            readers: [.init(name: "gate-2", role: "gate", driver: "feig", line: .usb, address: "auto")]
        )
        let forecast = try await bench.reloader.change(order)
        #expect(!forecast.changes.isEmpty && forecast.changes.allSatisfy { $0.effect == .restart })
        let role = try await bench.setting("reader.gate-2.role")
        #expect(role.value == nil && role.next == .text("gate") && role.isWaiting)
        #expect(await bench.desk.configuration.report.waiting == ["[[reader]] gate-2"])
    }

    @Test func `what is tried changes nothing`() async throws {
        let bench = try Bench()
        let forecast = try await bench.reloader.preview(bench.order(("security.released", .number(0x21))))
        #expect(forecast.changes.map(\.after) == [.number(0x21)])
        #expect(forecast.before.armed == 2)
        #expect(forecast.before.released == 1)
        #expect(forecast.before.other == 0)
        #expect(forecast.after.armed == 2)
        #expect(forecast.after.released == 0)
        #expect(forecast.after.other == 1)
        #expect(forecast.silence == nil)
        #expect(!forecast.notes.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: bench.changesFile))
        #expect(try await bench.setting("security.released").origin == .standard)
    }

    @Test func `whoever has read an older state changes nothing`() async throws {
        let bench = try Bench()
        let old = await bench.reloader.settings.version
        _ = try await bench.reloader.change(bench.order(("sweep.passes", .number(2)), version: old))
        await #expect(throws: SettingsRefusal.outdated) {
            try await bench.reloader.change(bench.order(("sweep.passes", .number(3)), version: old))
        }
        #expect(try await bench.setting("sweep.passes").value == .number(2))
    }

    @Test func `of those who change one state at once the first alone is heard`() async throws {
        let bench = try Bench()
        let version = await bench.reloader.settings.version
        let taken = await withTaskGroup(of: Int?.self) { group in
            for passes in 2...9 {
                group.addTask {
                    let order = bench.order(("sweep.passes", .number(passes)), version: version)
                    return (try? await bench.reloader.change(order)) == nil ? nil : passes
                }
                // A signal in between reads what stands there, and waits its turn as well.
                group.addTask {
                    await bench.reloader.reload()
                    return nil
                }
            }
            var taken: [Int] = []
            for await passes in group {
                if let passes { taken.append(passes) }
            }
            return taken
        }
        #expect(taken.count == 1)
        #expect(try await bench.setting("sweep.passes").value == taken.first.map(SiteValue.number))
        #expect(try bench.source.reading().configuration.sweep.passes == taken.first)
    }

    @Test(
        arguments: [
            ("security.armed", .number(0xC2)), ("security.armed", .number(300)), ("security.armed", .text("seven")),
            ("library.scheme", .text("marc")), ("tags.elements", .texts(["colour"])),
            ("reader.pad-1.role", .text("door")),
            ("reader.pad-1.name", .text("gate-1")), ("library.name", .text("")),
        ] as [(String, SiteValue)]
    )
    func `a value that the file might not have is refused, and nothing is written`(
        _ key: String,
        _ value: SiteValue
    ) async throws {
        let bench = try Bench()
        await #expect {
            try await bench.reloader.change(bench.order((key, value)))
        } throws: { error in
            guard case SettingsRefusal.mistakes(let list)? = error as? SettingsRefusal else { return false }
            return list.contains { $0.contains("found") && $0.contains("wanted") }
        }
        #expect(!FileManager.default.fileExists(atPath: bench.changesFile))
    }

    @Test(
        arguments: [
            ("security.armed", .number(0x15)), ("library.isil", .texts(["DE-2"])),
            ("reader.gate-1.role", .text("wand")),
        ] as [(String, SiteValue)]
    )
    func `what would silence every gate is asked for twice`(_ key: String, _ value: SiteValue) async throws {
        let bench = try Bench()
        #expect(try await bench.reloader.preview(bench.order((key, value))).silence != nil)
        await #expect {
            try await bench.reloader.change(bench.order((key, value)))
        } throws: { error in
            if case SettingsRefusal.silence? = error as? SettingsRefusal { true } else { false }
        }
        #expect(!FileManager.default.fileExists(atPath: bench.changesFile))
        _ = try await bench.reloader.change(bench.order((key, value), confirmed: true))
        #expect(FileManager.default.fileExists(atPath: bench.changesFile))
    }

    @Test func `values that change places are asked for twice, although some tag would sound`() async throws {
        let bench = try Bench()
        let swapped = bench.order(("security.armed", .number(0xC2)), ("security.released", .number(0x07)))
        #expect(try await bench.reloader.preview(swapped).silence?.hasPrefix("none of the 2 known tags") == true)
    }

    @Test func `before any tag was read another armed value is asked for twice`() async throws {
        let bench = try Bench(tags: [])
        let silence = try await bench.reloader.preview(bench.order(("security.armed", .number(0x15)))).silence
        #expect(silence?.contains("AFI 07") == true && silence?.contains("also-armed") == true)
        let both = bench.order(("security.armed", .number(0x15)), ("security.also-armed", .numbers([0x07])))
        #expect(try await bench.reloader.preview(both).silence == nil)
    }

    @Test func `a folder that cannot be written is told, and what is in force stays`() async throws {
        let bench = try Bench()
        // A folder in the place of the new file, since root may write anywhere.
        try FileManager.default.createDirectory(atPath: bench.changesFile + ".new", withIntermediateDirectories: true)
        await #expect {
            try await bench.reloader.change(bench.order(("library.shrink", .number(25))))
        } throws: { error in
            if case SettingsRefusal.notWritten? = error as? SettingsRefusal { true } else { false }
        }
        #expect(try await bench.setting("library.shrink").value == .number(10))
    }

    @Test func `rules with a mistake are told with their file, their line and what is advised`() async throws {
        let rules = FileManager.default.temporaryDirectory.appending(path: "rules-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: rules) }
        try "bulk = 5 in 5 s\n".write(to: rules, atomically: true, encoding: .utf8)
        let bench = try Bench(Self.text + "[gate]\nrules = \"\(rules.path)\"\n")
        try "bulk = 5 in 5 s\nnonsense\n".write(to: rules, atomically: true, encoding: .utf8)
        await #expect {
            try await bench.reloader.preview(bench.order(("library.shrink", .number(25))))
        } throws: { error in
            guard case SettingsRefusal.mistakes(let list)? = error as? SettingsRefusal else { return false }
            return list.count == 1 && list[0].hasPrefix("\(rules.path): line 2: gate rules: found ")
                && list[0].contains("hint: docs/gate.md")
        }
    }

    @Test func `a file of changes with a mistake stops the start with its name`() throws {
        let bench = try Bench()
        try "[http]\nport = 80\n".write(toFile: bench.changesFile, atomically: true, encoding: .utf8)
        #expect {
            try bench.source.reading()
        } throws: { error in
            "\(error)".contains("settings.toml") && "\(error)".contains("http.port")
        }
    }

    @Test func `changes that do not go with the file are told without the line of a text that nobody has`() throws {
        let lamp = "[[output]]\nname = \"lamp\"\ngate = \"gate-1\"\nchip = \"c\"\nline = \"l\"\n"
        let bench = try Bench(Self.text + lamp)
        let changes = "[[reader]]\nname = \"gate-1\"\nrole = \"pad\"\n"
        try changes.write(toFile: bench.changesFile, atomically: true, encoding: .utf8)
        #expect {
            try bench.source.reading()
        } throws: { error in
            guard let mistakes = (error as? ConfigurationError)?.mistakes, mistakes.count == 1 else { return false }
            return mistakes[0].line == 1 && mistakes[0].what == "output[0].gate"
                && mistakes[0].hint?.contains("settings.toml") == true
        }
    }

    @Test func `a hook's address is shown to nobody`() async throws {
        let bench = try Bench(
            Self.text
                + """
                [[notice]]
                name = "chat"
                channel = "webhook"
                url = "https://hooks.example.org/services/T0SECRET"
                format = "slack"
                """
        )
        let settings = await bench.reloader.settings.settings
        #expect(settings.contains { $0.key == "notice.chat.url" && $0.isHidden && $0.value == nil })
        #expect(!"\(settings)".contains("T0SECRET"))
    }
}
