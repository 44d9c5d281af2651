import Figures
import Library
import Tags

/// A million passages of made-up traffic with everything that goes wrong in a library, and what the gate made of it.
///
/// Chance comes from a seed. A tag is readable in some of the looks that a passage lasts; shielded ones in fewer or none.
enum Traffic {
    /// Kinds of passages: how often in a million, and what should happen.
    private struct Kind: Sendable {
        var name: String
        var perMillion: Int
        var shouldSound: Bool
        var hearing: @Sendable (inout Generator, TagUID) -> GateHearing
        /// Chance that one look hears the tag.
        var readRate = 0.5
    }

    /// SplitMix64.
    struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var value = state
            value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
            return value ^ value >> 31
        }
    }

    /// Looks while somebody walks through: 0.5 m at 1.4 m/s, one look each 40 ms (iso15693 §6.4).
    private static let looks = 9

    private static func book(
        _ status: ItemStatus?,
        afi: UInt8,
        age: Int64 = 60,
        owner: GateFacts.Owner = .own,
        tag: GateFacts.Tag = .item,
        returned: Int64? = nil,
        pass: Int64? = nil
    ) -> @Sendable (inout Generator, TagUID) -> GateHearing {
        { _, uid in
            GateHearing(
                uid: uid,
                afi: afi,
                facts: GateFacts(
                    tag: tag,
                    owner: owner,
                    status: status,
                    source: returned == nil ? .snapshot : .device,
                    knownAt: GateBench.start + .seconds(-age),
                    returnedAt: returned.map { GateBench.start + .seconds(-$0) },
                    passUntil: pass.map { GateBench.start + .seconds($0) }
                )
            )
        }
    }

    private static let kinds = [
        Kind(name: "lent and released", perMillion: 880_000, shouldSound: false, hearing: book(.onLoan, afi: 0xC2)),
        Kind(
            name: "lent today, holdings of last night",
            perMillion: 60_000,
            shouldSound: false,
            hearing: book(.available, afi: 0xC2, age: 36_000)
        ),
        Kind(name: "lent, tag not cleared", perMillion: 12_000, shouldSound: false, hearing: book(.onLoan, afi: 0x07)),
        Kind(
            name: "other library, armed there",
            perMillion: 15_000,
            shouldSound: false,
            hearing: book(nil, afi: 0x07, owner: .other)
        ),
        Kind(
            name: "shop tags and cards",
            perMillion: 20_000,
            shouldSound: false,
            hearing: book(nil, afi: 0x07, tag: .foreign)
        ),
        Kind(name: "withdrawn and sold", perMillion: 2_000, shouldSound: false, hearing: book(.withdrawn, afi: 0x07)),
        Kind(
            name: "returned, carried past again",
            perMillion: 2_000,
            shouldSound: false,
            hearing: book(.available, afi: 0xC2, age: 120, returned: 120)
        ),
        Kind(
            name: "with a pass",
            perMillion: 1_000,
            shouldSound: false,
            hearing: book(.available, afi: 0x07, pass: 86_400)
        ),
        Kind(name: "not lent, in the hand", perMillion: 6_000, shouldSound: true, hearing: book(.available, afi: 0x07)),
        Kind(
            name: "not lent, in a bag",
            perMillion: 1_500,
            shouldSound: true,
            hearing: book(.available, afi: 0x07),
            readRate: 0.15
        ),
        Kind(
            name: "not lent, badly shielded",
            perMillion: 500,
            shouldSound: true,
            hearing: book(.available, afi: 0x07),
            readRate: 0.02
        ),
    ]

    static func run(passages: Int) -> [Figure] {
        var random = Generator(state: 7)
        let policy = GatePolicy(
            security: SecurityPolicy(ownInstitutions: [GateBench.owner]),
            freshness: .seconds(100 * 86_400)
        )
        // Holdings of last night are old by the rules of this site.
        var strict = policy
        strict.freshness = .seconds(900)
        var machine = GateMachine(gate: "gate", policy: strict)
        var counts: [(passages: Int, sounded: Int)] = kinds.map { _ in (0, 0) }
        var uptime: Duration = .seconds(1_000_000)
        let began = now()
        for number in 0..<passages {
            let kind = pick(&random)
            let uid = TagUID(0xE004_0150_0000_0000 | UInt64(number))
            uptime += .seconds(8)
            var sounded = false
            for look in 0..<looks where Double.random(in: 0..<1, using: &random) < kinds[kind].readRate {
                let at = uptime + .milliseconds(look * 40)
                let instant = GateInstant(moment: GateBench.start, uptime: at)
                let hearing = kinds[kind].hearing(&random, uid)
                for case .sound(let alarm) in machine.hear([hearing], at: instant) where alarm.quiet == nil {
                    sounded = true
                }
            }
            counts[kind].passages += 1
            if sounded { counts[kind].sounded += 1 }
        }
        return report(counts, passages: passages, seconds: Double(now() - began) / 1e9)
    }

    private static func pick(_ random: inout Generator) -> Int {
        var left = Int.random(in: 0..<kinds.map(\.perMillion).reduce(0, +), using: &random)
        for (index, kind) in kinds.enumerated() {
            left -= kind.perMillion
            if left < 0 { return index }
        }
        return 0
    }

    private static func report(
        _ counts: [(passages: Int, sounded: Int)],
        passages: Int,
        seconds: Double
    ) -> [Figure] {
        print("| passage | passages | sounded | wrong |")
        print("|---|---:|---:|---:|")
        var (falseAlarms, harmless, misses, thefts) = (0, 0, 0, 0)
        for (kind, count) in zip(kinds, counts) {
            let wrong = kind.shouldSound ? count.passages - count.sounded : count.sounded
            print("| \(kind.name) | \(count.passages) | \(count.sounded) | \(wrong) |")
            if kind.shouldSound {
                thefts += count.passages
                misses += wrong
            } else {
                harmless += count.passages
                falseAlarms += wrong
            }
        }
        let perSecond = Int(Double(passages) / seconds)
        print(
            "\nfalse alarms: \(falseAlarms) of \(harmless); misses: \(misses) of \(thefts); \(perSecond) passages a second"
        )
        return [
            Figure(
                "gate: false alarms",
                Double(falseAlarms),
                "passages",
                goal: .most(0),
                also: ["of passages": Double(harmless)]
            ),
            Figure("gate: thefts without an alarm", Double(misses), "passages", also: ["of passages": Double(thefts)]),
            Figure("gate: passages judged", Double(perSecond), "passages/s"),
        ]
    }
}
