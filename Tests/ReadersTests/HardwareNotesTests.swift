import Foundation
import Readers
import Testing

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
