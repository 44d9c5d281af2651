import Importers
import Library
import Operations
import Tags

/// The XML of the MK and Alma dialects.
enum MKSolutionsMessage {
    static let success = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rfid><success>true</success></rfid>"

    static func failure(_ text: String) -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rfid><success>false</success><ExceptionDetail><Message>"
            + "\(Markup.escaped(text))</Message></ExceptionDetail></rfid>"
    }

    /// Items with a barcode; tags of anything else are nothing that these clients know. `<success>` goes before them as in
    /// every answer of MK's service, for clients that look at it first.
    static func items(_ items: [PadItem]) -> String {
        let body = items.filter { $0.kind == .item || $0.kind == .patronCard && $0.barcode != nil }.map(item).joined()
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rfid><success>true</success><items>\(body)</items></rfid>"
    }

    private static func item(_ item: PadItem) -> String {
        // `<barcode>` and `<is_secure>` must stand once in an item: clients take the text of all there are.
        let tags = item.parts.map { part in
            "<tag><tag_id>\(part.uid)</tag_id><part_num>\(part.set.ordinal)</part_num><material_type>BOOK</material_type>"
                + "<library>\(Markup.escaped(part.owner ?? ""))</library><location></location></tag>"
        }
        return
            "<item><barcode>\(Markup.escaped(item.barcode ?? ""))</barcode>"
            + "<is_secure>\(item.security == .armed)</is_secure>"
            + "<is_complete>\(item.isComplete)</is_complete><total_num_of_parts>\(item.total)</total_num_of_parts>"
            + "<tags>\(tags.joined())</tags></item>"
    }

    /// What a client wants done, wherever in its document it says so.
    struct Order: Hashable {
        var barcode: String?
        var isSecure: Bool?
        var readerAddress: String?
        /// Barcodes named that are not the same.
        var count = 0

        init(_ body: [UInt8]) throws(DialectProblem) {
            do throws(XMLTokenizer.Flaw) {
                // What is XML stays as it is: in CDATA an & stands for itself.
                if let order = try? Self(document: body) {
                    self = order
                } else {
                    try self.init(document: Self.repaired(body))
                }
            } catch {
                throw DialectProblem(
                    status: 400,
                    text: "body: found \(error.found) at byte \(error.offset), wanted XML"
                )
            }
        }

        private init(document: [UInt8]) throws(XMLTokenizer.Flaw) {
            var tokens = XMLTokenizer(document)
            var open: [String] = []
            var barcodes: [String] = []
            while let token = try tokens.next() {
                switch token {
                case .start(let name, _): open.append(name)
                case .end: _ = open.popLast()
                case .text(let text): take(text, of: open.last, &barcodes)
                }
                if open.count > 32 { break }
            }
            barcode = barcodes.first
            count = Set(barcodes).count
        }

        /// The document with every & that begins no entity as one: the Koha plugin puts a barcode into it as it is.
        private static func repaired(_ body: [UInt8]) -> [UInt8] {
            var result: [UInt8] = []
            result.reserveCapacity(body.count)
            for (index, byte) in body.enumerated() {
                result.append(byte)
                guard byte == 0x26 else { continue }
                let name = body[(index + 1)...].prefix(12).prefix { $0 != 0x3B }
                let isEntity =
                    name.endIndex < body.count && body[name.endIndex] == 0x3B
                    && (name.first == 0x23 || entities.contains(String(decoding: name, as: UTF8.self)))
                if !isEntity { result += Array("amp;".utf8) }
            }
            return result
        }

        /// The names that XML 1.0 knows; of others no client has told.
        private static let entities: Set<String> = ["amp", "lt", "gt", "quot", "apos"]

        private mutating func take(_ text: String, of name: String?, _ barcodes: inout [String]) {
            let value = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            guard !value.isEmpty, value.utf8.count <= 200 else { return }
            switch name {
            case "barcode": barcodes.append(value)
            case "is_secure": isSecure = ["true": true, "false": false][value.lowercased()] ?? isSecure
            case "reader_ip": readerAddress = value
            default: break
            }
        }
    }
}
