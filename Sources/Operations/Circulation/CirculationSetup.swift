package import SIP2

/// A library system and the way to reach it.
package struct CirculationSetup: Sendable {
    /// Account, rules and limits.
    package var settings: CirculationSettings
    /// Opens a line to it; called for each connection, and again when one is lost.
    package var open: SIP2Connection.Open

    package init(settings: CirculationSettings, open: @escaping SIP2Connection.Open) {
        self.settings = settings
        self.open = open
    }
}
