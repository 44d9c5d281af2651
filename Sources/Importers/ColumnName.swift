/// Column names as people and systems spell them: `items.itemcallnumber`, `Home Branch`, `home-branch`.
enum ColumnName {
    /// Lower case, spaces and hyphens as underscores, without a table name before the last point.
    static func plain(_ name: String) -> String {
        let own = name.split(separator: ".").last.map(String.init) ?? name
        let bytes = own.utf8.drop { $0 == 0x20 }.map { byte in
            switch byte {
            case 0x41...0x5A: byte | 0x20
            case 0x20, 0x2D: 0x5F as UInt8
            default: byte
            }
        }
        let end = bytes.lastIndex { $0 != 0x5F }.map { $0 + 1 } ?? 0
        return String(decoding: bytes[..<end], as: UTF8.self)
    }
}
