package import Tags

extension Reader where Self: ~Copyable {
    /// Which chip a tag has: by its UID, its own word, and the maker's question where UID bits cannot tell old chips
    /// from new ones. `nil` for a stranger, and for a clone whose memory is not that of the chip it claims to be.
    ///
    /// A reader that cannot carry the maker's question leaves it at the tag's own word. A tag is silent only when it is so
    /// three times: one lost answer would make another chip of it. Nothing is written.
    package mutating func recogniseChip(of uid: TagUID) async throws(ReaderError) -> Chip? {
        var probe = ChipProbe(uid)
        var step = probe.begin()
        var information: ISO15693.SystemInformation?
        var silences = 0
        while true {
            switch step {
            case .finished(let result): return result.chip
            case .ask(let request):
                do throws(ReaderError) {
                    let answer = try await exchange(request, with: uid)
                    if case .systemInformation(let told) = answer { information = told }
                    step = probe.take(answer)
                    silences = 0
                } catch {
                    switch error {
                    case .tagLost:
                        silences += 1
                        guard silences == 3 else { continue }
                        silences = 0
                        step = probe.take(nil)
                    case .unsupported: return Chip(recognising: uid, systemInformation: information)
                    default: throw error
                    }
                }
            }
        }
    }
}
