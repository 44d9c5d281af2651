import Library
import Operations
import Tags

/// What goes over the line in the TagService dialect: all members that Koha's plugin or PMB's driver read.
enum BibliothecaMessage {
    /// Tag formats by PMB's numbers.
    static let formatISO28560 = 768
    static let formatFrench = 513
    static let formatBlank = 86

    enum ItemType: Int {
        case empty = 0
        case item = 1
        case patron = 3
    }

    /// `{"IsConnected":true,"IsConnectedResult":true}`: Koha's plugin and PMB's driver read the second.
    static func state(_ call: String, _ value: Bool) -> [String: Bool] {
        [call: value, call + "Result": value]
    }

    struct Failure: Encodable {
        var errorMessage: String

        enum CodingKeys: String, CodingKey { case errorMessage = "ErrorMessage" }
    }

    struct Items: Encodable {
        var items: [Item]

        enum CodingKeys: String, CodingKey { case items = "GetItemsResult" }

        /// Tags that nobody understood are left out: no client can do anything with them.
        init(_ lying: [PadItem]) {
            items = lying.filter { $0.kind != .unreadable }.map(Item.init)
        }
    }

    struct Item: Encodable {
        var id: String
        var type: Int
        /// 0 when every part is secured, 2 when none is, 1 for anything else.
        var isSecured: Int
        var isValid: Bool
        var tags: [Tag]

        enum CodingKeys: String, CodingKey {
            case id = "Id"
            case type = "Type"
            case isSecured = "IsSecured"
            case isValid = "IsValid"
            case tags = "Tags"
        }

        init(_ item: PadItem) {
            id = item.barcode ?? ""
            type =
                switch item.kind {
                case .item: ItemType.item.rawValue
                case .patronCard: ItemType.patron.rawValue
                case .blank, .unreadable: ItemType.empty.rawValue
                }
            isSecured =
                switch item.security {
                case .armed: 0
                case .disarmed: 2
                case .mixed, .other, .unreadable: item.kind == .item ? 1 : 2
                }
            isValid = item.isComplete
            tags = item.parts.map { Tag($0, barcode: item.barcode, kind: item.kind) }
        }
    }

    struct Tag: Encodable {
        var id: String
        var type: Int
        var tagFormat: Int
        var isSecuritySupported = true
        var isTagSecured: Bool
        var fields: [Field]

        enum CodingKeys: String, CodingKey {
            case id = "Id"
            case type = "Type"
            case tagFormat = "TagFormat"
            case isSecuritySupported = "IsSecutirySupported"
            case isTagSecured = "IsTagSecured"
            case fields = "Fields"
        }

        init(_ part: PadItem.Part, barcode: String?, kind: PadItem.Kind) {
            id = part.uid.description
            type = kind == .item ? 1 : kind == .patronCard ? 3 : 0
            tagFormat = kind == .blank ? formatBlank : part.model == FrenchModel.name ? formatFrench : formatISO28560
            isTagSecured = part.security == .armed
            // PMB wants as many tags as SetSize says: one that stands for all the parts is a whole of one.
            let isWhole = part.set.ordinal == 0 || part.set.total <= 1
            let set: SetInformation = isWhole ? .single : part.set
            fields =
                barcode.map { barcode in
                    [
                        Field(name: "ItemID", type: 2, value: barcode),
                        Field(name: "SetNumber", type: 1, value: String(set.ordinal)),
                        Field(name: "SetSize", type: 1, value: String(set.total)),
                    ] + (part.owner.map { [Field(name: "OwnerLibrary", type: 2, value: $0)] } ?? [])
                } ?? []
        }
    }

    /// A value under a name; numbers come and go as texts or as numbers.
    struct Field: Codable {
        var name: String
        /// 1 for a number, 2 for a text.
        var type: Int
        var value: String?

        enum CodingKeys: String, CodingKey {
            case name = "Name"
            case type = "Type"
            case value = "Value"
        }

        init(name: String, type: Int, value: String) {
            self.name = name
            self.type = type
            self.value = value
        }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            name = try values.decode(String.self, forKey: .name)
            type = try values.decodeIfPresent(Int.self, forKey: .type) ?? 2
            if let text = try? values.decodeIfPresent(String.self, forKey: .value) {
                value = text
            } else {
                value = try values.decodeIfPresent(Int.self, forKey: .value).map(String.init)
            }
        }
    }

    /// `{"tagId":"E004…","isSecured":true}`; case as either plugin writes it.
    struct Security: Decodable {
        var tagId: String?
        var isSecured: Bool

        enum CodingKeys: String, CodingKey {
            case tagId, isSecured
            case olderIsSecured = "IsSecured"
        }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            tagId = try values.decodeIfPresent(String.self, forKey: .tagId)
            if let secured = try values.decodeIfPresent(Truth.self, forKey: .isSecured) {
                isSecured = secured.value
            } else {
                isSecured = try values.decode(Truth.self, forKey: .olderIsSecured).value
            }
        }
    }

    /// `true`, or the text `"true"`: PMB's server puts what its settings say (`true,false`) into quotes, and its script
    /// sends that on as it is. Any other text is refused, never taken for false.
    struct Truth: Decodable {
        var value: Bool

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let value = try? container.decode(Bool.self) {
                self.value = value
                return
            }
            let text = try container.decode(String.self).filter { !$0.isWhitespace }.lowercased()
            switch text {
            case "true": value = true
            case "false": value = false
            default:
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "wanted true or false")
            }
        }
    }

    /// `{"tag":{"Id":"E004…","Type":1,"TagFormat":768,"IsTagSecured":true,"Fields":[…]}}`.
    struct Writing: Decodable {
        var tag: Wanted

        struct Wanted: Decodable {
            var id: String
            var type: Int
            var format: Int
            var isSecured: Bool?
            var fields: [Field]

            enum CodingKeys: String, CodingKey {
                case id = "Id"
                case type = "Type"
                case format = "TagFormat"
                case isSecured = "IsTagSecured"
                case fields = "Fields"
            }

            func field(_ name: String) -> String? { fields.first { $0.name == name }?.value }
        }
    }
}
