/// Every chip we know, most particular pattern first within a maker (iso15693 §7.1, §8, §9, §10).
///
/// Memory is what the chip shows on air. Sizes and UID bits marked uncertain in the source are confirmed by the tag's
/// own system information wherever it has any.
package enum ChipTable {
    /// Searched from the front: the first chip whose UID bits and memory fit is taken.
    package static let all: [Chip] = nxp + texasInstruments + st + infineon + em + fujitsu + fudan

    /// The chip of this name.
    package static func named(_ name: String) -> Chip? {
        all.first { $0.name == name }
    }

    private static func blocks(_ count: Int, of size: Int = 4) -> MemoryGeometry {
        MemoryGeometry(blockSize: size, blockCount: count)
    }

    /// Read, write and lock blocks, select, AFI, DSFID, system information and block security; no write of several.
    private static let common: Set<UInt8> = [
        0x20, 0x21, 0x22, 0x23, 0x25, 0x26, 0x27, 0x28, 0x29, 0x2A, 0x2B, 0x2C,
    ]
    private static let wide: Set<UInt8> = [0x30, 0x31, 0x32, 0x33, 0x3B, 0x3C]
    private static let basic: Set<UInt8> = [0x20, 0x21, 0x22]

    // MARK: NXP

    private static let nxp: [Chip] = [
        nxp("ICODE 3", 0xFF78, 0x0120, nil, customs: slix2Customs.union([0xC0, 0xC1, 0xC4]), passwords: fivePasswords),
        nxp(
            "NTAG 5",
            0xFF58,
            0x0158,
            nil,
            customs: slix2Customs.union([0xC0, 0xC1, 0xC2, 0xD0, 0xD1, 0xD2, 0xD3, 0xD4, 0xD5]),
            passwords: fivePasswords,
            wide: true
        ),
        nxp("ICODE DNA", 0xFF58, 0x0118, nil, customs: slix2Customs.union([0xC0, 0xC1]), passwords: fivePasswords),
        nxp(
            "ICODE SLIX2",
            0xFF18,
            0x0108,
            blocks(80),
            user: 0..<79,
            counter: 79,
            customs: slix2Customs,
            passwords: fivePasswords
        ),
        nxp("ICODE SLIX", 0xFF18, 0x0110, blocks(28), customs: slixCustoms, passwords: [0x10]),
        // Bits 37 and 36 were serial number bits in this era: anything of 28 blocks under 01 is an SLI.
        nxp("ICODE SLI", 0xFF00, 0x0100, blocks(28), customs: [0xA0, 0xA1, 0xA2, 0xA3, 0xA4, 0xA5], option: .unused),
        nxp(
            "ICODE SLIX-S",
            0xFF10,
            0x0210,
            blocks(40),
            ic: 0x02,
            customs: sCustoms.subtracting([0xA8]),
            passwords: fivePasswords,
            without: [0x2C]
        ),
        nxp(
            "ICODE SLI-S",
            0xFF10,
            0x0200,
            blocks(40),
            ic: 0x02,
            customs: sCustoms.subtracting([0xA6]),
            passwords: fivePasswords,
            option: .unused,
            without: [0x2C],
            hidesAfterPassword: true
        ),
        nxp(
            "ICODE SLIX-L",
            0xFF10,
            0x0310,
            blocks(8),
            ic: 0x03,
            customs: lCustoms,
            passwords: [0x04, 0x08, 0x10],
            overrides: true
        ),
        nxp(
            "ICODE SLI-L",
            0xFF10,
            0x0300,
            blocks(8),
            ic: 0x03,
            customs: lCustoms,
            passwords: [0x04, 0x08, 0x10],
            option: .unused,
            hidesAfterPassword: true,
            overrides: true
        ),
    ]

    private static let fivePasswords: Set<UInt8> = [0x01, 0x02, 0x04, 0x08, 0x10]
    private static let slixCustoms: Set<UInt8> = [
        0xA0, 0xA1, 0xA2, 0xA3, 0xA4, 0xA5, 0xA6, 0xB2, 0xB3, 0xB4, 0xB5,
    ]
    private static let slix2Customs = slixCustoms.union([0xA7, 0xAB, 0xB6, 0xB7, 0xB9, 0xBA, 0xBB, 0xBC, 0xBD])
    private static let sCustoms: Set<UInt8> = [
        0xA2, 0xA3, 0xA4, 0xA5, 0xA6, 0xA7, 0xA8, 0xB0, 0xB1, 0xB2, 0xB3, 0xB4, 0xB5, 0xB6, 0xB7, 0xB8, 0xB9, 0xBA,
        0xBB,
    ]
    private static let lCustoms: Set<UInt8> = [
        0xA2, 0xA3, 0xA4, 0xA5, 0xA6, 0xA7, 0xB0, 0xB1, 0xB2, 0xB3, 0xB4, 0xB5, 0xB9, 0xBA,
    ]

    private static func nxp(
        _ name: String,
        _ mask: UInt16,
        _ value: UInt16,
        _ geometry: MemoryGeometry?,
        user: Range<Int>? = nil,
        counter: Int? = nil,
        ic: UInt8 = 0x01,
        customs: Set<UInt8>,
        passwords: Set<UInt8> = [],
        option: Chip.WriteOption = .either,
        without: Set<UInt8> = [],
        wide hasWide: Bool = false,
        hidesAfterPassword: Bool = false,
        overrides: Bool = false
    ) -> Chip {
        Chip(
            name: name,
            manufacturer: .nxp,
            patterns: [UIDPattern(mask: mask, value: value)],
            geometry: geometry,
            userBlocks: user,
            icReference: geometry == nil ? nil : ic,
            commands: (hasWide ? common.union(wide).union([0x2D, 0x3D]) : common).subtracting(without),
            customCommands: customs,
            writeOption: option,
            errorStyle: .uninformative,
            overRead: .shortened,
            counterBlock: counter,
            passwords: passwords,
            hidesAfterPassword: hidesAfterPassword,
            overridesReportedGeometry: overrides
        )
    }

    // MARK: Texas Instruments

    private static let texasInstruments: [Chip] = [
        ti("Tag-it HF-I Plus", [.uid5(0x00), .uid5(0x10), .uid5(0x80), .uid5(0x81)], blocks(64), ic: nil, all: true),
        // Blocks 8 and 9 hold the UID, block 10 the AFI byte.
        ti("Tag-it HF-I Standard", [.uid5(0xC0), .uid5(0xC1)], blocks(11), user: 0..<8),
        // Block 11 holds the password.
        ti("Tag-it HF-I Pro", [.uid5(0xC4), .uid5(0xC5)], blocks(12), user: 0..<8, customs: [0xA4, 0xA5]),
    ]

    private static func ti(
        _ name: String,
        _ patterns: [UIDPattern],
        _ geometry: MemoryGeometry,
        user: Range<Int>? = nil,
        ic: UInt8? = nil,
        customs: Set<UInt8> = [],
        all: Bool = false
    ) -> Chip {
        Chip(
            name: name,
            manufacturer: .texasInstruments,
            patterns: patterns,
            geometry: geometry,
            userBlocks: user,
            icReference: ic,
            commands: all ? common.union([0x24]) : basic,
            customCommands: all ? [0xA2, 0xA3] : customs,
            writeOption: .required,
            afiBlock: all ? nil : 10
        )
    }

    // MARK: STMicroelectronics

    private static let st: [Chip] = [
        st("ST25TV02K", [.uid5(0x23)], blocks(64), eas: true),
        st("ST25TV512", [.uid5(0x23)], blocks(16), eas: true),
        st("ST25TV02KC", [.uid5(0x08)], blocks(80), wide: true),
        st("ST25TV512C", [.uid5(0x08)], blocks(16), wide: true),
        st("ST25TV04K-P", [.uid5(0x35)], blocks(128), wide: true),
        st("ST25TV16K", [.uid5(0x48)], nil, wide: true, mostPerWrite: 4),
        st("ST25DV04K", [.uid5(0x24)], nil, wide: true),
        st("ST25DV64K", [.uid5(0x26)], nil, wide: true),
        // One byte per block; only blocks 10 to 14 are free, and each can be written once.
        Chip(
            name: "LRI64",
            manufacturer: .st,
            patterns: [.product(5)],
            geometry: blocks(15, of: 1),
            userBlocks: 10..<15,
            commands: [0x20, 0x21, 0x2B],
            writeTime: .milliseconds(7)
        ),
        st("LRI2K", [.product(8)], blocks(64)),
        st("LRIS2K", [.product(10)], blocks(64)),
        st("LRIS64K", [.product(17)], nil, sectors: true, mostPerRead: 32),
        st("M24LR", [.product(11)], nil, sectors: true, mostPerRead: 32),
    ]

    private static let tvCustoms: Set<UInt8> = [0xA0, 0xA1, 0xA2, 0xA3, 0xA4, 0xA6, 0xB1, 0xB3, 0xB4]

    private static func st(
        _ name: String,
        _ patterns: [UIDPattern],
        _ geometry: MemoryGeometry?,
        wide hasWide: Bool = false,
        eas: Bool = false,
        sectors: Bool = false,
        mostPerRead: Int? = nil,
        mostPerWrite: Int? = nil
    ) -> Chip {
        // Passwords: 0 kills and 3 configures on ST25TV, 1 to 3 open sectors on the large chips.
        Chip(
            name: name,
            manufacturer: .st,
            patterns: patterns,
            geometry: geometry,
            commands: hasWide ? common.union(wide).union([0x24, 0x34]) : common,
            customCommands: eas ? tvCustoms : sectors ? [0xB1, 0xB2, 0xB3] : [],
            mostBlocksPerRead: mostPerRead,
            mostBlocksPerWrite: mostPerWrite,
            passwords: eas ? [0x00, 0x03] : sectors ? [0x01, 0x02, 0x03] : []
        )
    }

    // MARK: Infineon, EM, Fujitsu, Fudan

    private static let infineon: [Chip] = [
        infineon("my-d vicinity SRF55V02P", 0x40, blocks(56)),
        infineon("my-d vicinity SRF55V10P", 0x00, blocks(248)),
        infineon(
            "my-d light SRF55V01P",
            0xA1,
            blocks(18),
            user: 0..<13,
            commands: [0x20, 0x21, 0x22, 0x23, 0x25, 0x26, 0x27, 0x28]
        ),
    ]

    private static func infineon(
        _ name: String,
        _ uid5: UInt8,
        _ geometry: MemoryGeometry,
        user: Range<Int>? = nil,
        commands: Set<UInt8> = [0x20, 0x21, 0x22, 0x23, 0x27, 0x28]
    ) -> Chip {
        Chip(
            name: name,
            manufacturer: .infineon,
            patterns: [.uid5(uid5)],
            geometry: geometry,
            userBlocks: user,
            commands: commands
        )
    }

    private static let em: [Chip] = [
        em("EM4034", [.emProduct(1)], blocks(14), user: 3..<12, commands: [0x20, 0x21], afi: false),
        em("EM4035", [.emProduct(3)], nil),
        em("EM4135", [.emProduct(4)], blocks(36, of: 8), user: 13..<36),
        em("EM4036", [.emProduct(5)], nil),
        em("EM4133", [.emProduct(7)], nil),
        em("EM4033", [.emProduct(8)], nil, commands: [0x20], afi: false),
        em("EM4233", [.emProduct(9), .emProduct(31)], blocks(52), ic: 0x02),
        em("EM4233SLIC", [.emProduct(10)], blocks(32)),
        em("EM4237", [.emProduct(15)], nil),
    ]

    private static func em(
        _ name: String,
        _ patterns: [UIDPattern],
        _ geometry: MemoryGeometry?,
        user: Range<Int>? = nil,
        ic: UInt8? = nil,
        commands: Set<UInt8> = common,
        afi: Bool = true
    ) -> Chip {
        Chip(
            name: name,
            manufacturer: .em,
            patterns: patterns,
            geometry: geometry,
            userBlocks: user,
            icReference: ic,
            commands: commands,
            errorStyle: .silent,
            overRead: .silent,
            hasAFI: afi
        )
    }

    private static let fujitsu: [Chip] = [
        Chip(
            name: "MB89R116/118",
            manufacturer: .fujitsu,
            patterns: [.uid5(0x00), .uid5(0x01)],
            geometry: blocks(256, of: 8),
            userBlocks: 0..<250,
            commands: common.union([0x24]),
            writeOption: .either,
            mostBlocksPerRead: 2,
            mostBlocksPerWrite: 2,
            writeTime: .milliseconds(1)
        ),
        Chip(
            name: "MB89R119",
            manufacturer: .fujitsu,
            patterns: [.uid5(0x02)],
            geometry: blocks(64),
            userBlocks: 0..<58,
            commands: common.subtracting([0x25, 0x2C]).union([0x24]),
            writeOption: .either,
            mostBlocksPerWrite: 2,
            writeTime: .milliseconds(1)
        ),
    ]

    private static let fudan: [Chip] = [
        Chip(
            name: "Fudan FM13",
            manufacturer: .fudan,
            patterns: [.uid5(0x20)],
            geometry: blocks(62),
            icReference: 0x12,
            commands: common
        )
    ]
}
