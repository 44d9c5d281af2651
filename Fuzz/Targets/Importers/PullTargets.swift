import Importers
import Library

/// What library systems answer over HTTP, page by page and item by item.
enum PullTargets {
    static let list = [
        FuzzTarget("pull-koha", .importers, longest: 512) { pull(.koha, $0) },
        FuzzTarget("pull-folio", .importers, longest: 512) { pull(.folio, $0) },
        FuzzTarget("write-back-koha", .importers, longest: 512) { writeBack(.koha, $0) },
        FuzzTarget("write-back-folio", .importers, longest: 512) { writeBack(.folio, $0) },
    ]

    private static let secret = "hunter2"
    private static let start = Moment(milliseconds: 1_795_000_000_000)
    private static let statuses = [200, 200, 200, 201, 302, 400, 401, 403, 404, 408, 422, 429, 500, 503]

    private static func credentials(_ choice: UInt8) -> PullCredentials {
        choice & 1 == 0 ? .password(user: "pull", password: secret) : .client(identifier: "pull", secret: secret)
    }

    /// FE between answers: status, which headers, the headers' text, FD, the body. `nil`: none came.
    private static func answers(_ input: ArraySlice<UInt8>) -> ArraySlice<PullResponse?> {
        input.split(separator: 0xFE).map { bytes -> PullResponse? in
            guard let first = bytes.first, first < 0x80 else { return nil }
            let chosen = bytes.dropFirst().first ?? 0
            let parts = bytes.dropFirst(2).split(separator: 0xFD, maxSplits: 1, omittingEmptySubsequences: false)
            let text = String(decoding: parts.first ?? [], as: UTF8.self)
            let names = ["link", "x-total-count", "retry-after", "set-cookie", "x-okapi-token"]
            var headers: [String: String] = [:]
            for (bit, name) in names.enumerated() where chosen >> UInt8(bit) & 1 == 1 { headers[name] = text }
            let status = statuses[Int(first) % statuses.count]
            return PullResponse(status: status, headers: headers, body: parts.count > 1 ? Array(parts[1]) : [])
        }[...]
    }

    /// Addresses end up in logs, and stand in the first line of a request.
    private static func check(_ request: PullRequest) {
        promise(request.path.hasPrefix("/"), request.path)
        promise(request.path.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "\(Array(request.path.utf8)) as an address")
        promise(!request.path.contains(secret), "\(request.path) tells the password")
    }

    /// A pull ends whatever comes back, and hands out no page without records.
    private static func pull(_ system: PullSource.System, _ input: [UInt8]) {
        guard let choice = input.first else { return }
        let source = PullSource(system: system, tenant: "diku", pageSize: 2)
        var pull = Pull(source, credentials(choice), since: choice & 2 == 0 ? nil : start)
        var now = start
        var answers = answers(input.dropFirst())
        for _ in 0..<1000 {
            switch pull.next() {
            case .finished, .failed: return
            case .wait(let rest):
                promise(.zero <= rest && rest <= .seconds(120), "a rest of \(rest)")
                now = now + rest
            case .send(let request):
                check(request)
                guard let answer = answers.popFirst() ?? nil else {
                    pull.lost("nothing")
                    continue
                }
                let before = pull.records
                let page = pull.received(answer, at: now)
                promise(page == nil ? pull.records == before : pull.records > before, "\(pull.records) records")
                promise(pull.expected.map { $0 >= pull.records } ?? true, "fewer expected than \(pull.records)")
            }
        }
        promise(false, "a pull without an end")
    }

    /// Each item is told of once, in order; all of them when it ends well.
    private static func writeBack(_ system: PullSource.System, _ input: [UInt8]) {
        guard let choice = input.first else { return }
        let barcodes = (1...3).map { "b\($0)" }
        var call = WriteBackCall(
            WriteBackTarget(system: system, tenant: "diku", servicePoint: "3a40852d-49fd-4df2-a1f9-6e2641a6e91f"),
            credentials(choice),
            items: barcodes.map { WriteBackItem(barcode: $0, seenAt: start) },
            at: start
        )
        var now = start
        var told: [String] = []
        var answers = answers(input.dropFirst())
        for _ in 0..<1000 {
            switch call.next() {
            case .finished:
                promise(told == barcodes, "\(told) are told of")
                return
            case .failed:
                promise(barcodes.starts(with: told), "\(told) are told of")
                return
            case .wait(let rest):
                promise(.zero <= rest && rest <= .seconds(120), "a rest of \(rest)")
                now = now + rest
            case .send(let request, let items):
                check(request)
                promise(items.isEmpty || barcodes.dropFirst(told.count).starts(with: items), "\(items) behind \(told)")
                var came: [WriteBackAnswer]
                if let answer = answers.popFirst() ?? nil {
                    came = call.received(answer, at: now)
                } else {
                    came = call.lost("nothing", wasSent: true)
                    let isUncertain = came.map(\.barcode) == items && came.allSatisfy { $0.state == .uncertain }
                    promise(call.isRepeatable || isUncertain, "\(came) when nothing came")
                }
                promise(came.isEmpty || came.map(\.barcode) == items, "\(came) of \(items)")
                told += came.map(\.barcode)
            }
        }
        promise(false, "a write-back without an end")
    }
}
