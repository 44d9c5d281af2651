import CMosquitto
import Glibc
import Synchronization
import Wire

/// Where a broker of MQTT is, and how this program calls itself there.
package struct MQTTSettings: Hashable, Sendable {
    /// The broker's name or numeric address.
    package var host: String
    /// The broker's TCP port: 1883 by custom, 8883 with TLS.
    package var port: UInt16
    /// The client's name; a broker throws out the older of two connections with the same one (MQTT 3.1.1, 3.1.4).
    package var client: String
    /// The account at the broker; `nil` where it asks for none.
    package var user: String?
    /// The account's password; `nil` where it asks for none.
    package var password: String?
    /// A file with the certificates that may vouch for the broker; `nil` to go without TLS.
    package var authorities: String?
    /// What the broker says for us when we are gone: topic and text, retained.
    package var will: (topic: String, text: String)?

    package init(host: String, port: UInt16, client: String) {
        self.host = host
        self.port = port
        self.client = client
    }

    package static func == (left: MQTTSettings, right: MQTTSettings) -> Bool {
        left.host == right.host && left.port == right.port && left.client == right.client && left.user == right.user
            && left.password == right.password && left.authorities == right.authorities
            && left.will?.topic == right.will?.topic && left.will?.text == right.will?.text
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(host)
        hasher.combine(port)
        hasher.combine(client)
    }
}

/// Why a message is not with the broker.
package struct MQTTError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What the client wanted, and what the broker or the kernel said to it.
    package var description: String
}

/// A connection to an MQTT broker that comes back by itself, kept by a thread of its own.
///
/// The library has a loop for that, which waits with select(2): it ends for good when its socket gets a number from
/// 1024 on, as in a daemon with many open pages, and it never tries again when the first call is refused.
///
/// Everything shared with the thread stands behind one mutex, and the library locks what is its own; hence the promise
/// below to be sendable.
package final class MQTTClient: @unchecked Sendable {
    private struct State {
        var isConnected = false
        /// Why the last attempt failed.
        var cause = "not connected yet"
        var waiting: [Int32: CheckedContinuation<Bool, Never>] = [:]
        /// How many are between handing a message over and waiting for its answer.
        var handing = 0
        /// Acknowledged before anybody waited for it; kept only as long as somebody may still begin to. The numbers
        /// come round again: one that is left over would be taken for the answer to another message.
        var early: Set<Int32> = []
        var arrivals: AsyncStream<Void>.Continuation?

        /// Ends the handing over of a message; whether its answer has come already.
        mutating func isEarly(_ number: Int32) -> Bool {
            let isThere = early.remove(number) != nil
            handing -= 1
            if handing == 0 { early = [] }
            return isThere
        }
    }

    private let handle: OpaquePointer
    private let state = Mutex(State())

    /// Begins to connect; throws only for settings that can never work.
    package init(_ settings: MQTTSettings) throws(MQTTError) {
        mosquitto_lib_init()
        guard let handle = mosquitto_new(settings.client, true, nil) else {
            throw MQTTError(description: "mqtt: client \(settings.client): cannot be made")
        }
        self.handle = handle
        mosquitto_user_data_set(handle, Unmanaged.passUnretained(self).toOpaque())
        mosquitto_connect_callback_set(handle) { _, object, code in MQTTClient.of(object)?.connected(code) }
        mosquitto_disconnect_callback_set(handle) { _, object, code in MQTTClient.of(object)?.disconnected(code) }
        mosquitto_publish_callback_set(handle) { _, object, number in MQTTClient.of(object)?.acknowledged(number) }
        try Self.check(mosquitto_username_pw_set(handle, settings.user, settings.password), "account")
        if let authorities = settings.authorities {
            try Self.check(mosquitto_tls_set(handle, authorities, nil, nil, nil, nil), "certificates \(authorities)")
        }
        if let (topic, text) = settings.will {
            let bytes = Array(text.utf8)
            try Self.check(mosquitto_will_set(handle, topic, Int32(bytes.count), bytes, 1, true), "will")
        }
        do throws(LinkError) {
            try keep(settings)
        } catch {
            throw MQTTError(description: "mqtt: thread: \(error)")
        }
    }

    /// Seconds without a word after which broker and client ask each other.
    private static let keepAlive: Int32 = 30
    /// Milliseconds after which the thread looks for what is due by itself.
    private static let look: Int32 = 250
    /// Seconds between two calls at the most.
    private static let longestPause: UInt32 = 60

    /// Calls the broker until it answers, serves the connection, and calls again when it is lost. Between two turns the
    /// thread holds nothing, so that it ends with the client.
    private func keep(_ settings: MQTTSettings) throws(LinkError) {
        try DetachedThread.start { [weak self] in
            var pause: UInt32 = 1
            while self?.call(settings) != nil {
                while let wait = self?.turn() {
                    if wait.isConnected { pause = 1 }
                    var socket = wait.socket
                    poll(&socket, 1, Self.look)
                }
                sleep(pause)
                pause = min(pause * 2, Self.longestPause)
            }
        }
    }

    /// Waits until the broker takes the call or is known not to.
    private func call(_ settings: MQTTSettings) {
        let code = mosquitto_connect(handle, settings.host, Int32(settings.port), Self.keepAlive)
        if code != 0 { note(cause: Self.text(code)) }
    }

    /// Hears and says what is due; returns what to wait for, `nil` when there is no connection any more.
    private func turn() -> (socket: pollfd, isConnected: Bool)? {
        let isThere =
            mosquitto_loop_read(handle, 1) == 0 && mosquitto_loop_write(handle, 1) == 0
            && mosquitto_loop_misc(handle) == 0
        guard isThere else { return nil }
        let events = mosquitto_want_write(handle) ? POLLIN | POLLOUT : POLLIN
        return (pollfd(fd: mosquitto_socket(handle), events: Int16(events), revents: 0), isConnected)
    }

    deinit {
        mosquitto_disconnect(handle)
        mosquitto_destroy(handle)
    }

    /// Whether the broker has taken the call and the connection was not lost since.
    package var isConnected: Bool { state.withLock { $0.isConnected } }

    /// Each time that a connection stands, from now on; at once when it stands already.
    package func connections() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let isConnected = state.withLock { state in
            state.arrivals = continuation
            return state.isConnected
        }
        if isConnected { continuation.yield() }
        return stream
    }

    /// Hands a message over and returns when the broker has it (quality of service 1).
    ///
    /// Throws ``MQTTError`` where there is no connection, when it is lost first, and at once when the task is cancelled:
    /// the broker may have the message then, or get it yet.
    package func publish(_ text: String, to topic: String, retained: Bool) async throws(MQTTError) {
        let cause = state.withLock { $0.isConnected ? nil : $0.cause }
        if let cause { throw MQTTError(description: "mqtt: \(cause)") }
        let bytes = Array(text.utf8)
        var number: Int32 = 0
        state.withLock { $0.handing += 1 }
        let code = mosquitto_publish(handle, &number, topic, Int32(bytes.count), bytes, 1, retained)
        let message = number
        guard code == 0 else {
            _ = state.withLock { $0.isEarly(message) }
            return try Self.check(code, "topic \(topic)")
        }
        let isTaken = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer: Bool? = state.withLock { state in
                    if state.isEarly(message) { return true }
                    guard state.isConnected, !Task.isCancelled else { return false }
                    state.waiting[message] = continuation
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            // A broker that stands still keeps its connection and says nothing; a service that ends does not wait.
            state.withLock { $0.waiting.removeValue(forKey: message) }?.resume(returning: false)
        }
        guard isTaken else {
            let cause = Task.isCancelled ? "nobody waited until" : "the connection was lost before"
            throw MQTTError(description: "mqtt: \(cause) the broker had it")
        }
    }

    private static func of(_ object: UnsafeMutableRawPointer?) -> MQTTClient? {
        object.map { Unmanaged<MQTTClient>.fromOpaque($0).takeUnretainedValue() }
    }

    private func connected(_ code: Int32) {
        let arrivals = state.withLock { state in
            state.isConnected = code == 0
            if code != 0 { state.cause = String(cString: mosquitto_connack_string(code)) }
            return code == 0 ? state.arrivals : nil
        }
        arrivals?.yield()
    }

    private func disconnected(_ code: Int32) {
        let waiting = state.withLock { state in
            state.isConnected = false
            if code != 0 { state.cause = Self.text(code) }
            defer {
                state.waiting = [:]
                state.early = []
            }
            return Array(state.waiting.values)
        }
        for continuation in waiting { continuation.resume(returning: false) }
    }

    private func acknowledged(_ number: Int32) {
        let waiting = state.withLock { state in
            let waiting = state.waiting.removeValue(forKey: number)
            if waiting == nil, state.handing > 0 { state.early.insert(number) }
            return waiting
        }
        waiting?.resume(returning: true)
    }

    private func note(cause: String) {
        state.withLock { $0.cause = cause }
    }

    private static func check(_ code: Int32, _ what: String) throws(MQTTError) {
        guard code == 0 else { throw MQTTError(description: "mqtt: \(what): \(text(code))") }
    }

    private static func text(_ code: Int32) -> String {
        mosquitto_strerror(code).map { String(cString: $0) } ?? "error \(code)"
    }
}
