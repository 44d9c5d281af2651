import Interfaces

/// Where the configuration comes from: a file, and what was said on the command line in place of it.
struct ConfigurationSource: Equatable, Sendable {
    /// `nil` in a simulated branch.
    var path: String?
    var state: String?
    var port: Int?
    /// Names of dialects with commas between; `nil` for those of the file.
    var dialects: String?

    /// What a simulated branch has in place of a file.
    static let simulated = "[library]\nname = \"Simulated branch\"\nisil = [\"\(SimulatedHoldings.owner)\"]\n"

    func read() throws(ConfigurationError) -> Configuration { try reading().configuration }

    /// The configuration with what was changed on the page, or with other changes in place of those that are kept.
    func reading(changes: SettingsOverlay? = nil) throws(ConfigurationError) -> ConfigurationReading {
        let text: String
        if let path { text = try ConfigurationFile.text(of: path) } else { text = Self.simulated }
        let alone = placed(try ConfigurationFile.parse(text, file: path ?? "simulated branch"))
        let changesFile = SettingsFile.path(in: alone.state)
        let overlay: SettingsOverlay
        if let changes { overlay = changes } else { overlay = try SettingsFile.read(changesFile) }
        // What was parsed once has a tree.
        let base = (try? ConfigurationTree(text)) ?? .table([:])
        let tree = overlay.laid(over: base)
        var configuration = alone
        if !overlay.isEmpty { configuration = placed(try Self.together(tree, file: changesFile)) }
        return ConfigurationReading(
            configuration: configuration,
            base: base,
            overlay: overlay,
            tree: tree,
            changesFile: changesFile
        )
    }

    /// Both files as one. Its lines stand in neither of them: a mistake is told by its key, and what to do about it.
    private static func together(_ tree: ConfigurationTree, file: String) throws(ConfigurationError) -> Configuration {
        do throws(ConfigurationError) {
            return try ConfigurationFile.parse(tree.text, file: file)
        } catch {
            var told = error
            for index in told.mistakes.indices {
                told.mistakes[index].line = 1
                told.mistakes[index].hint = """
                    what \(file) changes does not go with the configuration file: take it back there, or put it aside
                    """
            }
            throw told
        }
    }

    /// With what was said on the command line.
    private func placed(_ configuration: Configuration) -> Configuration {
        var configuration = configuration
        if let state { configuration.state = state }
        if let port { configuration.http.port = port }
        if let dialects {
            configuration.dialects = dialects.split(separator: ",").compactMap { name in
                AllDialects.named(String(name)).map {
                    Configuration.Dialect(name: $0.identity.name, port: $0.identity.port)
                }
            }
        }
        if port == 0 {
            for index in configuration.dialects.indices { configuration.dialects[index].port = 0 }
        }
        return configuration
    }
}

/// A configuration and where it comes from.
struct ConfigurationReading: Equatable, Sendable {
    var configuration: Configuration
    /// As the administrator's file has it.
    var base: ConfigurationTree
    /// What was changed on the page.
    var overlay: SettingsOverlay
    /// Both together.
    var tree: ConfigurationTree
    /// Where changes are kept.
    var changesFile: String
}
