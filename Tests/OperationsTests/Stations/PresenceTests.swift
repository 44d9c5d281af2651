import Operations
import Tags
import Testing

private let first = TagUID(0xE004_0150_3309_CE74)
private let second = TagUID(0xE004_0100_4670_7A28)

private func at(_ milliseconds: Int64) -> Duration { .milliseconds(milliseconds) }

@Test func `a tag arrives once and leaves once`() {
    var presence = Presence(removal: .milliseconds(500))
    #expect(presence.take([first], at: at(0)).arrived == [first])
    #expect(presence.take([first, second], at: at(100)).arrived == [second])
    #expect(presence.take([second], at: at(500)).left.isEmpty)
    #expect(presence.take([second], at: at(600)).left == [first])
    #expect(presence.tags == [second])
}

@Test func `a missed look is no departure`() {
    var presence = Presence(removal: .milliseconds(500))
    _ = presence.take([first], at: at(0))
    #expect(presence.take([], at: at(400)) == Presence.Change())
    #expect(presence.take([first], at: at(450)) == Presence.Change())
    #expect(presence.take([], at: at(940)) == Presence.Change())
}

@Test func `a missed look is no departure after a long reading either`() {
    var presence = Presence(removal: .milliseconds(500))
    _ = presence.take([first, second], at: at(0))
    #expect(presence.failed(first) == 1)
    // The reader was busy with the other tag for two seconds.
    presence.read(second)
    #expect(presence.take([second], at: at(2000)) == Presence.Change())
    #expect(presence.take([first, second], at: at(2100)) == Presence.Change())
    // How often it failed is not forgotten: it lay there all the time.
    #expect(presence.failed(first) == 2)
    #expect(presence.take([second], at: at(4000)) == Presence.Change())
    #expect(presence.take([second], at: at(4100)).left == [first])
}

@Test func `a tag heard twice in one look is one tag`() {
    var presence = Presence(removal: .milliseconds(500))
    #expect(presence.take([first, first], at: at(0)).arrived == [first])
}

@Test func `tags that were not read wait, the least often tried first`() {
    var presence = Presence(removal: .milliseconds(500))
    _ = presence.take([first, second], at: at(0))
    #expect(presence.unread(of: [first, second]) == [first, second])
    #expect(presence.failed(first) == 1)
    #expect(presence.unread(of: [first, second]) == [second, first])
    presence.read(second)
    #expect(presence.unread(of: [first, second]) == [first])
    #expect(presence.failed(first) == 2)
    #expect(presence.unread(of: [second]).isEmpty)
}

@Test func `a tag that left and came back has to be read again`() {
    var presence = Presence(removal: .milliseconds(500))
    _ = presence.take([first], at: at(0))
    presence.read(first)
    _ = presence.take([], at: at(300))
    #expect(presence.take([], at: at(600)).left == [first])
    #expect(presence.take([first], at: at(700)).arrived == [first])
    #expect(presence.unread(of: [first]) == [first])
}

@Test func `an alarm that nobody explains makes those doubtful that seemed to have a clear bit`() {
    var presence = Presence(removal: .milliseconds(500))
    _ = presence.take([first, second], at: at(0))
    presence.read(first, eas: false)
    presence.read(second)
    for _ in 0..<3 {
        presence.alarmSounded()
        #expect(presence.unread(of: [first, second]) == [first])
        presence.read(first, eas: false)
    }
    // What stays silent through all that has a clear bit.
    presence.alarmSounded()
    #expect(presence.unread(of: [first, second]).isEmpty)
}

@Test func `an alarm that somebody explains makes nobody doubtful`() {
    var presence = Presence(removal: .milliseconds(500))
    _ = presence.take([first, second], at: at(0))
    presence.read(first, eas: false)
    presence.read(second, eas: true)
    presence.alarmSounded()
    #expect(presence.unread(of: [first, second]).isEmpty)
}
