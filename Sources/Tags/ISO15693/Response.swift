extension ISO15693 {
    /// What a tag answered.
    package enum Response: Hashable, Sendable {
        /// The command was carried out and has nothing to tell.
        case done
        /// Answer to the read commands, in block order from the first block asked for.
        case blocks([Block])
        case systemInformation(SystemInformation)
        /// Block security status bytes.
        case blockSecurity([UInt8])
        /// Answer to a custom command.
        case data([UInt8])
        /// The tag refused.
        case error(TagError)
    }

    /// One block as read, bytes in tag order.
    package struct Block: Hashable, Sendable {
        /// As many bytes as the tag has in a block, 4 on nearly every library tag.
        package var data: [UInt8]
        /// Block security status, when it was asked for; bit 0 says the user locked it.
        package var security: UInt8?

        package init(data: [UInt8], security: UInt8? = nil) {
            self.data = data
            self.security = security
        }
    }

    /// A tag's error code (ISO 15693-3 table of error codes; A0–DF belong to the maker).
    package struct TagError: Error, Hashable, Sendable {
        /// The byte behind flags whose bit 0 is set.
        package var code: UInt8

        package init(code: UInt8) {
            self.code = code
        }
    }
}

extension ISO15693.TagError: CustomStringConvertible {
    package var description: String {
        switch code {
        case 0x01: "command not supported"
        case 0x02: "command not recognised"
        case 0x03: "option not supported"
        case 0x0F: "error without information"
        case 0x10: "block not available"
        case 0x11: "block already locked"
        case 0x12: "block locked, content unchanged"
        case 0x13: "programming failed"
        case 0x14: "locking failed"
        case 0x15: "block protected"
        case 0x40: "cryptographic error"
        case 0xA0...0xDF: "maker's own error \(String(code, radix: 16, uppercase: true))"
        default: "unknown tag error \(String(code, radix: 16, uppercase: true))"
        }
    }
}
