import SIP2
import Wire

/// What library systems and kiosks say.
enum SIP2Targets {
    static let list = [
        FuzzTarget("sip2-lines", .sip2, run: lines),
        FuzzTarget("sip2-long-lines", .sip2, longest: 128, run: longLines),
        FuzzTarget("sip2-date", .sip2, longest: 32) { input in
            let text = String(decoding: input, as: UTF8.self)
            promise(SIP2Date.words(of: text).utf8.count <= max(20, input.count * 3), "words for \(text)")
            guard let date = SIP2Date(text) else { return }
            promise(date.description == text && SIP2Date(date.description) == date, "\(text) is not kept")
        },
        FuzzTarget("sip2-messages", .sip2) { input in
            guard let choice = input.first else { return }
            let encodings = SIP2Encoding.allCases
            message(Array(input.dropFirst()), encodings[Int(choice) % encodings.count])
        },
        FuzzTarget("sip2-exchange", .sip2, longest: 512, run: exchange),
        FuzzTarget("sip2-system", .sip2, longest: 512, run: system),
    ]

    /// The same messages in any portions, and each is written back the same.
    private static func lines(_ input: [UInt8]) {
        guard let choice = input.first else { return }
        let stream = Array(input.dropFirst())
        let portion = Int(choice) % 7 + 1
        var whole = SIP2Decoder()
        whole.append(stream)
        var parts = SIP2Decoder()
        var found: [DecodedFrame<SIP2Frame>] = []
        for start in stride(from: 0, to: stream.count, by: portion) {
            parts.append(stream[start..<min(start + portion, stream.count)])
            while let next = parts.next() { found.append(next) }
        }
        var count = 0
        while let next = whole.next() {
            promise(count < found.count && found[count] == next, "another message in portions of \(portion)")
            count += 1
            guard case .frame(let frame) = next else { continue }
            promise((try? SIP2Frame(frame.bytes)) == frame, "a line is written in two ways")
            _ = TraceLine(frame)
        }
        promise(count == found.count, "\(found.count) messages in portions, \(count) at once")
    }

    private struct Split: Equatable {
        var lines: [[UInt8]] = []
        var lost = 0
    }

    /// Where lines of sixteen bytes are the longest: the portions decide nothing about longer ones either.
    private static func longLines(_ input: [UInt8]) {
        let split = sameInPortions(input, "lines") { portions in
            var splitter = SIP2LineSplitter(longest: 16)
            var split = Split()
            // An end behind all of them: what is left of a line is told as well.
            for portion in portions + [[0x0D]] {
                splitter.append(portion)
                while let piece = splitter.next() {
                    switch piece {
                    case .line(let line): split.lines.append(line)
                    case .overlong(let bytes): split.lost += bytes.count
                    }
                }
            }
            promise(!splitter.isMidLine, "half a line behind its end")
            return split
        }
        promise(split.lines.allSatisfy { (1...16).contains($0.count) }, "\(split.lines)")
        let ends = input.count { $0 == 0x0D || $0 == 0x0A }
        let length = split.lines.reduce(split.lost) { $0 + $1.count }
        promise(length == input.count - ends, "\(length) of \(input.count - ends) bytes")
    }

    private static let contents: [any SIP2Content.Type] = [
        BlockPatronRequest.self, CheckinRequest.self, CheckinResponse.self, CheckoutRequest.self,
        CheckoutResponse.self, HoldRequest.self, HoldResponse.self, ItemInformationRequest.self,
        ItemInformationResponse.self, ItemStatusUpdateRequest.self, ItemStatusUpdateResponse.self,
        PatronStatusRequest.self, PatronStatusResponse.self, PatronEnableRequest.self, PatronEnableResponse.self,
        RenewRequest.self, RenewResponse.self, EndPatronSessionRequest.self, EndSessionResponse.self,
        FeePaidRequest.self, FeePaidResponse.self, PatronInformationRequest.self, PatronInformationResponse.self,
        RenewAllRequest.self, RenewAllResponse.self, LoginRequest.self, LoginResponse.self, ResendToTerminal.self,
        ResendToSystem.self, SystemStatus.self, TerminalStatus.self,
    ]

    /// What is understood of a message survives writing and reading.
    private static func message(_ input: [UInt8], _ encoding: SIP2Encoding) {
        guard let message = try? SIP2Message(input) else { return }
        promise((try? SIP2Message(message.bytes)) == message, "a message is written in two ways")
        _ = TraceLine(message)
        for content in contents where content.code == message.code { content.check(message, encoding) }
    }

    /// A request ends whatever comes back, and only with an answer about its own item.
    private static func exchange(_ input: [UInt8]) {
        let request = ItemInformationRequest(date: SIP2Date(unixSeconds: 0), institution: "A", item: "B1")
        let pace = SIP2Pace(timeout: .seconds(1), retries: 3, patience: .seconds(10))
        var exchange = SIP2Exchange(request, sequence: 0, in: .utf8, pace: pace)
        var actions = exchange.start()
        var decoder = SIP2Decoder()
        decoder.append(input)
        for step in 0..<1000 {
            var event = SIP2Exchange<ItemInformationRequest>.Event.silence
            if let next = decoder.next() {
                if case .frame(let frame) = next { event = .frame(frame) } else { event = .damaged }
            }
            for action in actions {
                switch action {
                case .finish(let answer):
                    let item = answer.content.item.filter { $0 != " " }.lowercased()
                    promise(item.isEmpty || item == "b1", "an answer about \(item)")
                    return
                case .fail: return
                case .send, .listen: break
                }
            }
            actions = exchange.handle(event, at: .milliseconds(step))
        }
        promise(false, "a request without an end")
    }

    /// The emulated library system takes anything.
    private static func system(_ input: [UInt8]) {
        guard let choice = input.first else { return }
        let dialects = SIP2Dialect.list
        var twin = LibrarySystemTwin(manner: .of(dialects[Int(choice) % dialects.count]))
        var records = LibrarySystemRecords(items: ["B1": .init(title: "T")], patrons: ["P1": .init(name: "N")])
        var faults = LibrarySystemFault.allCases.map(Optional.init).filter { _ in choice > 127 }
        let now = SIP2Date(unixSeconds: 0)
        _ = twin.receive(Array(input.dropFirst()), records: &records, faults: &faults, now: now)
        promise(records.items.count == 1, "\(records.items.count) items")
    }
}

extension SIP2Content {
    fileprivate static func check(_ message: SIP2Message, _ encoding: SIP2Encoding) {
        guard let content = try? Self(message, in: encoding) else { return }
        promise((try? Self(content.message(in: encoding), in: encoding)) == content, "\(Self.code) is not kept")
    }
}
