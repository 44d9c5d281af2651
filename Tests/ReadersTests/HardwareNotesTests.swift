import Foundation
import Readers
import Testing
import Wire

/// The page of devices knows every driver and every model that a driver is for.
@Test func `hardware-notes.md has a part for each driver and names its models`() throws {
    let file = URL(filePath: #filePath).appending(path: "../../../hardware-notes.md").standardized
    let parts = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n## ")
    for driver in AllDrivers.list {
        let identity = driver.identity
        guard let part = parts.first(where: { $0.contains("driver `\(identity.name)`") }) else {
            Issue.record("found no part with driver `\(identity.name)` in its heading")
            continue
        }
        for model in identity.models {
            // Relatives share a line: "uTrust 3720F, 3721F". What tells them apart has a digit.
            let words = model.split(separator: " ")
            let telling = words.last(where: { word in word.contains(where: \.isNumber) }) ?? words.last ?? ""
            #expect(part.contains(telling), "driver `\(identity.name)`: found nothing of \(model)")
        }
    }
}

/// readers §3.4 and 4: every USB device that the documents name, whether a driver is for it or not.
@Test func `hardware-notes.md names the USB devices of every driver, and no others without saying why`() throws {
    let file = URL(filePath: #filePath).appending(path: "../../../hardware-notes.md").standardized
    let parts = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n## ")
    let undriven = try #require(parts.first { $0.hasPrefix("Devices on USB that no driver is for") })
    func numbers(in text: some StringProtocol) -> Set<String> {
        Set(String(text).matches(of: /`([0-9a-f]{4}:[0-9a-f]{4})`/).map { String($0.output.1) })
    }
    for driver in AllDrivers.list {
        let identity = driver.identity
        let part = try #require(parts.first { $0.contains("driver `\(identity.name)`") })
        let table = part.split(separator: "\n").filter { $0.hasPrefix("|") }.joined(separator: "\n")
        let devices = identity.usbDevices.compactMap { device in
            device.product.map { "\(Hex.string(device.vendor)):\(Hex.string($0))".lowercased() }
        }
        #expect(numbers(in: table) == Set(devices), "driver `\(identity.name)`")
        #expect(numbers(in: undriven).isDisjoint(with: devices))
    }
    #expect(numbers(in: undriven) == ["072f:223b", "072f:223e", "fffe:0091", "ffff:0035", "1781:0c10"])
}
