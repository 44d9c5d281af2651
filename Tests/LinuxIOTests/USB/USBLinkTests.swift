import Foundation
import Testing
import Wire

@testable import LinuxIO

private let isOnBench = ProcessInfo.processInfo.environment["PRESSMARK_USB_BENCH"] == "umockdev"
private let feig = USBSelection(vendor: 0x0AB1, product: 0x0002)

@Test func `a device that is not plugged in is absent`() throws {
    let bus = try USBBus()
    let error = LinkError.absent(
        device: "usb FFFF:0001 at 9-9",
        hint: "plug the reader in and compare it with: lsusb"
    )
    #expect(throws: error) {
        _ = try USBLink.open(USBSelection(vendor: 0xFFFF, product: 1, port: "9-9"), on: bus)
    }
}

@Test func `watching ends with its task`() async throws {
    let bus = try USBBus()
    let watching = Task { [bus] in try await bus.watch { _ in } }
    watching.cancel()
    await #expect(throws: Never.self) { try await watching.value }
}

@Test func `the bus may be opened and left many times`() throws {
    for _ in 0..<50 {
        let bus = try USBBus()
        #expect(try bus.devices().count { $0.vendor == 0xFFFF } == 0)
    }
}

/// Against the reader of `Tests/Bench/usb-reader`, which libusb really opens; `Scripts/bench-usb` starts them.
@Suite(.serialized, .enabled(if: isOnBench, "needs an emulated reader: Scripts/bench-usb"), .timeLimit(.minutes(10)))
struct USBLinkOnBenchTests {
    @Test func `the reader is listed by its numbers and place`() throws {
        let bus = try USBBus()
        let pad = USBDevice(vendor: 0x0AB1, product: 0x0002, port: "1-4", address: 7)
        let old = USBDevice(vendor: 0x0AB1, product: 0x0001, port: "1-5", address: 9)
        #expect(Set(try bus.devices()).isSuperset(of: [pad, old]))
        #expect(pad.serialNumber == "0B31C2F4")
        #expect(USBDevice(vendor: 0x0AB1, product: 0x0002, port: "9-9", address: 1).serialNumber == nil)
    }

    @Test(arguments: [2, 63, 64, 65, 512, 4096])
    func `bytes come back as they went`(_ count: Int) async throws {
        let bus = try USBBus()
        var link = try USBLink.open(feig, on: bus)
        let bytes = [0x01] + (1..<count).map { UInt8(truncatingIfNeeded: $0) }
        try await link.send(bytes)
        var back: [UInt8] = []
        while back.count < count { back += try await link.receive(within: patience) }
        #expect(back == bytes)
    }

    @Test func `a card reader that another program holds is left to it`() throws {
        let bus = try USBBus()
        let held = USBSelection(vendor: 0x072F, product: 0x2308)
        #expect(throws: LinkError.heldBySmartCardService("usb 072F:2308 at 1-8")) {
            _ = try USBLink.open(held, on: bus)
        }
    }

    @Test func `a device without endpoints is asked by control transfers`() async throws {
        let bus = try USBBus()
        let old = USBSelection(vendor: 0x0AB1, product: 0x0001)
        #expect {
            _ = try USBLink.open(old, on: bus)
        } throws: { error in
            guard case .refused(_, let hint) = error as? LinkError else { return false }
            return hint.contains("usb-transfers = \"control\"")
        }
        var link = try USBControlLink.open(old, interface: 1, on: bus)
        await #expect(throws: LinkError.timedOut) { try await link.receive(within: patience) }
        let question: [UInt8] = [0xC1, 0xB0, 0x00, 0x00, 0x00, 0x01, 0x00, 0x01]
        for _ in 0..<3 {
            try await link.send(question)
            #expect(try await link.receive(within: patience) == question.reversed())
        }
        // A refusal is told, and the next question is answered.
        try await link.send([0xC1, 0x55, 0, 0, 0, 0, 0, 1])
        await #expect {
            try await link.receive(within: patience)
        } throws: { error in
            guard case .system = error as? LinkError else { return false }
            return true
        }
        try await link.send([0xC1, 0x54, 0, 0, 0, 0, 0, 1])
        await #expect(throws: LinkError.timedOut) { try await link.receive(within: .milliseconds(50)) }
        try await link.send(question)
        #expect(try await link.receive(within: patience) == question.reversed())
        // Short, with data behind a question, with less data than it says, and longer than a transfer can be.
        for setup in [
            [0xC1, 0xB0], question + [0x00], [0x41, 0xB0, 0, 0, 0, 0, 2, 0, 0xFF],
            [0xC1, 0xB0, 0, 0, 0, 0, 0xFF, 0xFF],
        ] {
            await #expect(throws: LinkError.self) { try await link.send(setup) }
        }
    }

    @Test func `an answer longer than one transfer comes in portions`() async throws {
        let bus = try USBBus()
        var link = try USBLink.open(feig, on: bus)
        try await link.send([0x05])
        var back: [UInt8] = []
        while back.count < 5000 { back += try await link.receive(within: patience) }
        #expect(back == (0..<5000).map { UInt8($0 % 251) })
    }

    @Test func `silence times out and the next answer is in step`() async throws {
        let bus = try USBBus()
        var link = try USBLink.open(feig, on: bus)
        try await link.send([0x03])
        await #expect(throws: LinkError.timedOut) { try await link.receive(within: .milliseconds(50)) }
        try await link.send([0x01, 0xAA])
        #expect(try await link.receive(within: patience) == [0x01, 0xAA])
    }

    @Test func `a refused read is an error and the next one works`() async throws {
        let bus = try USBBus()
        var link = try USBLink.open(feig, on: bus)
        try await link.send([0x02])
        await #expect(throws: LinkError.self) { try await link.receive(within: patience) }
        try await link.send([0x01, 0xBB])
        #expect(try await link.receive(within: patience) == [0x01, 0xBB])
    }

    @Test func `a cancelled read ends and lets the device go`() async throws {
        let bus = try USBBus()
        let reading = Task { [bus] in
            var link = try USBLink.open(feig, on: bus)
            _ = try await link.receive(within: .seconds(600))
        }
        reading.cancel()
        await #expect(throws: LinkError.cancelled) { try await reading.value }
        var link = try USBLink.open(feig, on: bus)
        try await link.send([0x01, 0xCC])
        #expect(try await link.receive(within: patience) == [0x01, 0xCC])
    }

    @Test func `an unplugged reader closes its link, and leaving and coming back are told once each`() async throws {
        let bus = try USBBus()
        let (plugs, continuation) = AsyncStream.makeStream(of: USBPlug.self)
        let watching = Task { [bus] in
            try await bus.watch { plug in
                switch plug {
                case .arrived(let device), .left(let device):
                    if feig.matches(device) { continuation.yield(plug) }
                }
            }
        }
        var told = plugs.makeAsyncIterator()
        let before = USBDevice(vendor: 0x0AB1, product: 0x0002, port: "1-4", address: 7)
        #expect(await told.next() == .arrived(before))

        let using = Task { [bus] in
            var link = try USBLink.open(feig, on: bus)
            try await link.send([0x04])
            _ = try await link.receive(within: .seconds(600))
        }
        await #expect(throws: LinkError.closed) { try await using.value }
        #expect(await told.next() == .left(before))
        var after = before
        after.address = 8
        #expect(await told.next() == .arrived(after))
        watching.cancel()
        try await watching.value

        var link = try USBLink.open(feig, on: bus)
        try await link.send([0x01, 0xDD])
        #expect(try await link.receive(within: patience) == [0x01, 0xDD])
    }
}
