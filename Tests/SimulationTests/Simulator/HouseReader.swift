import Field
import Operations
import Readers

/// A reader of the simulated branch.
struct HouseReader: Sendable {
    var name: String
    var role: StationRole
    var driver: any ReaderDriver.Type
    var kind: ReaderKind
    var twin: any ReaderTwin
    var air = RadioConditions()
    /// What may happen on its channel, in bad weather.
    var storm: ChannelWeather
    var interval: Duration
    var isBuffered = false

    /// Families whose frames have a checksum that finds a wrong byte; the others are on a cable that keeps bytes whole.
    private static let checked = ["feig", "3m", "rl866", "jmy"]

    /// Four pads of families that the seed draws, one of them a kiosk's; two gates, one that is asked and one that
    /// buffers; a wand.
    static func all(_ chance: Chance) -> [HouseReader] {
        let families: [any ReaderDriver.Type] = [
            FEIGDriver.self, ThreeMDriver.self, RL866Driver.self, JMYDriver.self, MetraTecDriver.self,
        ]
        var readers = (1...4).map { number in
            let driver = number == 1 ? FEIGDriver.self : chance.one(of: families) ?? FEIGDriver.self
            var reader = HouseReader(
                name: "pad-\(number)",
                role: .pad,
                driver: driver,
                kind: .pad,
                twin: driver.twin(),
                storm: checked.contains(driver.identity.name) ? .serial : .cable,
                interval: .milliseconds(100)
            )
            if chance.happens(0.5) {
                reader.air.lostRequests = 0.01
                reader.air.lostAnswers = 0.01
                reader.air.lateWrites = 0.02
            }
            return reader
        }
        for number in 1...2 {
            readers.append(
                HouseReader(
                    name: "gate-\(number)",
                    role: .gate,
                    driver: FEIGDriver.self,
                    kind: .gate,
                    twin: FEIGTwin(.gate),
                    storm: .serial,
                    // A real one is asked without a rest; that only costs steps here.
                    interval: .milliseconds(150)
                )
            )
        }
        readers.append(
            HouseReader(
                name: "wand-1",
                role: .wand,
                driver: FEIGDriver.self,
                kind: .wand(reach: 120),
                twin: FEIGTwin(.wand),
                storm: .serial,
                interval: .milliseconds(200)
            )
        )
        return readers
    }
}
