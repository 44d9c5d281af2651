/// Every driver, in the order in which an unknown device is probed: the most particular protocol first.
package enum AllDrivers {
    /// New drivers are added here: what is not in the list is neither probed nor known by name.
    package static let list: [any ReaderDriver.Type] = [
        FEIGDriver.self,
        ThreeMDriver.self,
        RL866Driver.self,
        JMYDriver.self,
        CCIDDriver.self,
        MetraTecDriver.self,
        TRFDriver.self,
    ]

    /// The driver of this name, as configuration calls it.
    package static func named(_ name: String) -> (any ReaderDriver.Type)? {
        list.first { $0.identity.name == name }
    }
}
