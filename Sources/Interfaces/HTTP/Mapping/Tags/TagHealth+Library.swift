import API
import Foundation
import Library
import Operations
import Tags

extension TagHealth {
    init(_ uid: TagUID, _ life: TagLife, _ heard: HeardBook.Entry?, _ found: TagOnReader?, now: Moment) {
        let condition = TagCondition(
            life,
            hearing: heard.map { .init(looks: $0.looks, answers: $0.answers, unreadable: $0.unreadable) }
        )
        let met = [life.first, life.last].compactMap(\.self)
        let listened = heard.map {
            [TagLife.Meeting(at: $0.first, reader: $0.reader), TagLife.Meeting(at: $0.last, reader: $0.reader)]
        }
        // Of two at the same moment the one that says where.
        let all = (listened ?? []) + met
        let first = all.min { $0.at < $1.at }
        self.init(
            uid: uid.description,
            maker: Manufacturer(rawValue: uid.manufacturer).description,
            chip: found?.chip?.name,
            barcode: life.record?.barcode ?? found?.content?.primaryItemIdentifier,
            model: life.record?.model ?? found?.content?.model,
            firstSeen: first.map(Meeting.init),
            lastSeen: all.max { $0.at < $1.at }.map(Meeting.init),
            ageDays: first.map { Int(now.since($0.at).components.seconds / 86_400) },
            hearing: heard.map(Hearing.init),
            securityWrites: Writes(life.security),
            memoryWrites: Writes(life.memory),
            wrongBits: life.divergences,
            wrongNow: life.isDivergent,
            memory: found?.memory.map(Memory.init),
            verdict: Verdict(condition.verdict),
            reasons: condition.reasons
        )
    }
}

extension TagHealth.Meeting {
    fileprivate init(_ meeting: TagLife.Meeting) {
        self.init(at: Date(meeting.at), reader: meeting.reader)
    }
}

extension TagHealth.Writes {
    fileprivate init(_ writes: TagLife.Writes) {
        self.init(
            tried: writes.tried,
            done: writes.done,
            failed: writes.failed,
            uncertain: writes.uncertain,
            lastAt: writes.lastAt.map { Date($0) },
            lastTrouble: writes.lastTrouble
        )
    }
}

extension TagHealth.Hearing {
    fileprivate init(_ entry: HeardBook.Entry) {
        self.init(
            reader: entry.reader,
            there: entry.isThere,
            looks: entry.looks,
            answers: entry.answers,
            signal: entry.signal,
            signalReader: entry.signalReader,
            unreadable: entry.unreadable
        )
    }
}

extension TagHealth.Memory {
    fileprivate init(_ memory: TagMemory) {
        let blocks = (memory.bytes.count + memory.blockSize - 1) / max(1, memory.blockSize)
        self.init(
            blocks: memory.blockCount ?? blocks,
            blockSize: memory.blockSize,
            lockedBlocks: memory.locked.isEmpty ? nil : memory.locked.indices.filter { memory.locked[$0] }
        )
    }
}

extension TagHealth.Verdict {
    fileprivate init(_ verdict: TagCondition.Verdict) {
        self =
            switch verdict {
            case .good: .good
            case .watch: .watch
            case .replace: .replace
            case .unknown: .unknown
            }
    }
}
