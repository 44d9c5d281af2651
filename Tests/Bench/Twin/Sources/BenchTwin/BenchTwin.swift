import Field
import Readers
import SIP2
import Tags
import Wire

/// Readers, tags and a library system that obey lines on standard input; each gets one line of answer.
///
///     receive READER HEX      what the device makes of these bytes: HEX or -, and the air's time in microseconds
///     silent READER           the reader's line was silent
///     put PAD BARCODE         lays an item on a pad
///     clear PAD               takes everything off it
///     walk WAND MM            leads the wand along the shelf; `walk WAND away` hangs it up
///     enter GATE BARCODE      brings an item between the antennas
///     leave GATE BARCODE      takes it out
///     snatch BARCODE          pulls it off in the middle of the next write
///     afi BARCODE             the byte on its tag now
///     shelf                   items on the shelf, and its length in millimetres
///     call NUMBER             a connection to the library system
///     ask NUMBER HEX          what it answers: words `send:HEX`, `wait:MICROSECONDS`, `hangup`, or -
///     borrower BARCODE        whom the library system takes to have it, or -
@main
struct BenchTwin {
    /// Items are numbered from here.
    static let firstBarcode = 30_100_000_001_001

    static func main() async {
        var twin: Twin
        do throws(EncodeError) {
            twin = try await Twin(items: 120)
        } catch {
            print("error: \(error)")
            return
        }
        while let line = readLine() {
            let words = line.split(separator: " ").map(String.init)
            let answer: String
            do throws(BranchError) {
                answer = try await twin.obey(words)
            } catch {
                answer = "error: \(error)"
            }
            // Whoever reads waits for this very line.
            print(answer)
            flush()
        }
    }
}

/// The branch and the library system behind the lines.
struct Twin {
    private let branch = Branch(seed: 10)
    private let system: LibrarySystemBench
    private var calls: [String: LibrarySystemTwin] = [:]
    private var uids: [String: TagUID] = [:]

    init(items: Int) async throws(EncodeError) {
        var books: [ShelvedTag] = []
        var records: [String: LibrarySystemRecords.Item] = [:]
        for number in 0..<items {
            let barcode = String(BenchTwin.firstBarcode + number)
            let tag = try Self.tag(barcode, serial: UInt64(number))
            uids[barcode] = tag.uid
            books.append(ShelvedTag(tag: tag, thickness: 22))
            records[barcode] = .init(title: "Title", callNumber: nil, branch: "MAIN", status: .available)
        }
        system = LibrarySystemBench(LibrarySystemRecords(items: records, patrons: ["P0001": .init(name: "A. Reader")]))
        await branch.setShelf(books)
        await branch.addReader(name: "pad-1", kind: .pad, twin: FEIGTwin(.pad))
        await branch.addReader(name: "wand-1", kind: .wand(reach: 160), twin: FEIGTwin(.wand))
        await branch.addReader(name: "gate-1", kind: .gate, twin: FEIGTwin(.gate))
    }

    private static func tag(_ barcode: String, serial: UInt64) throws(EncodeError) -> VirtualTag {
        let content = TagContent(
            primaryItemIdentifier: barcode,
            ownerInstitution: "DK-718500",
            setInformation: SetInformation(total: 1, ordinal: 1),
            typeOfUsage: .circulation
        )
        return VirtualTag(
            // Serial numbers of real tags are scattered; anticollision would be too easy with running ones.
            uid: TagUID(0xE004_0150_0000_0000 | (serial &* 0x9E37_79B1) & 0xFFFF_FFFF),
            chip: ChipTable.all[0],
            content: try Part3Model.encode(content, for: MemoryGeometry(blockSize: 4, blockCount: 28)),
            dsfid: 0x3E,
            afi: 0x07
        )
    }

    mutating func obey(_ words: [String]) async throws(BranchError) -> String {
        switch (words.first ?? "", words.count) {
        case ("receive", 3):
            let (reply, air) = await branch.receive(Hex.bytes(words[2]), reader: words[1])
            let (seconds, attoseconds) = air.components
            return "\(Hex.text(reply)) \(seconds * 1_000_000 + attoseconds / 1_000_000_000_000)"
        case ("silent", 2): await branch.lineFellSilent(reader: words[1])
        case ("put", 3): try await branch.placeOnPad(words[1], uid(words[2]))
        case ("clear", 2): try await branch.clearPad(words[1])
        case ("walk", 3): try await branch.moveWand(to: Double(words[2]), reader: words[1])
        case ("enter", 3): try await branch.enterGate(words[1], uid(words[2]))
        case ("leave", 3): try await branch.leaveGate(words[1], uid(words[2]))
        case ("snatch", 2): try await branch.pullDuringNextWrite(uid(words[1]))
        case ("afi", 2): return Hex.text([await branch.tag(uid(words[1]))?.afi ?? 0])
        case ("shelf", 1): return "\(uids.count) \(Int(await branch.shelfLength))"
        case ("call", 2):
            var twin = LibrarySystemTwin(manner: .of(.koha), encoding: SIP2Dialect.koha.encoding)
            twin.institution = "MAIN"
            twin.allowsOffline = true
            calls[words[1]] = twin
        case ("ask", 3):
            guard var twin = calls[words[1]] else { return "hangup" }
            let steps = await system.receive(Hex.bytes(words[2]), by: &twin)
            calls[words[1]] = twin
            return steps.isEmpty ? "-" : steps.map(Self.word).joined(separator: " ")
        case ("borrower", 2): return await system.records.items[words[1]]?.borrower ?? "-"
        default: return "error: found \"\(words.joined(separator: " "))\", wanted one of the commands"
        }
        return "ok"
    }

    private func uid(_ barcode: String) -> TagUID { uids[barcode] ?? TagUID(0) }

    private static func word(_ step: LibrarySystemTwin.Step) -> String {
        switch step {
        case .send(let bytes): "send:\(Hex.text(bytes))"
        case .wait(let time): "wait:\(time.components.seconds * 1_000_000)"
        case .hangUp: "hangup"
        }
    }
}
