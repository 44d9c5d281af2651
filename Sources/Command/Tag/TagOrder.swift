import Foundation
import Tags
import Wire

/// What shall stand on a tag, as `tag encode` takes it: the keys of `tag explain --json`, so that what was explained
/// can be encoded again.
///
///     {"primaryItemIdentifier": "1000000136", "ownerInstitution": "DK-718500",
///      "setInformation": {"total": 3, "ordinal": 1}, "typeOfUsage": "10",
///      "elements": {"shelfLocation": "2.A.17", "17": "Title"}, "lock": ["primaryItemIdentifier"]}
struct TagOrder: Equatable {
    var content: TagContent
}

extension TagOrder {
    /// Reads the JSON text; a mistake names the field, or the file for the whole, what was found and what was wanted.
    init(json text: String, in place: String = "content") throws {
        do {
            self = try JSONDecoder().decode(Self.self, from: Data(text.utf8))
        } catch let error as DecodingError {
            throw Complaint(error, in: place, hint: "see pressmark tag encode --help for an example")
        }
    }
}

extension TagOrder: Decodable {
    private enum Key: String, CaseIterable {
        case primaryItemIdentifier, ownerInstitution, setInformation, typeOfUsage, elements, lock
    }

    /// What `tag explain` and `tag read` tell besides; it is not for writing.
    private static let readOnlyKeys: Set<String> = [
        "model", "confidence", "reason", "checksum", "security", "afi", "dsfid", "problems", "uid", "chip", "blockSize",
        "blockCount", "memory", "lockedBlocks", "title", "problem",
    ]

    init(from decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: AnyKey.self)
        for key in object.allKeys
        where Key(rawValue: key.stringValue) == nil && !Self.readOnlyKeys.contains(key.stringValue) {
            throw Complaint(
                "\(key.stringValue): found an unknown field, wanted \(Key.allCases.map(\.rawValue).joined(separator: ", "))",
                hint: "further elements stand under elements, by name or number"
            )
        }
        func key(_ key: Key) -> AnyKey { AnyKey(key.rawValue) }
        content = TagContent(
            primaryItemIdentifier: try object.decode(String.self, forKey: key(.primaryItemIdentifier)),
            ownerInstitution: try object.decodeIfPresent(String.self, forKey: key(.ownerInstitution)),
            setInformation: try object.decodeIfPresent(SetOrder.self, forKey: key(.setInformation))?.information,
            typeOfUsage: try object.decodeIfPresent(UsageOrder.self, forKey: key(.typeOfUsage))?.usage,
            others: try object.decodeIfPresent(ElementsOrder.self, forKey: key(.elements))?.values ?? [:]
        )
        let lock = try object.decodeIfPresent([String].self, forKey: key(.lock)) ?? []
        content.lockedElements = Set(try lock.map { try DataElement(ordered: $0, in: "lock").oid })
    }
}

private struct SetOrder: Decodable {
    let total: Int
    let ordinal: Int

    var information: SetInformation { SetInformation(total: total, ordinal: ordinal) }
}

/// Two hexadecimal digits as text, or the number.
private struct UsageOrder: Decodable {
    let usage: TypeOfUsage

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let number = try? value.decode(Int.self) {
            guard let byte = UInt8(exactly: number) else {
                throw Complaint("typeOfUsage: found \(number), wanted 0 to 255")
            }
            usage = TypeOfUsage(rawValue: byte)
        } else {
            let text = try value.decode(String.self)
            guard let byte = HexByte(argument: text) else {
                throw Complaint(
                    "typeOfUsage: found \"\(text)\", wanted two hexadecimal digits",
                    hint: "10 is circulation"
                )
            }
            usage = TypeOfUsage(rawValue: byte.value)
        }
    }
}

/// An object from name or number to text, or the list `tag explain` gives.
private struct ElementsOrder: Decodable {
    var values: [Int: String] = [:]

    private struct Explained: Decodable {
        var oid: Int?
        var value: String
    }

    init(from decoder: any Decoder) throws {
        if var list = try? decoder.unkeyedContainer() {
            while !list.isAtEnd {
                let element = try list.decode(Explained.self)
                // What is below has fields of its own, and an explanation gives place holders of empty elements, too.
                guard let oid = element.oid, oid > 5, values[oid] == nil, !element.value.isEmpty, element.value != "\0"
                else { continue }
                values[oid] = element.value
            }
            return
        }
        let object = try decoder.container(keyedBy: AnyKey.self)
        for key in object.allKeys {
            let element = try DataElement(ordered: key.stringValue, in: "elements")
            guard element.oid > 5 else {
                throw Complaint(
                    "elements.\(key.stringValue): found element \(element.oid), wanted one from 6 to 26",
                    hint: element == .contentParameter
                        ? "the content parameter is computed" : "\(element.name) is a field of its own"
                )
            }
            guard values[element.oid] == nil else {
                throw Complaint("elements.\(key.stringValue): found twice, wanted once by name or by number")
            }
            values[element.oid] = try object.decode(String.self, forKey: key)
        }
    }
}

extension DataElement {
    /// An element by its name or number, as a field of the order names it.
    fileprivate init(ordered text: String, in field: String) throws {
        let found = Int(text).flatMap { DataElement(oid: $0) } ?? DataElement.allCases.first { $0.name == text }
        guard let found else {
            throw Complaint(
                "\(field): found \"\(text)\", wanted an element by name or number",
                hint: "elements are those of ISO 28560-1: " + DataElement.allCases.map(\.name).joined(separator: ", ")
            )
        }
        self = found
    }
}

/// A key whatever it is called.
private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ text: String) { stringValue = text }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
}
