import Foundation
import Testing

@testable import Interfaces

struct ZipArchiveTests {
    /// The check value of CRC-32: "123456789" gives CBF43926.
    @Test func `the checksum has its well known value`() {
        #expect(ZipArchive.checksum(Array("123456789".utf8)) == 0xCBF4_3926)
        #expect(ZipArchive.checksum([]) == 0)
    }

    /// Another program's opinion: Python reads the archive and the workbook's XML.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")))
    func `another program reads what is packed`() throws {
        var archive = ZipArchive()
        archive.add("a.txt", Array("one".utf8))
        archive.add("b/ö.txt", [])
        let file = FileManager.default.temporaryDirectory.appending(path: "pressmark-\(UUID().uuidString).zip")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(archive.finished()).write(to: file)
        let script =
            "import sys,zipfile;z=zipfile.ZipFile(sys.argv[1]);assert z.testzip() is None;"
            + "print(z.namelist(), z.read('a.txt'))"
        let python = Process()
        python.executableURL = URL(filePath: "/usr/bin/python3")
        python.arguments = ["-c", script, file.path]
        let output = Pipe()
        python.standardOutput = output
        try python.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        python.waitUntilExit()
        #expect(text == "['a.txt', 'b/ö.txt'] b'one'\n")
    }
}

struct MarkupTests {
    @Test func `text from outside stays text`() {
        #expect(Markup.escaped("<b>\"A&B\"\u{0}\u{1B}") == "&lt;b&gt;&quot;A&amp;B&quot;")
    }
}
