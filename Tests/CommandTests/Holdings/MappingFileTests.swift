import Testing

@testable import Command

private func complaint(_ text: String) -> String? {
    do throws(Complaint) {
        _ = try MappingFile(text: text, name: "site.map")
        return nil
    } catch {
        return error.message
    }
}

@Suite struct MappingFileTests {
    @Test func `fields stand before their columns, in quotes or not`() throws {
        let text = """
            # our system's names
            barcode = "Item No."
            call-number = Shelf mark

            status = "State" # as text
            """
        let map = try MappingFile(text: text, name: "site.map")
        #expect(map.columns == ["barcode": "Item No.", "call-number": "Shelf mark", "status": "State"])
        #expect(map.query["column.barcode"] == "Item No.")
    }

    @Test func `a file that was written on Windows says the same`() throws {
        let text = "# our names\r\nbarcode = \"Item No.\"\r\n\r\ncall-number = Shelf mark\r\n"
        let map = try MappingFile(text: text, name: "site.map")
        #expect(map.columns == ["barcode": "Item No.", "call-number": "Shelf mark"])
        #expect(complaint("\r\ncolour = x\r\n")?.hasPrefix("site.map, line 2: found field 'colour'") == true)
    }

    @Test func `mistakes are told with their line`() {
        #expect(complaint("barcode: x") == "site.map, line 1: found 'barcode: x', wanted field = \"column\"")
        #expect(complaint("\ncolour = x")?.hasPrefix("site.map, line 2: found field 'colour'") == true)
        #expect(complaint("barcode = \"\"") == "site.map, line 1: found nothing for barcode, wanted a column in quotes")
        #expect(complaint("# nothing") != nil)
    }
}
