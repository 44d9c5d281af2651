import CLinux
import Testing
import Wire

@testable import LinuxIO

@Test func `settings are written as the trade writes them`() {
    #expect(LineSettings(baudRate: 38400, parity: .even).brief == "38400 8E1")
    #expect(LineSettings(baudRate: 9600, dataBits: 7, parity: .odd, stopBits: 2).brief == "9600 7O2")
}

@Test(arguments: LineSettings.Parity.allCases)
func `settings survive the way to the kernel's form and back`(_ parity: LineSettings.Parity) throws {
    let settings = LineSettings(baudRate: 115_200, dataBits: 7, parity: parity, stopBits: 2)
    #expect(LineSettings(try clinux_line(settings)) == settings)
}

@Test func `an adapter may miss the speed a little and never the parity`() throws {
    let wanted = try clinux_line(LineSettings(baudRate: 100_000, parity: .even))
    var found = wanted
    found.baud_rate = 98_000
    #expect(found.carries(wanted, withoutParity: false))
    found.baud_rate = 96_000
    #expect(!found.carries(wanted, withoutParity: false))
    found = wanted
    found.parity = 0
    #expect(!found.carries(wanted, withoutParity: false))
    #expect(found.carries(wanted, withoutParity: true))
}
