import Testing

@testable import LinuxIO

private let pad = USBDevice(vendor: 0x0AB1, product: 0x0002, port: "1-1.4", address: 7)
private let wand = USBDevice(vendor: 0x0AB1, product: 0x0004, port: "1-2", address: 8)

@Test func `devices that are there at the start have arrived`() {
    var roster = USBRoster()
    #expect(roster.update([wand, pad]) == [.arrived(pad), .arrived(wand)])
}

@Test func `an arrival told twice is one arrival`() {
    var roster = USBRoster()
    #expect(roster.update([pad]) == [.arrived(pad)])
    #expect(roster.update([pad]).isEmpty)
    #expect(roster.update([pad, pad]).isEmpty)
}

@Test func `a device that was plugged round between two looks left and came`() {
    var roster = USBRoster()
    _ = roster.update([pad, wand])
    var again = pad
    again.address = 9
    #expect(roster.update([again, wand]) == [.left(pad), .arrived(again)])
    #expect(roster.update([]) == [.left(again), .left(wand)])
}
