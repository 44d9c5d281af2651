@testable import Daemon

extension ConfigurationMistake {
    /// Every mistake of a configuration file with this text; none where it is taken.
    static func all(in text: String) -> [ConfigurationMistake] {
        do throws(ConfigurationError) {
            _ = try ConfigurationFile.parse(text, file: "pressmark.toml")
            return []
        } catch {
            return error.mistakes
        }
    }
}
