import API
import Foundation

/// Shows how far an import has come while it runs: once a second on a terminal, and nothing elsewhere.
struct ImportWatch {
    var client: DaemonClient
    var console: Console
    /// Bytes of the file; `nil` when it comes through a pipe.
    var size: Int64?

    func during<Value: Sendable>(_ work: @Sendable () async throws -> Value) async throws -> Value {
        guard Console.drawsProgress else { return try await work() }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await watch() }
            defer {
                group.cancelAll()
                console.progress("")
            }
            return try await work()
        }
    }

    private func watch() async throws {
        let clock = ContinuousClock()
        let start = clock.now
        while !Task.isCancelled {
            try await Task.sleep(for: .seconds(1))
            guard let state: ImportState = try? await client.get("v1", "holdings", "imports", "current") else {
                continue
            }
            console.progress(Self.line(state, size: size, after: (clock.now - start) / .seconds(1)))
        }
    }

    /// `reading items.csv: 42 %, 1 204 000 items, 3 rejected, 96 000 items/s, 17 s left`
    static func line(_ state: ImportState, size: Int64?, after seconds: Double) -> String {
        var parts: [String] = []
        if let size, size > 0 { parts.append("\(min(100, Int64(state.bytes) * 100 / size)) %") }
        parts.append(Wording.count(state.items, "item", "items"))
        if state.rejected > 0 { parts.append("\(Wording.number(state.rejected)) rejected") }
        if state.phase == "reading", seconds > 0 {
            parts.append("\(Wording.number(Int(Double(state.items) / seconds))) items/s")
            if let size, state.bytes > 0 {
                let left = Double(size - Int64(state.bytes)) / (Double(state.bytes) / seconds)
                parts.append("\(Wording.length(left)) left")
            }
        }
        return "\(state.phase) \(state.source): ".visible + parts.joined(separator: ", ")
    }
}
