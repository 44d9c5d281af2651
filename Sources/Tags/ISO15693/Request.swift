extension ISO15693 {
    /// One command for one tag. Block numbers count from 0, counts are true counts (the air carries them minus one).
    package enum Request: Hashable, Sendable {
        /// 02: no answer, not even an error.
        case stayQuiet
        /// 20.
        case readSingleBlock(Int, withSecurity: Bool)
        /// 21: `data` is one block.
        case writeSingleBlock(Int, data: [UInt8])
        /// 22: irreversible.
        case lockBlock(Int)
        /// 23: a tag may answer fewer blocks than asked for at the end of its memory.
        case readMultipleBlocks(first: Int, count: Int, withSecurity: Bool)
        /// 24: `data` is whole blocks.
        case writeMultipleBlocks(first: Int, count: Int, data: [UInt8])
        /// 25.
        case select
        /// 26.
        case resetToReady
        /// 27.
        case writeAFI(UInt8)
        /// 28: irreversible.
        case lockAFI
        /// 29.
        case writeDSFID(UInt8)
        /// 2A: irreversible.
        case lockDSFID
        /// 2B.
        case systemInformation
        /// 2C.
        case blockSecurity(first: Int, count: Int)
        /// 2D: as 23, answered at twice the data rate.
        case fastReadMultipleBlocks(first: Int, count: Int, withSecurity: Bool)
        /// 30–34, 3B–3D: the same with 16-bit block numbers, for tags of more than 256 blocks.
        case extended(ExtendedRequest)
        /// 35, 39, 3A: commands of the cryptographic suites.
        case cryptographic(CryptographicRequest)
        /// A0–DF: a command of the chip's maker; sent only to tags of that maker.
        case custom(CustomRequest)
    }

    /// A command with 16-bit block numbers (ISO/IEC 15693-3:2009 and later). Block numbers and counts as in
    /// ``Request``.
    package enum ExtendedRequest: Hashable, Sendable {
        /// 30.
        case readSingleBlock(Int, withSecurity: Bool)
        /// 31.
        case writeSingleBlock(Int, data: [UInt8])
        /// 32: irreversible.
        case lockBlock(Int)
        /// 33.
        case readMultipleBlocks(first: Int, count: Int, withSecurity: Bool)
        /// 34.
        case writeMultipleBlocks(first: Int, count: Int, data: [UInt8])
        /// 3B.
        case systemInformation(SystemParameters)
        /// 3C.
        case blockSecurity(first: Int, count: Int)
        /// 3D: as 33, answered at twice the data rate.
        case fastReadMultipleBlocks(first: Int, count: Int, withSecurity: Bool)
    }

    /// A command of a cryptographic suite; what the message means is the suite's own affair.
    package enum CryptographicRequest: Hashable, Sendable {
        /// 35.
        case authenticate(suite: UInt8, message: [UInt8])
        /// 39: never answered.
        case challenge(suite: UInt8, message: [UInt8])
        /// 3A.
        case readBuffer
    }

    /// A maker's own command; the same code means different things to different makers.
    package struct CustomRequest: Hashable, Sendable {
        /// IC manufacturer code, sent behind the command code.
        package var manufacturer: UInt8
        /// A0 to DF.
        package var code: UInt8
        /// What follows the UID on air.
        package var parameters: [UInt8]
        /// The option flag, whose meaning depends on the command.
        package var option: Bool

        package init(manufacturer: UInt8, code: UInt8, parameters: [UInt8] = [], option: Bool = false) {
            self.manufacturer = manufacturer
            self.code = code
            self.parameters = parameters
            self.option = option
        }
    }
}

extension ISO15693.Request {
    /// The command code as it stands behind the flags.
    package var code: UInt8 {
        switch self {
        case .stayQuiet: 0x02
        case .readSingleBlock: 0x20
        case .writeSingleBlock: 0x21
        case .lockBlock: 0x22
        case .readMultipleBlocks: 0x23
        case .writeMultipleBlocks: 0x24
        case .select: 0x25
        case .resetToReady: 0x26
        case .writeAFI: 0x27
        case .lockAFI: 0x28
        case .writeDSFID: 0x29
        case .lockDSFID: 0x2A
        case .systemInformation: 0x2B
        case .blockSecurity: 0x2C
        case .fastReadMultipleBlocks: 0x2D
        case .extended(let extended): extended.code
        case .cryptographic(.authenticate): 0x35
        case .cryptographic(.challenge): 0x39
        case .cryptographic(.readBuffer): 0x3A
        case .custom(let custom): custom.code
        }
    }

    /// Whether the tag programs its memory, so that the option flag decides when it answers
    /// (ISO 15693-3, write-alike commands; the makers' own ones by ``ISO15693/CustomRequest/isWrite``).
    package var isWrite: Bool {
        switch self {
        case .writeSingleBlock, .lockBlock, .writeMultipleBlocks, .writeAFI, .lockAFI, .writeDSFID, .lockDSFID: true
        case .extended(.writeSingleBlock), .extended(.lockBlock), .extended(.writeMultipleBlocks): true
        case .custom(let custom): custom.isWrite
        default: false
        }
    }

    /// Whether the command locks, protects or kills for ever: run only at a person's explicit word.
    package var isIrreversible: Bool {
        switch self {
        case .lockBlock, .lockAFI, .lockDSFID, .extended(.lockBlock): true
        case .custom(let custom): custom.isIrreversible
        default: false
        }
    }

    /// Whether the tag answers at twice the data rate (2D, 3D, and the makers' fast commands).
    package var isFast: Bool {
        switch self {
        case .fastReadMultipleBlocks, .extended(.fastReadMultipleBlocks): true
        case .custom(let custom): custom.isFast
        default: false
        }
    }

    /// Whether a read asks for the security status in front of each block; it travels as the option flag.
    package var withSecurity: Bool {
        switch self {
        case .readSingleBlock(_, let security), .readMultipleBlocks(_, _, let security),
            .fastReadMultipleBlocks(_, _, let security), .extended(.readSingleBlock(_, let security)),
            .extended(.readMultipleBlocks(_, _, let security)),
            .extended(.fastReadMultipleBlocks(_, _, let security)):
            security
        default: false
        }
    }

    /// How many blocks a read asks for; `nil` for every other command.
    package var blocksAsked: Int? {
        switch self {
        case .readSingleBlock, .extended(.readSingleBlock): 1
        case .readMultipleBlocks(_, let count, _), .fastReadMultipleBlocks(_, let count, _),
            .extended(.readMultipleBlocks(_, let count, _)), .extended(.fastReadMultipleBlocks(_, let count, _)):
            count
        default: nil
        }
    }
}

extension ISO15693.ExtendedRequest {
    /// The command code.
    package var code: UInt8 {
        switch self {
        case .readSingleBlock: 0x30
        case .writeSingleBlock: 0x31
        case .lockBlock: 0x32
        case .readMultipleBlocks: 0x33
        case .writeMultipleBlocks: 0x34
        case .systemInformation: 0x3B
        case .blockSecurity: 0x3C
        case .fastReadMultipleBlocks: 0x3D
        }
    }
}
