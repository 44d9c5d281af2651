import Readers
import Tags

/// A reader that answers from a script, for what is written once above all readers.
struct ScriptReader: ~Copyable, Reader {
    let information = ReaderInformation(model: "script", firmware: "1", abilities: [])
    private(set) var asked: [ISO15693.Request] = []
    private let answer: @Sendable (ISO15693.Request, Int) -> Result<ISO15693.Response, ReaderError>

    /// `answer` is given the request and how many were asked before it.
    init(_ answer: @escaping @Sendable (ISO15693.Request, Int) -> Result<ISO15693.Response, ReaderError>) {
        self.answer = answer
    }

    mutating func exchange(
        _ request: ISO15693.Request,
        with tag: TagUID
    ) async throws(ReaderError) -> ISO15693.Response {
        asked.append(request)
        return try answer(request, asked.count - 1).get()
    }

    mutating func inventory(afi: UInt8?) async throws(ReaderError) -> Inventory { Inventory(tags: []) }
    mutating func ping() async throws(ReaderError) {}
    mutating func resetField() async throws(ReaderError) {}
}
