import Wire

/// What the kernel, the daemon's event stream, a library system behind the proxy and people's files say.
enum RimTargets {
    static let list = [
        FuzzTarget("kernel-event", .rim) { input in
            guard let event = KernelEvent(input) else { return }
            promise(!event.mayMoveLines || event.mayBringReader || event.action == "remove", "\(event)")
            guard input.allSatisfy({ $0 < 0x80 }) else { return }
            var fields = ["\(event.action)@", "ACTION=\(event.action)", "SUBSYSTEM=\(event.subsystem)"]
            if let device = event.device { fields.append("DEVNAME=\(device)") }
            promise(KernelEvent(Array(fields.joined(separator: "\0").utf8)) == event, "\(event) is not kept")
        },
        FuzzTarget("tls-fingerprint", .rim, longest: 128) { input in
            guard let fingerprint = TLSFingerprint(String(decoding: input, as: UTF8.self)) else { return }
            promise(TLSFingerprint(fingerprint.description) == fingerprint, "\(fingerprint) is not kept")
        },
        FuzzTarget("server-sent-events", .rim, longest: 512, run: events),
        FuzzTarget("proxy-lines", .rim, longest: 512, run: proxyLines),
        FuzzTarget("line-index", .rim) { input in
            let text = String(decoding: input, as: UTF8.self)
            let last = text.utf8.count { $0 == 0x0A } + 1
            let index = LineIndex(text)
            for path in ["http", "http.port", "reader[1].role", "gate.lane[0].antennas", text] {
                let line = index.line(of: path)
                promise(1...last ~= line, "\(path) on line \(line) of \(last)")
            }
        },
        FuzzTarget("visible", .rim, longest: 128) { input in
            let text = String(decoding: input, as: UTF8.self)
            let shown = text.visible
            let isSafe = shown.unicodeScalars.allSatisfy { $0.value > 0x1F && !(0x7F...0x9F).contains($0.value) }
            promise(isSafe, "\(Array(shown.utf8)) drives a terminal")
            promise(shown.visible == shown, "\(shown) is shown in two ways")
            promise(shown.unicodeScalars.count == text.unicodeScalars.count, "\(text) is cut")
        },
    ]

    private struct Heard: Equatable {
        var events: [ServerSentEvent]
        var last: String?
    }

    /// The same events whatever the portions; one that is written down again is read the same.
    private static func events(_ input: [UInt8]) {
        let heard = sameInPortions(input, "events") { portions in
            var parser = ServerSentEventParser()
            return Heard(events: portions.flatMap { parser.feed($0) }, last: parser.lastID)
        }
        for event in heard.events {
            let data = event.data.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
            var lines = data.map { "data: " + String(decoding: $0, as: UTF8.self) } + ["event: \(event.name)", "", ""]
            if let id = event.id { lines.insert("id: \(id)", at: 0) }
            var parser = ServerSentEventParser()
            let again = parser.feed(lines.joined(separator: "\n").utf8)
            promise(again == [event], "\(event) became \(again)")
        }
    }

    private struct Cut: Equatable {
        var contents: [[UInt8]]
        var rest: [UInt8]
    }

    /// Put together again the lines are what came; what they say does not depend on the portions.
    private static func proxyLines(_ input: [UInt8]) {
        sameInPortions(input, "lines") { portions in
            var lines = ProxyLines()
            var bytes: [UInt8] = []
            var contents: [[UInt8]] = []
            for portion in portions {
                lines.append(Array(portion))
                while let line = lines.next() {
                    bytes += line.bytes
                    if !line.content.isEmpty { contents.append(line.content) }
                    promise(!line.content.contains(where: ProxyLines.isEnd), "a line end in \(line)")
                }
            }
            let rest = lines.rest()
            promise(bytes + rest == input, "\(bytes) and \(rest)")
            return Cut(contents: contents, rest: Array(rest.drop(while: ProxyLines.isEnd)))
        }
    }
}
