import Foundation
import FoundationNetworking
import Testing

/// What a staff page and the plugin's test suite do against the real daemon.
private struct Page {
    let port: Int

    func send(_ method: String, _ path: String, _ body: String? = nil) async throws -> (status: Int, text: String) {
        var request = URLRequest(url: try #require(URL(string: "http://127.0.0.1:\(port)\(path)")))
        request.httpMethod = method
        request.setValue("http://kohadev-intra.localhost:8081", forHTTPHeaderField: "Origin")
        if let body {
            request.setValue("application/json", forHTTPHeaderField: "Content-Type")
            request.httpBody = Data(body.utf8)
        }
        let (data, response) = try await URLSession.shared.data(for: request)
        return ((response as? HTTPURLResponse)?.statusCode ?? 0, String(decoding: data, as: UTF8.self))
    }

    /// Polls, as pages do; a test that passes does not wait for the limit.
    func items(_ path: String, until isWanted: (String) -> Bool) async throws -> String {
        let limit = ContinuousClock.now + .seconds(120)
        var text = try await send("GET", path).text
        while !isWanted(text), ContinuousClock.now < limit {
            try await Task.sleep(for: .milliseconds(200))
            text = try await send("GET", path).text
        }
        return text
    }
}

@Test func `the Koha plugin's test suite could drive the simulated branch, and doctor and dossier tell of it`()
    async throws
{
    let daemon = try await RunningDaemon(arguments: ["--dialects", "bibliotheca"])
    defer { _ = daemon.stop() }
    let file = daemon.state.appending(path: "port-bibliotheca")
    let limit = ContinuousClock.now + .seconds(60)
    while !FileManager.default.fileExists(atPath: file.path), ContinuousClock.now < limit {
        try await Task.sleep(for: .milliseconds(50))
    }
    let text = try String(contentsOf: file, encoding: .utf8).trimmingCharacters(in: .newlines)
    let page = Page(port: try #require(Int(text)))
    #expect(try await page.send("POST", "/api/barcodes", "{\"barcodes\":\"30100000000002 made-up-1\"}").status == 200)
    let listed = try await page.items("/TagService/Web//GetItems") {
        $0.contains("made-up-1") && $0.contains("30100000000002")
    }
    let items = try #require(
        (try JSONSerialization.jsonObject(with: Data(listed.utf8)) as? [String: Any])?["GetItemsResult"]
            as? [[String: Any]]
    )
    let item = try #require(items.first { $0["Id"] as? String == "30100000000002" })
    let tag = try #require((item["Tags"] as? [[String: Any]])?.first?["Id"] as? String)
    let wanted = item["IsSecured"] as? Int != 0
    let set = "{\"tagId\":\"\(tag)\",\"isSecured\":\(wanted)}"
    let done = try await page.send("POST", "/TagService/Web//SetTagSecurity", set)
    #expect(done.status == 200, "\(done.text)")
    #expect(
        try await page.send("GET", "/getitems").text.contains("{\"barcode\":\"30100000000002\",\"security\":\(wanted)}")
    )
    #expect(try await page.send("POST", "/api/barcodes", "{\"barcodes\":\"\"}").status == 200)
    #expect(try await page.items("/getitems") { $0.contains("\"items\":[]") }.contains("\"items\":[]"))

    let doctor = try daemon.pressmark("doctor", "--json")
    #expect(doctor.output.contains("\"findings\"") && !doctor.output.contains("\"port-busy\""), "\(doctor.output)")
    let dossier = try daemon.pressmark("privacy", "report")
    #expect(dossier.status == 0 && dossier.output.contains("RFID is used here") && dossier.output.contains("gate-1"))
}
