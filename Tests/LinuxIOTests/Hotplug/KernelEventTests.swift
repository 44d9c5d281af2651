import LinuxIO
import Testing
import Wire

private func datagram(_ fields: String...) -> [UInt8] {
    fields.flatMap { Array($0.utf8) + [0] }
}

@Test func `a serial adapter that is plugged in is told by the kernel`() throws {
    // As an FT232R shows up on /dev/ttyUSB0.
    let path = "/devices/pci0000:00/0000:00:14.0/usb1/1-2/1-2:1.0/ttyUSB0/tty/ttyUSB0"
    let event = try #require(
        KernelEvent(
            datagram(
                "add@\(path)",
                "ACTION=add",
                "DEVPATH=\(path)",
                "SUBSYSTEM=tty",
                "MAJOR=188",
                "MINOR=0",
                "DEVNAME=ttyUSB0",
                "SEQNUM=4711"
            )
        )
    )
    #expect(event == KernelEvent(action: "add", subsystem: "tty", device: "ttyUSB0"))
    #expect(event.mayBringReader)
}

@Test(arguments: [
    ("remove", "tty"), ("add", "block"), ("unbind", "usb"), ("add", "net"),
])
func `what leaves, and what is no line, wakes nobody`(_ action: String, _ subsystem: String) {
    #expect(!KernelEvent(action: action, subsystem: subsystem, device: nil).mayBringReader)
}

@Test func `a chip of lines that is pulled out is told by the kernel`() throws {
    // As a chip of the kernel's simulator leaves.
    let path = "/devices/platform/gpio-sim.0/gpiochip0"
    let event = try #require(
        KernelEvent(
            datagram(
                "remove@\(path)",
                "ACTION=remove",
                "DEVPATH=\(path)",
                "SUBSYSTEM=gpio",
                "MAJOR=254",
                "MINOR=0",
                "DEVNAME=gpiochip0",
                "SEQNUM=4712"
            )
        )
    )
    #expect(event == KernelEvent(action: "remove", subsystem: "gpio", device: "gpiochip0"))
    #expect(event.mayMoveLines)
    #expect(!event.mayBringReader)
}

@Test(arguments: [
    // The entry of /sys/class/gpio, which leaves while the lines are still there.
    KernelEvent(action: "remove", subsystem: "gpio", device: nil),
    KernelEvent(action: "bind", subsystem: "gpio", device: "gpiochip0"),
    KernelEvent(action: "add", subsystem: "tty", device: "ttyUSB0"),
    KernelEvent(action: "remove", subsystem: "usb", device: "bus/usb/001/007"),
])
func `nothing but a chip that came or left moves lines`(_ event: KernelEvent) {
    #expect(!event.mayMoveLines)
}

@Test func `a chip that comes, and what nobody could read, may be both a reader and a siren`() {
    #expect(KernelEvent(action: "add", subsystem: "gpio", device: "gpiochip1").mayMoveLines)
    #expect(KernelEvent(action: "add", subsystem: "gpio", device: "gpiochip1").mayBringReader)
    #expect(KernelEvent.unread.mayMoveLines)
    #expect(KernelEvent.unread.mayBringReader)
}

@Test(
    arguments: [
        [], [0], [0xFF, 0xFE, 0x00], datagram("libudev"), datagram("add@/x"), datagram("add@/x", "ACTION=add"),
        Array(repeating: UInt8(ascii: "@"), count: 9000),
    ] as [[UInt8]]
)
func `a datagram that is not the kernel's is refused`(_ bytes: [UInt8]) {
    #expect(KernelEvent(bytes) == nil)
}

@Test func `listening works, or says what forbids it`() async throws {
    let readiness = try Readiness()
    do throws(LinkError) {
        var events = try KernelEvents.open(on: readiness)
        do throws(LinkError) {
            let event = try await events.next(within: .milliseconds(1))
            #expect(!event.action.isEmpty)
        } catch {
            #expect(error == .timedOut)
        }
    } catch {
        guard case .system(_, let call, _) = error else {
            Issue.record("found \(error), wanted the system's word")
            return
        }
        #expect(call.contains("kernel events"))
    }
}

/// Scripts/fuzz found an event whose head was read as a field.
@Test func `the head of an event is none of its fields`() {
    let event = KernelEvent(Array("ACTION=9@/devices\0ACTION=add\0SUBSYSTEM=tty".utf8))
    #expect(event == KernelEvent(action: "add", subsystem: "tty", device: nil))
}
