package import Tags

extension Reader where Self: ~Copyable {
    /// Which chip a tag has: by its UID, its own word, and the maker's question where UID bits cannot tell old chips
    /// from new ones. `nil` for a stranger, and for a clone whose memory is not that of the chip it claims to be.
    ///
    /// A reader that cannot carry the maker's question leaves it at the tag's own word. Nothing is written.
    package mutating func recogniseChip(of uid: TagUID) async throws(ReaderError) -> Chip? {
        var probe = ChipProbe(uid)
        var step = probe.begin()
        var information: ISO15693.SystemInformation?
        while true {
            switch step {
            case .finished(let result): return result.chip
            case .ask(let request):
                do throws(ReaderError) {
                    let answer = try await exchange(request, with: uid)
                    if case .systemInformation(let told) = answer { information = told }
                    step = probe.take(answer)
                } catch {
                    switch error {
                    case .tagLost: step = probe.take(nil)
                    case .unsupported: return Chip(recognising: uid, systemInformation: information)
                    default: throw error
                    }
                }
            }
        }
    }
}
