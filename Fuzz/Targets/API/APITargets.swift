import API
import Foundation

/// What comes over HTTP as JSON: the bodies of requests, and the events that the command line follows.
enum APITargets {
    static let list = [
        FuzzTarget("api-requests", .api, longest: 512) { input in
            guard let choice = input.first else { return }
            requests[Int(choice) % requests.count].check(Data(input.dropFirst()))
        },
        FuzzTarget("api-events", .api, longest: 512) { input in
            guard let choice = input.first else { return }
            let (name, type) = Event.kinds[Int(choice) % Event.kinds.count]
            let data = Data(input.dropFirst())
            type.check(data)
            guard let event = try? Event(name: name, data: data) else { return }
            promise(event.name == name, "\(event.name) as \(name)")
            promise((try? Event(name: name + "s", data: data)) == .some(nil), "\(name)s as an event")
        },
        FuzzTarget("csv-line", .api, longest: 128) { input in
            let cells = input.split(separator: 0, omittingEmptySubsequences: false).map {
                String(decoding: $0, as: UTF8.self)
            }
            let line = Array(CSV.line(cells).utf8)
            let (read, rest) = csvCells(line)
            promise(rest == 0, "\(rest) bytes behind the line of \(cells)")
            promise(read.count == cells.count, "\(read.count) cells of \(cells.count)")
            for (found, wanted) in zip(read, cells) {
                let isGuarded = found.first == 0x27 && found.dropFirst().elementsEqual(wanted.utf8)
                promise(isGuarded || found.elementsEqual(wanted.utf8), "\(wanted) became \(found)")
                promise(found.first.map { !"=+-@\t\r".utf8.contains($0) } ?? true, "\(found) runs")
            }
        },
    ]

    private static var requests: [any Codable.Type] {
        [
            AcceptRequest.self, CheckinRequest.self, CheckoutRequest.self, ConversionRequest.self, GateTestRequest.self,
            ItemListRequest.self, LiveWriteBackRequest.self, MuteRequest.self, OutcomeRequest.self, PassRequest.self,
            ReaderTestRequest.self, RecordingRequest.self, ReplayRequest.self, RulesRequest.self,
            SecurityRepairRequest.self, SecurityRequest.self, SettingsRequest.self, SignInRequest.self,
            SimulationRequest.self, StatusChangeRequest.self, SweepReplayRequest.self, SweepRequest.self,
            TagWritingRequest.self, TokenRequest.self, WalkTestRequest.self, WriteBackRequest.self,
        ]
    }

    /// The cells of a line as spreadsheets read it (RFC 4180), and how many bytes stand behind its end.
    private static func csvCells(_ line: [UInt8]) -> (cells: [[UInt8]], rest: Int) {
        var cells: [[UInt8]] = [[]]
        var isInside = false
        for (index, byte) in line.enumerated() {
            switch byte {
            case 0x22:
                // Two in a cell are one; so is what they leave.
                if !isInside, index > 0, line[index - 1] == 0x22 { cells[cells.count - 1].append(byte) }
                isInside.toggle()
            case 0x2C where !isInside: cells.append([])
            case 0x0D where !isInside: return (cells, line.count - index - 2)
            default: cells[cells.count - 1].append(byte)
            }
        }
        return (cells, -1)
    }
}

extension Decodable where Self: Encodable {
    /// What is read is written, and read again the same.
    fileprivate static func check(_ data: Data) {
        guard let value = try? JSON.decode(Self.self, from: data) else { return }
        let written = try? JSON.encode(value)
        let again = written.flatMap { try? JSON.decode(Self.self, from: $0) }.flatMap { try? JSON.encode($0) }
        promise(written != nil && again == written, "\(value) is not kept")
    }
}
