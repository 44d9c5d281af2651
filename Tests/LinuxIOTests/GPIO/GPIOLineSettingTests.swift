import CLinux
import Testing

@testable import LinuxIO

private let siren = GPIOOutput(name: "siren", place: .init(chip: "gate", line: .named("OUT_0")))
private let fire = GPIOInput(name: "fire", place: .init(chip: "gate", line: .named("IN_0")))

@Test func `the kernel's structures have the sizes of uAPI v2`() {
    // linux/gpio.h of Linux 5.10 and later; the sizes are part of the request numbers and can never change.
    #expect(MemoryLayout<gpiochip_info>.stride == 68)
    #expect(MemoryLayout<gpio_v2_line_info>.stride == 256)
    #expect(MemoryLayout<gpio_v2_line_request>.stride == 592)
    #expect(MemoryLayout<gpio_v2_line_config>.stride == 272)
    #expect(MemoryLayout<gpio_v2_line_config_attribute>.stride == 24)
    #expect(MemoryLayout<gpio_v2_line_values>.stride == 16)
    #expect(MemoryLayout<gpio_v2_line_event>.stride == 48)
}

@Test func `the request numbers are those of the kernel's header`() {
    // _IOR and _IOWR of type B4: direction, size, type, number.
    #expect(clinux_gpio_chip_info == 0x8044_B401)
    #expect(clinux_gpio_line_info == 0xC100_B405)
    #expect(clinux_gpio_line_request == 0xC250_B407)
    #expect(clinux_gpio_get_values == 0xC010_B40E)
    #expect(clinux_gpio_set_values == 0xC010_B40F)
}

@Test func `an output asks for its drive and its sense`() {
    // Flags: active low 1<<1, output 1<<3, open drain 1<<6, open source 1<<7.
    #expect(GPIOLineSetting(siren, at: 3) == GPIOLineSetting(offset: 3, flags: 0x08))
    var relay = siren
    relay.activeLow = true
    relay.drive = .openDrain
    #expect(GPIOLineSetting(relay, at: 0).flags == 0x4A)
    relay.drive = .openSource
    #expect(GPIOLineSetting(relay, at: 0).flags == 0x8A)
}

@Test func `an input asks for both edges, its bias and its filter`() {
    // Flags: input 1<<2, rising 1<<4, falling 1<<5, pull-up 1<<8, pull-down 1<<9, bias disabled 1<<10.
    #expect(GPIOLineSetting(fire, at: 1) == GPIOLineSetting(offset: 1, flags: 0x34))
    var contact = fire
    contact.activeLow = true
    contact.bias = .pullUp
    contact.debounce = .milliseconds(5)
    #expect(GPIOLineSetting(contact, at: 1) == GPIOLineSetting(offset: 1, flags: 0x136, debounce: 5_000))
    contact.bias = .pullDown
    #expect(GPIOLineSetting(contact, at: 1).flags == 0x236)
    contact.bias = .disabled
    #expect(GPIOLineSetting(contact, at: 1).flags == 0x436)
}

@Test func `a filter time that no kernel takes is cut, not wrapped`() {
    var contact = fire
    contact.debounce = .seconds(1_000_000)
    #expect(GPIOLineSetting(contact, at: 0).debounce == UInt32.max)
    contact.debounce = .seconds(-1)
    #expect(GPIOLineSetting(contact, at: 0).debounce == 0)
}

@Test func `one request carries lines that differ`() throws {
    let settings = [
        GPIOLineSetting(offset: 4, flags: 0x08), GPIOLineSetting(offset: 7, flags: 0x4A),
        GPIOLineSetting(offset: 5, flags: 0x08),
    ]
    let request = try #require(gpio_v2_line_request(settings, values: 0b001))
    #expect(request.num_lines == 3)
    #expect((request.offsets.0, request.offsets.1, request.offsets.2) == (4, 7, 5))
    #expect(request.config.flags == 0x08)
    #expect(request.config.num_attrs == 2)
    #expect(request.config.attrs.0.attr.id == GPIO_V2_LINE_ATTR_ID_FLAGS.rawValue)
    #expect(request.config.attrs.0.attr.flags == 0x4A)
    #expect(request.config.attrs.0.mask == 0b010)
    #expect(request.config.attrs.1.attr.id == GPIO_V2_LINE_ATTR_ID_OUTPUT_VALUES.rawValue)
    #expect(request.config.attrs.1.attr.values == 0b001)
    #expect(request.config.attrs.1.mask == 0b111)
    let consumer = withUnsafeBytes(of: request.consumer) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    #expect(consumer == "pressmark")
}

@Test func `inputs with the same filter share one attribute`() throws {
    let settings = (0..<3).map { GPIOLineSetting(offset: $0, flags: 0x34, debounce: $0 == 1 ? 0 : 2_000) }
    let request = try #require(gpio_v2_line_request(settings))
    #expect(request.config.num_attrs == 1)
    #expect(request.config.attrs.0.attr.id == GPIO_V2_LINE_ATTR_ID_DEBOUNCE.rawValue)
    #expect(request.config.attrs.0.attr.debounce_period_us == 2_000)
    #expect(request.config.attrs.0.mask == 0b101)
    #expect(request.event_buffer_size == 256)
}

@Test func `what does not fit into one request is refused`() {
    let many = (0..<65).map { GPIOLineSetting(offset: $0, flags: 0x08) }
    #expect(gpio_v2_line_request(many) == nil)
    #expect(gpio_v2_line_request(Array(many.prefix(64)), values: 0)?.config.attrs.0.mask == UInt64.max)
    let different = (0..<12).map { GPIOLineSetting(offset: $0, flags: 0x34, debounce: 100 * $0) }
    #expect(gpio_v2_line_request(different) == nil)
    #expect(gpio_v2_line_request([]) == nil)
}
