import CLinux

/// How one line is asked for, in the kernel's terms (linux/gpio.h, uAPI v2).
struct GPIOLineSetting: Hashable, Sendable {
    var offset: UInt32
    var flags: UInt64
    /// Microseconds; zero is no filter.
    var debounce: UInt32 = 0
}

extension GPIOLineSetting {
    init(_ output: GPIOOutput, at offset: UInt32) {
        let drive: [gpio_v2_line_flag] =
            switch output.drive {
            case .pushPull: []
            case .openDrain: [GPIO_V2_LINE_FLAG_OPEN_DRAIN]
            case .openSource: [GPIO_V2_LINE_FLAG_OPEN_SOURCE]
            }
        self.init(offset: offset, flags: Self.flags([GPIO_V2_LINE_FLAG_OUTPUT] + drive, activeLow: output.activeLow))
    }

    init(_ input: GPIOInput, at offset: UInt32) {
        let bias: [gpio_v2_line_flag] =
            switch input.bias {
            case .asIs: []
            case .disabled: [GPIO_V2_LINE_FLAG_BIAS_DISABLED]
            case .pullUp: [GPIO_V2_LINE_FLAG_BIAS_PULL_UP]
            case .pullDown: [GPIO_V2_LINE_FLAG_BIAS_PULL_DOWN]
            }
        let edges = [GPIO_V2_LINE_FLAG_INPUT, GPIO_V2_LINE_FLAG_EDGE_RISING, GPIO_V2_LINE_FLAG_EDGE_FALLING]
        self.init(offset: offset, flags: Self.flags(edges + bias, activeLow: input.activeLow))
        debounce = UInt32(min(max(0, input.debounce / .microseconds(1)), Double(UInt32.max)))
    }

    private static func flags(_ flags: [gpio_v2_line_flag], activeLow: Bool) -> UInt64 {
        let all = activeLow ? flags + [GPIO_V2_LINE_FLAG_ACTIVE_LOW] : flags
        return all.reduce(0) { $0 | UInt64($1.rawValue) }
    }
}

extension gpio_v2_line_request {
    /// The kernel's limits for one request.
    static let mostLines = Int(GPIO_V2_LINES_MAX)
    static let mostAttributes = Int(GPIO_V2_LINE_NUM_ATTRS_MAX)
    /// Edges the kernel keeps while we are busy; more push out the oldest.
    static let eventBuffer: UInt32 = 256

    /// Asks for all these lines at once; `values` has a bit for each line in order, set for those that start on.
    ///
    /// Lines may differ: the first line's flags are the rule, each other kind of flags, each debounce time and the
    /// values take one of ten attributes. `nil` when the request does not hold them.
    init?(_ settings: [GPIOLineSetting], values: UInt64? = nil) {
        guard let rule = settings.first?.flags, settings.count <= Self.mostLines else { return nil }
        var attributes: [gpio_v2_line_config_attribute] = []
        for (flags, mask) in Self.groups(settings, by: \.flags) where flags != rule {
            attributes.append(.init(GPIO_V2_LINE_ATTR_ID_FLAGS, mask) { $0.flags = flags })
        }
        for (debounce, mask) in Self.groups(settings, by: \.debounce) where debounce != 0 {
            attributes.append(.init(GPIO_V2_LINE_ATTR_ID_DEBOUNCE, mask) { $0.debounce_period_us = debounce })
        }
        if let values {
            let mask = Self.mask(of: settings.count)
            attributes.append(.init(GPIO_V2_LINE_ATTR_ID_OUTPUT_VALUES, mask) { $0.values = values })
        }
        guard attributes.count <= Self.mostAttributes else { return nil }

        self.init()
        num_lines = UInt32(settings.count)
        withUnsafeMutableBytes(of: &offsets) { $0.copyElements(settings.map(\.offset)) }
        withUnsafeMutableBytes(of: &consumer) { $0.copyElements(Array("pressmark".utf8)) }
        config.flags = rule
        config.num_attrs = UInt32(attributes.count)
        withUnsafeMutableBytes(of: &config.attrs) { $0.copyElements(attributes) }
        event_buffer_size = values == nil ? Self.eventBuffer : 0
    }

    /// A bit for each of so many lines.
    static func mask(of count: Int) -> UInt64 {
        count >= 64 ? .max : (1 << UInt64(count)) - 1
    }

    private static func groups<Value: Hashable>(
        _ settings: [GPIOLineSetting],
        by value: KeyPath<GPIOLineSetting, Value>
    ) -> [(Value, mask: UInt64)] {
        var groups: [(Value, mask: UInt64)] = []
        for (index, setting) in settings.enumerated() {
            let found = groups.firstIndex { $0.0 == setting[keyPath: value] } ?? groups.endIndex
            if found == groups.endIndex { groups.append((setting[keyPath: value], 0)) }
            groups[found].mask |= 1 << UInt64(index)
        }
        return groups
    }
}

extension gpio_v2_line_config_attribute {
    fileprivate init(
        _ id: gpio_v2_line_attr_id,
        _ lines: UInt64,
        _ fill: (inout gpio_v2_line_attribute) -> Void
    ) {
        self.init()
        attr.id = id.rawValue
        fill(&attr)
        mask = lines
    }
}

extension UnsafeMutableRawBufferPointer {
    /// Copies the elements to the start of the buffer; what does not fit stays out.
    fileprivate func copyElements<Element>(_ elements: [Element]) {
        elements.withUnsafeBytes { copyMemory(from: UnsafeRawBufferPointer(rebasing: $0.prefix(count))) }
    }
}
