import Glibc
import Testing
import Wire

@testable import LinuxIO

private let start = Deadline(nanoseconds: 1_000_000_000)
private let second = Duration.seconds(1)

/// A chip with the fire contact, another with two light beams.
private func hearing() -> GPIOHearing { GPIOHearing([["fire"], ["inner beam", "outer beam"]]) }

@Test func `while all inputs are heard nothing is asked for again`() {
    var hearing = hearing()
    let isDue = hearing.isDue(at: start)
    let news = hearing.waited(at: start)
    #expect(hearing.attempt == .never)
    #expect(!isDue && news.isEmpty)
}

@Test func `a chip that is lost is told once and asked for again and again, with a pause between`() {
    var hearing = hearing()
    let first = hearing.lose(0, cause: "gone", at: start)
    #expect(first == [LineLoss(inputs: ["fire"], cause: "gone")])
    let again = hearing.lose(0, cause: "gone", at: start)
    #expect(again.isEmpty)
    let times = [start, start + second, start + second, start + second + second]
    let due = times.map { hearing.isDue(at: $0) }
    #expect(due == [false, true, false, true])
    let back = hearing.regain(0, at: start + second + second)
    #expect(back == [LineLoss(inputs: ["fire"], cause: nil)])
    #expect(hearing.attempt == .never)
}

@Test func `what one chip tells puts off no attempt for another`() {
    var hearing = hearing()
    _ = hearing.lose(0, cause: "gone", at: start)
    let attempt = hearing.attempt
    for step in 1...9 { _ = hearing.waited(at: start + .milliseconds(100 * step)) }
    #expect(hearing.attempt == attempt)
    _ = hearing.lose(1, cause: "gone", at: start + .milliseconds(900))
    #expect(hearing.attempt == attempt)
}

@Test func `where the kernel does not wait every input is told, and heard again when it does`() {
    var hearing = hearing()
    let failure = LinkError.system("epoll_ctl", ENOMEM)
    let deaf = hearing.waitingFailed(cause: "\(failure)", at: start)
    #expect(
        deaf == [
            LineLoss(inputs: ["fire"], cause: "epoll_ctl: cannot allocate memory (errno 12)"),
            LineLoss(inputs: ["inner beam", "outer beam"], cause: "epoll_ctl: cannot allocate memory (errno 12)"),
        ]
    )
    let again = hearing.waitingFailed(cause: "\(failure)", at: start + second)
    #expect(again.isEmpty)
    let heard = hearing.waited(at: start + second)
    #expect(
        heard == [
            LineLoss(inputs: ["fire"], cause: nil), LineLoss(inputs: ["inner beam", "outer beam"], cause: nil),
        ]
    )
}

@Test func `an input that is deaf for two reasons is heard when neither is left`() {
    var hearing = hearing()
    _ = hearing.lose(1, cause: "gone", at: start)
    let others = hearing.waitingFailed(cause: "no memory", at: start)
    #expect(others == [LineLoss(inputs: ["fire"], cause: "no memory")])
    let waited = hearing.waited(at: start)
    #expect(waited == [LineLoss(inputs: ["fire"], cause: nil)])
    let back = hearing.regain(1, at: start)
    #expect(back == [LineLoss(inputs: ["inner beam", "outer beam"], cause: nil)])
}

@Test func `lines that the kernel does not wake anybody for are not taken`() throws {
    let watched = try GPIOEdges.watchedSet()
    let number = open("/proc/self/exe", O_RDONLY)
    try #require(number >= 0)
    // An ordinary file has nothing to wait for, which epoll says with EPERM.
    let file = Descriptor(owning: number)
    #expect(throws: GPIOError.system(code: EPERM, call: "epoll_ctl")) { try GPIOEdges.watch(file, by: watched) }
}
