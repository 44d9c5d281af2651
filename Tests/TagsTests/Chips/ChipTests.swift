import Tags
import Testing

private func uid(_ value: UInt64) -> TagUID { TagUID(value) }

private func information(_ uid: TagUID, blocks: Int, of size: Int = 4, ic: UInt8? = nil) -> ISO15693.SystemInformation {
    .init(uid: uid, geometry: .init(blockSize: size, blockCount: blocks), icReference: ic)
}

@Suite struct ChipTests {
    /// UIDs of captured and published tags where the shared frames have them, else patterns of iso15693 §7 to §10.
    @Test(
        arguments: [
            (0xE004_0114_B1A3_DD03, "ICODE SLIX"),  // captured, UID4 = 14
            (0xE004_0150_B902_C691, "ICODE SLIX"), (0xE004_0108_3F7B_635C, "ICODE SLIX2"),
            (0xE004_0158_6DE0_2802, "NTAG 5"),  // captured
            (0xE004_0118_0000_0001, "ICODE DNA"), (0xE004_0120_0000_0001, "ICODE 3"),
            (0xE004_0100_0C95_F197, "ICODE SLI"),
            (0xE004_0200_0000_0001, "ICODE SLI-S"), (0xE004_0250_0000_0001, "ICODE SLIX-S"),
            (0xE004_0300_0000_0001, "ICODE SLI-L"), (0xE004_0350_0000_0001, "ICODE SLIX-L"),
            (0xE007_8098_3E79_6083, "Tag-it HF-I Plus"),  // captured
            (0xE007_0000_1258_B807, "Tag-it HF-I Plus"), (0xE007_C1D2_E5C2_8090, "Tag-it HF-I Standard"),
            (0xE007_C4D2_E5C2_8090, "Tag-it HF-I Pro"), (0xE002_2300_0000_0001, "ST25TV02K"),
            (0xE002_2000_0000_0001, "LRI2K"), (0xE002_2A00_0000_0001, "LRIS2K"), (0xE002_1500_0000_0001, "LRI64"),
            (0xE002_4464_4005_0403, "LRIS64K"), (0xE005_4000_0000_0001, "my-d vicinity SRF55V02P"),
            (0xE005_A100_0000_0001, "my-d light SRF55V01P"),
            (0xE016_2466_2141_50C8, "EM4233"),  // published log
            (0xE016_0500_0000_0001, "EM4034"), (0xE016_8400_0000_0001, "EM4034"),
            (0xE016_0C00_0000_0001, "EM4035"), (0xE016_9400_0000_0001, "EM4036"), (0xE016_1C00_0000_0001, "EM4133"),
            (0xE016_7C00_0000_0001, "EM4233"), (0xE016_A800_0000_0001, "EM4233SLIC"),
            (0xE016_BC00_0000_0001, "EM4237"), (0xE008_0100_0000_0001, "MB89R116/118"),
            (0xE01D_2013_EBA2_587E, "Fudan FM13"),  // captured
        ] as [(UInt64, String)]
    )
    func `a chip is recognised by its UID bits`(value: UInt64, name: String) {
        #expect(Chip(recognising: uid(value))?.name == name)
    }

    @Test(arguments: [0xE099_0000_0000_0001, 0xE007_4000_0000_0001, 0x0004_0150_0000_0001 | 0xE0FF << 48] as [UInt64])
    func `a stranger has no chip`(value: UInt64) {
        #expect(Chip(recognising: uid(value)) == nil)
    }

    @Test func `an old SLI that looks like an SLIX2 is told by its size`() {
        // Bits 37 and 36 were plain serial number bits in the SLI era (iso15693 §7.1).
        let lookalike = uid(0xE004_0108_3F7B_635C)
        let old = Chip(recognising: lookalike, systemInformation: information(lookalike, blocks: 28, ic: 1))
        #expect(old?.name == "ICODE SLI")
        let real = Chip(recognising: lookalike, systemInformation: information(lookalike, blocks: 80, ic: 1))
        #expect(real?.name == "ICODE SLIX2")
    }

    @Test func `a clone of the wrong size is not believed`() {
        let clone = uid(0xE004_0150_0000_0001)
        #expect(Chip(recognising: clone, systemInformation: information(clone, blocks: 64, ic: 1)) == nil)
    }

    /// One UID5 stands for two sizes of ST25TV, of 2048 and of 512 bits (iso15693 §9).
    @Test(
        arguments: [
            (0x23, 64, "ST25TV02K"), (0x23, 16, "ST25TV512"), (0x08, 80, "ST25TV02KC"), (0x08, 16, "ST25TV512C"),
        ] as [(UInt64, Int, String)]
    )
    func `a small ST25TV is told from its large relative by its size`(uid5: UInt64, blocks: Int, name: String) {
        let tag = uid(0xE002_0000_0000_0001 | uid5 << 40)
        #expect(Chip(recognising: tag, systemInformation: information(tag, blocks: blocks))?.name == name)
    }

    @Test func `an SLIX-L has eight blocks whatever it says`() throws {
        let small = uid(0xE004_0350_0000_0001)
        let told = information(small, blocks: 28, ic: 3)
        let chip = try #require(Chip(recognising: small, systemInformation: told))
        #expect(chip.geometry(reported: told.geometry) == MemoryGeometry(blockSize: 4, blockCount: 8))
        let slix = try #require(ChipTable.named("ICODE SLIX"))
        let larger = MemoryGeometry(blockSize: 4, blockCount: 30)
        #expect(slix.geometry(reported: larger) == larger)
        #expect(slix.geometry(reported: nil)?.blockCount == 28)
    }

    @Test(arguments: ChipTable.all)
    func `a chip's row makes sense`(_ chip: Chip) throws {
        #expect(!chip.patterns.isEmpty)
        for pattern in chip.patterns { #expect(pattern.value & ~pattern.mask == 0) }
        if let geometry = chip.geometry {
            #expect([1, 4, 8].contains(geometry.blockSize))
            if let user = chip.userBlocks { #expect(user.upperBound <= geometry.blockCount) }
        }
        #expect(chip.commands.contains(0x20))
        #expect(chip.customCommands.allSatisfy { 0xA0...0xDF ~= $0 })
        #expect(ChipTable.all.count { $0.name == chip.name } == 1)
    }

    @Test(arguments: ChipTable.all)
    func `every chip can be recognised by some UID, and by its size where two share one`(_ chip: Chip) {
        let serials: [UInt64] = [0, 0x1234_5678]
        let found = chip.patterns.contains { pattern in
            serials.contains { serial in
                let value = 0xE0 << 56 | UInt64(chip.manufacturer.rawValue) << 48 | UInt64(pattern.value) << 32 | serial
                let tag = TagUID(value)
                let told = ISO15693.SystemInformation(
                    uid: tag,
                    geometry: chip.geometry,
                    icReference: chip.icReference
                )
                return Chip(recognising: tag)?.name == chip.name
                    || Chip(recognising: tag, systemInformation: told)?.name == chip.name
            }
        }
        #expect(found)
    }

    @Test func `a library's bytes stand in the blocks that makers give to the user, both ends included`() throws {
        // The tables of iso15693 §9 and §10: LRI64 10 to 14, my-d light 0 to 12, EM4034 3 to 11, MB89R118 0 to 249.
        let wanted = ["LRI64": 10...14, "my-d light SRF55V01P": 0...12, "EM4034": 3...11, "MB89R116/118": 0...249]
        for (name, blocks) in wanted {
            let chip = try #require(ChipTable.named(name))
            #expect(chip.userBlocks == Range(blocks), "\(name)")
        }
    }

    /// The column of chips in iso15693 §7.3.
    @Test(
        arguments: [
            (0xA8, ["ICODE SLI-S"]), (0xB8, ["ICODE SLI-S", "ICODE SLIX-S"]), (0xC2, ["NTAG 5"]), (0xC4, ["ICODE 3"]),
            (0xD0, ["NTAG 5"]), (0xD1, ["NTAG 5"]), (0xD2, ["NTAG 5"]), (0xD3, ["NTAG 5"]), (0xD4, ["NTAG 5"]),
            (0xD5, ["NTAG 5"]),
        ] as [(UInt8, Set<String>)]
    )
    func `NXP's chips know the commands that the maker names for them`(code: UInt8, names: Set<String>) {
        let knowing = ChipTable.all.filter { $0.manufacturer == .nxp && $0.customCommands.contains(code) }
        #expect(Set(knowing.map(\.name)) == names)
    }

    @Test func `writes wait for an end of frame on Texas Instruments' chips alone`() {
        #expect(uid(0xE007_8098_3E79_6083).answersWritesOnEndOfFrame)
        #expect(!uid(0xE004_0114_B1A3_DD03).answersWritesOnEndOfFrame)
        #expect(!uid(0xE002_2300_0000_0001).answersWritesOnEndOfFrame)
        for chip in ChipTable.all {
            #expect((chip.writeOption == .required) == (chip.manufacturer == .texasInstruments))
        }
    }

    @Test func `optional commands are known per chip`() throws {
        let slix = try #require(ChipTable.named("ICODE SLIX"))
        #expect(slix.knows(.writeAFI(7)))
        #expect(!slix.knows(.writeMultipleBlocks(first: 0, count: 1, data: [0, 0, 0, 0])))
        #expect(!slix.knows(.extended(.readSingleBlock(0, withSecurity: false))))
        #expect(slix.knows(.custom(.init(manufacturer: 4, code: 0xA2))))
        #expect(!slix.knows(.custom(.init(manufacturer: 7, code: 0xA2))))
        let standard = try #require(ChipTable.named("Tag-it HF-I Standard"))
        #expect(!standard.knows(.systemInformation))
        #expect(standard.knows(.stayQuiet))
    }
}
