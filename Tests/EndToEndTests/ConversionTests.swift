import Foundation
import Testing

/// Another data model for the items on a pad, with the real programs.
@Suite(.serialized) struct ConversionTests {
    private struct Scene: Decodable {
        var firstBarcode: String
        var lastBarcode: String
    }

    @Test func `items on a pad are planned, converted, read, and told when a write was cut off`() async throws {
        let daemon = try await RunningDaemon()
        let scene = try JSONDecoder().decode(
            Scene.self,
            from: Data(daemon.pressmark("simulate", "scene", "--json").output.utf8)
        )
        let barcodes = [scene.firstBarcode, scene.lastBarcode]
        #expect(try daemon.pressmark("simulate", "pad", "put", barcodes[0], barcodes[1]).status == 0)
        _ = try await daemon.eventually(["tag", "read", "--reader", "pad-1"]) { outcome in
            barcodes.allSatisfy(outcome.output.contains)
        }
        let planned = try daemon.pressmark("tag", "convert", "--reader", "pad-1", "--to", "iso28560-3", "--dry-run")
        #expect(planned.status == 0, "\(planned.errors)\(daemon.logText)")
        #expect(planned.output.contains("planned, nothing was written"))
        let converted = try daemon.pressmark("tag", "convert", "--reader", "pad-1", "--to", "iso28560-3")
        #expect(converted.status == 0, "\(converted.output)\(converted.errors)\(daemon.logText)")
        let read = try daemon.pressmark("tag", "read", "--reader", "pad-1", "--json").output
        #expect(read.components(separatedBy: "\"iso28560-3\"").count == 3)
        let again = try daemon.pressmark("tag", "convert", "--reader", "pad-1", "--to", "iso28560-3", barcodes[0])
        #expect(again.output.contains("as it shall be already"))
        #expect(try daemon.pressmark("tag", "convert", "--reader", "pad-1", "--to", "3m").status == 2)
        _ = try daemon.pressmark("simulate", "pad", "snatch", barcodes[0])
        let torn = try daemon.pressmark("tag", "convert", "--reader", "pad-1", "--to", "iso28560-2", barcodes[0])
        #expect(torn.status == 1)
        #expect(torn.output.contains("not converted: 0 of"))
        // The other one lies there as it was.
        let rest = try daemon.pressmark("tag", "read", "--reader", "pad-1")
        #expect(rest.output.contains(barcodes[1]))
        #expect(!rest.output.contains(barcodes[0]))
    }
}
