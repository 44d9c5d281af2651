import Foundation
import Readers
import Testing

/// The lines of the udev rules that follow from what the drivers say of their USB devices.
private enum UdevRules {
    static let begin = "# BEGIN GENERATED\n"
    static let end = "# END GENERATED\n"

    static let file = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../udev/60-pressmark.rules").standardized

    static var wanted: String {
        AllDrivers.list.flatMap { $0.identity.usbDevices }.map { device in
            let product = device.product.map { ", ATTR{idProduct}==\"\(hex($0))\"" } ?? ""
            let match =
                "SUBSYSTEM==\"usb\", ENV{DEVTYPE}==\"usb_device\", ATTR{idVendor}==\"\(hex(device.vendor))\"\(product)"
            return "# \(device.name)\n\(match), ENV{PRESSMARK_READER}=\"1\"\n"
        }.joined()
    }

    private static func hex(_ number: UInt16) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}

@Test func `the udev rules name every USB device of every driver`() throws {
    let text = try String(contentsOf: UdevRules.file, encoding: .utf8)
    let begin = try #require(text.range(of: UdevRules.begin))
    let end = try #require(text.range(of: UdevRules.end))
    try #require(begin.upperBound <= end.lowerBound)
    let found = text[begin.upperBound..<end.lowerBound]
    if found != UdevRules.wanted, ProcessInfo.processInfo.environment["PRESSMARK_WRITE"] != nil {
        let renewed = text.replacingCharacters(in: begin.upperBound..<end.lowerBound, with: UdevRules.wanted)
        try renewed.write(to: UdevRules.file, atomically: true, encoding: .utf8)
        return
    }
    #expect(
        found == UdevRules.wanted,
        "udev/60-pressmark.rules is stale; hint: PRESSMARK_WRITE=1 Scripts/test --filter DaemonTests"
    )
}

@Test func `the package has udev look again at each kind of device that the rules speak of`() throws {
    let rules = try String(contentsOf: UdevRules.file, encoding: .utf8)
    let root = UdevRules.file.deletingLastPathComponent().deletingLastPathComponent()
    let script = try String(contentsOf: root.appending(path: "debian/pressmark.postinst"), encoding: .utf8)
    let named = Set(rules.matches(of: /SUBSYSTEM[!=]="([a-z-]+)"/).map { String($0.output.1) })
    #expect(named.contains("gpio"))
    for subsystem in named.sorted() {
        #expect(script.contains("--subsystem-match=\(subsystem) "))
    }
    // The group has to be there first: the part that debhelper writes makes it.
    let made = try #require(script.range(of: "#DEBHELPER#"))
    let reload = try #require(script.range(of: "udevadm control --reload"))
    #expect(made.upperBound <= reload.lowerBound)
}
