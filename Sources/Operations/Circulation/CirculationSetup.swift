package import SIP2

/// A library system and the way to reach it.
package struct CirculationSetup: Sendable {
    package var settings: CirculationSettings
    package var open: SIP2Connection.Open

    package init(settings: CirculationSettings, open: @escaping SIP2Connection.Open) {
        self.settings = settings
        self.open = open
    }
}
