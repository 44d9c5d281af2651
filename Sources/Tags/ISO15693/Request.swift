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
        /// A0–DF: a command of the chip's maker; sent only to tags of that maker.
        case custom(CustomRequest)
    }

    /// A maker's own command; the same code means different things to different makers.
    package struct CustomRequest: Hashable, Sendable {
        /// IC manufacturer code, sent behind the command code.
        package var manufacturer: UInt8
        package var code: UInt8
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
