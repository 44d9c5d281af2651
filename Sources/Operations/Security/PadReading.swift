import Library
import Readers
import Tags

/// Blocks in which a basic block of ISO 28560-3 stands whole, set information and owner included.
private let basicBlocks = 9
/// Looks at the field for tags that are known to lie there: at its edge one is not heard each time.
private let mostLooks = 3

extension Reader where Self: ~Copyable {
    /// What lies in the field, read as far as security needs it: whose it is, which part of what item, how it is
    /// marked.
    ///
    /// A tag that cannot be read takes no part: nothing is known of it.
    /// - Parameters:
    ///   - rules: how the site reads tags.
    ///   - tags: read only these, and look again for those that were not heard; `nil` for all that are heard.
    mutating func readForSecurity(
        _ policy: SecurityPolicy,
        by rules: ReadingRules,
        among tags: Set<TagUID>? = nil
    ) async throws(ReaderError) -> [PadTag] {
        var found: [TagUID: PadTag] = [:]
        for _ in 0..<mostLooks {
            let heard = try await inventory(afi: nil).tags.map(\.uid)
            for uid in heard where found[uid] == nil && (tags?.contains(uid) ?? true) {
                do throws(ReaderError) {
                    found[uid] = try await readForSecurity(uid, policy, rules)
                } catch {
                    if error.meansGone { throw error }
                }
            }
            guard let tags, found.count < tags.count else { break }
        }
        return found.values.sorted { $0.uid < $1.uid }
    }

    private mutating func readForSecurity(
        _ uid: TagUID,
        _ policy: SecurityPolicy,
        _ rules: ReadingRules
    ) async throws(ReaderError) -> PadTag {
        var memory = try await readMemory(of: uid, blocks: basicBlocks)
        var content = LibraryTag(reading: memory, by: rules)
        if content.model != Part3Model.name || content.recognition.confidence != .certain {
            memory = try await readMemory(of: uid)
            content = LibraryTag(reading: memory, by: rules)
        }
        var mark = SecurityMark(afi: memory.afi)
        if mark.afi == nil, policy.mechanism != .eas { mark.afi = try await readAFI(of: uid, among: policy.values) }
        if policy.mark(for: .armed, on: uid)?.eas != nil { mark.eas = try await toldEAS(of: uid) }
        return PadTag(uid: uid, content: content, mark: mark)
    }
}
