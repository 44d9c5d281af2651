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
    /// How often it has its say without being asked.
    var pace: Duration?
    /// How long a gate may say nothing at all.
    var patience: Duration?

    /// Four pads of families that the seed draws, one of them a kiosk's; two gates, one that is asked and one that may
    /// scan by itself; a wand.
    static func all(_ chance: Chance) -> [HouseReader] {
        (1...4).map { pad($0, chance) } + [askedGate(chance), scanningGate(chance), wand()]
    }

    private static func pad(_ number: Int, _ chance: Chance) -> HouseReader {
        let families: [any ReaderDriver.Type] = [
            FEIGDriver.self, ThreeMDriver.self, RL866Driver.self, JMYDriver.self, MetraTecDriver.self, CCIDDriver.self,
            TRFDriver.self,
        ]
        let driver = number == 1 ? FEIGDriver.self : chance.one(of: families) ?? FEIGDriver.self
        var reader = HouseReader(
            name: "pad-\(number)",
            role: .pad,
            driver: driver,
            kind: .pad,
            twin: driver.twin(),
            storm: storm(of: driver),
            interval: .milliseconds(100)
        )
        if chance.happens(0.5) {
            reader.air.lostRequests = 0.01
            reader.air.lostAnswers = 0.01
            reader.air.lateWrites = 0.02
        }
        return reader
    }

    private static func askedGate(_ chance: Chance) -> HouseReader {
        let families: [any ReaderDriver.Type] = [FEIGDriver.self, MetraTecDriver.self]
        let driver = chance.one(of: families) ?? FEIGDriver.self
        return HouseReader(
            name: "gate-1",
            role: .gate,
            driver: driver,
            kind: .gate,
            twin: driver == FEIGDriver.self ? FEIGTwin(.gate) : driver.twin(),
            storm: storm(of: driver),
            // A real one is asked without a rest; that only costs steps here.
            interval: .milliseconds(150)
        )
    }

    /// A gate that notes numbers and first blocks by itself: in its buffer, or to tell them unasked, as the seed will
    /// have it. Or one that is asked like the other.
    private static func scanningGate(_ chance: Chance) -> HouseReader {
        var device = FEIGTwin.Device.gate
        var gate = HouseReader(
            name: "gate-2",
            role: .gate,
            driver: FEIGDriver.self,
            kind: .gate,
            twin: FEIGTwin(device),
            storm: .serial,
            interval: .milliseconds(150)
        )
        device.scan = FEIGTwin.Scan(fields: [.identity, .blocks], blocks: 9)
        switch chance.number(0...2) {
        case 0:
            gate.twin = FEIGTwin(device)
            gate.isBuffered = true
        case 1:
            gate.twin = CallingGateTwin(device)
            gate.driver = FEIGNotificationDriver.self
            gate.pace = .milliseconds(150)
            gate.patience = .seconds(90)
        default: break
        }
        return gate
    }

    private static func wand() -> HouseReader {
        HouseReader(
            name: "wand-1",
            role: .wand,
            driver: FEIGDriver.self,
            kind: .wand(reach: 120),
            twin: FEIGTwin(.wand),
            storm: .serial,
            interval: .milliseconds(200)
        )
    }

    /// Where no checksum would find a wrong byte, the cable keeps bytes whole.
    private static func storm(of driver: any ReaderDriver.Type) -> ChannelWeather {
        driver.identity.hasChecksum ? .serial : .cable
    }
}
