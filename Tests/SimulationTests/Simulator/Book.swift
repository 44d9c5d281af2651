import Field
import Library
import SIP2
import Tags

/// An item of the simulated branch, with the tags of its parts.
struct Book: Sendable {
    static let owner = "DK-718500"
    static let armed: UInt8 = 0x07
    static let disarmed: UInt8 = 0xC2

    let barcode: String
    let tags: [TagUID]
    let callNumber: String
    /// Whether it is this library's: others are carried in and out and nobody touches their tags.
    let isOurs: Bool

    /// Books with their tags, in shelf order: sets of up to three parts, and some of another library.
    static func shelf(_ count: Int, _ chance: Chance) throws -> [(book: Book, tags: [VirtualTag])] {
        guard let chip = ChipTable.named("ICODE SLIX") else { throw Mistake(what: "chip ICODE SLIX") }
        return try (0..<count).map { number in
            let barcode = "30000\(10_000 + number)"
            let isOurs = number % 9 != 8
            let parts = number % 7 == 3 ? chance.number(2...3) : 1
            let tags = try (1...parts).map { part in
                let content = TagContent(
                    primaryItemIdentifier: barcode,
                    ownerInstitution: isOurs ? owner : "DE-999",
                    setInformation: SetInformation(total: parts, ordinal: part),
                    typeOfUsage: .circulation
                )
                var tag = VirtualTag(
                    uid: TagUID(0xE004_0150_0000_0000 | UInt64(number * 8 + part)),
                    chip: chip,
                    content: try Part3Model.encode(content, for: MemoryGeometry(blockSize: 4, blockCount: 28)),
                    dsfid: 0x3E,
                    afi: armed
                )
                tag.eas.armed = true
                return tag
            }
            let book = Book(
                barcode: barcode,
                tags: tags.map(\.uid),
                callNumber: "QA \(100 + number) .B\(number) 2001",
                isOurs: isOurs
            )
            return (book, tags)
        }
    }

    func item(_ status: ItemStatus) -> Item {
        Item(
            barcode: barcode,
            title: "Title of \(barcode)",
            callNumber: callNumber,
            scheme: .lcc,
            homeBranch: "MAIN",
            holdingBranch: "MAIN",
            location: "REF",
            permanentLocation: "REF",
            status: status
        )
    }

    /// The simulated branch cannot be built.
    struct Mistake: Error {
        var what: String
    }
}

/// The people of the simulated branch. What is written here must be found nowhere else.
enum Planted {
    static let patrons = [
        "P7734201986": (name: "Æðelgyð Þorlákssøn-Quist", password: "geheim-Ü-4711"),
        "P5512098467": (name: "Xénia Brûlé-Ñandú", password: "hemmelig-Ø-0815"),
        "P9087723415": (name: "Aristide Umbwelé Kx", password: "zq7-lösen-99"),
    ]

    static var texts: [String] {
        patrons.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value.name, $0.value.password] }
    }
}
