import ArgumentParser
import Foundation
import Testing

@testable import Command

@Suite struct DaemonOptionsTests {
    @Test func `the daemon is sought where the command line says`() throws {
        let options = try DaemonOptions.parse(["--daemon", "http://192.0.2.7:7878"])
        #expect(try options.address(["PRESSMARK_URL": "http://elsewhere"]).absoluteString == "http://192.0.2.7:7878")
    }

    @Test func `else where the environment says, else at the usual place`() throws {
        let options = try DaemonOptions.parse([])
        #expect(try options.address(["PRESSMARK_URL": "http://desk:7878"]).absoluteString == "http://desk:7878")
        #expect(try options.address(["PRESSMARK_URL": ""]).absoluteString == "http://127.0.0.1:7878")
    }

    @Test(arguments: ["desk:7878", "ftp://desk", "http://", ""])
    func `an address that is no URL is wrong usage`(_ text: String) throws {
        let options = try DaemonOptions.parse(["--daemon", text])
        let complaint = #expect(throws: Complaint.self) { try options.address([:]) }
        #expect(complaint?.isUsage == true)
    }
}
