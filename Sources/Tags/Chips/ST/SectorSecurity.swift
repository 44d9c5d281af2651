import Wire

/// Protection of sectors of 32 blocks on LRIS64K and M24LR: three passwords, and for each sector which of them counts
/// and what it opens (M24LR64-R and LRIS64K data sheets, lock-sector and RF block security).
extension ST {
    /// The security status of a sector.
    package struct SectorSecurity: Hashable, Sendable {
        /// What is open without the password and with it.
        package enum Access: UInt8, Hashable, Sendable, CaseIterable {
            /// Anybody reads, writing asks for the password.
            case writeByPassword = 0
            /// Anybody reads and writes.
            case open = 1
            /// Both ask for the password.
            case readAndWriteByPassword = 2
            /// Reading asks for the password, and nobody writes any more.
            case readByPassword = 3
        }

        /// Bits 2 and 1 of the status byte.
        package var access: Access
        /// 1 to 3; `nil` when no password opens the sector.
        package var password: UInt8?

        /// `nil` for a password there is not.
        package init?(_ access: Access, password: UInt8?) {
            guard password.map({ 1...3 ~= $0 }) ?? true else { return nil }
            self.access = access
            self.password = password
        }

        /// Bit 0 set for a locked sector, bits 2 and 1 the access, bits 4 and 3 the password; `nil` when bit 0 is not
        /// set.
        package init?(rawValue: UInt8) {
            guard rawValue & 1 == 1, let access = Access(rawValue: rawValue >> 1 & 0x03) else { return nil }
            let number = rawValue >> 3 & 0x03
            self.access = access
            password = number == 0 ? nil : number
        }

        /// The status byte: bit 0 set, access in bits 2 and 1, password in bits 4 and 3.
        package var rawValue: UInt8 { 1 | access.rawValue << 1 | (password ?? 0) << 3 }

        /// What somebody may do who has given the sector's password, or has not.
        package func access(isPresented: Bool) -> (reads: Bool, writes: Bool) {
            switch access {
            case .writeByPassword: (true, isPresented)
            case .open: (true, true)
            case .readAndWriteByPassword: (isPresented, isPresented)
            case .readByPassword: (isPresented, false)
            }
        }
    }

    /// B2 on LRIS64K and M24LR: the sector of a block gets its security status, for ever.
    package struct LockSector: CustomCommand {
        package typealias Answer = Acknowledgement
        package static let manufacturer = Manufacturer.st
        package static let code: UInt8 = 0xB2

        package let parameters: [UInt8]

        /// `block` is any of the sector's; it goes in two bytes, so the frame needs its protocol extension flag.
        package init(of block: UInt16, _ security: SectorSecurity, _ consent: Consent) {
            parameters = [UInt8(truncatingIfNeeded: block), UInt8(block >> 8), security.rawValue]
        }
    }
}
