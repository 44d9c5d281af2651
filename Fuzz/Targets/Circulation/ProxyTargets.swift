import Library
import SIP2
import Wire

/// What passes between a library system and a kiosk.
enum ProxyTargets {
    static let list = [
        FuzzTarget("proxy-watch", .sip2) { input in
            guard let choice = input.first else { return }
            let encodings = SIP2Encoding.allCases
            let rules = CirculationRules(releasesWhenUnsaid: choice & 0x80 != 0)
            let watch = ProxyWatch(encoding: encodings[Int(choice) % encodings.count], rules: rules)
            let check: SIP2Frame.Check = choice & 0x40 == 0 ? .none : .sequence(choice % 10)
            let frame = SIP2Frame(body: Array(input.dropFirst()), check: check)
            let orders = watch.orders(of: frame)
            promise(orders.count <= input.count / 2, "\(orders.count) orders of \(input.count) bytes")
            told(frame, by: watch, orders)
        }
    ]

    /// A line more for the patron's screen changes nothing else, and ends neither its field nor the message.
    private static func told(_ frame: SIP2Frame, by watch: ProxyWatch, _ orders: [ProxyOrder]) {
        let more = watch.adding("show | it\rto the staff", to: frame)
        promise(watch.orders(of: more) == orders, "\(orders) became \(watch.orders(of: more))")
        promise(!more.body.dropFirst(frame.body.count).contains(0x0D), "a line end in \(more.body)")
        promise(more.check == frame.check, "another sequence number")
        guard let before = try? SIP2Message(frame.body) else { return promise(more == frame, "\(frame) is no message") }
        guard let after = try? SIP2Message(more.body) else { return promise(false, "\(more.body) is no message") }
        promise(after.code == before.code && after.fixed == before.fixed, "another beginning")
        promise(after.fields.dropLast().elementsEqual(before.fields), "other fields than \(before.fields)")
        promise(after.fields.last?.code == .screenMessage, "no line for the screen")
        promise((try? SIP2Frame(more.bytes)) == more || frame.check == .none, "\(more.body) is read in another way")
    }
}
