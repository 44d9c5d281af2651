/// The files that a configuration names and without which the service does not start.
enum NamedFiles {
    /// Reads them as the start does, and keeps nothing of them.
    ///
    /// Throws ``ConfigurationError`` where each mistake has its line, else ``StartFailure``. Who may not read them finds a
    /// mistake where the daemon's user finds none.
    static func check(_ configuration: Configuration) throws {
        try GateComposition.check(configuration)
        _ = try configuration.security.passwordFile?.read()
        _ = try Composition.lines(configuration.http, state: configuration.state)
    }
}
