package import Wire

/// A command to the reader and the type of the answer that belongs to it; both are the bytes behind CMD and STATUS.
package protocol FEIGCommand: ByteParsable, ByteWritable, Hashable, Sendable {
    /// What stands behind the status of an answer that went well.
    associatedtype Reply: ByteParsable & ByteWritable & Hashable & Sendable

    /// The CMD byte of request and reply.
    static var code: FEIGCommandCode { get }
}

/// The commands that come back on the host's line (manual annexes; 55, the flash loader, is left out for good).
package enum FEIGCommandCode: UInt8, Hashable, Sendable, CaseIterable {
    case readBufferOld = 0x21
    case readBuffer = 0x22
    /// What the newest gates push in place of 22; its layout is not public.
    case event = 0x2B
    case bufferInfo = 0x31
    case clearBuffer = 0x32
    case initialiseBuffer = 0x33
    case ping = 0x52
    case cpuReset = 0x63
    case systemReset = 0x64
    case softwareVersion = 0x65
    case readerInfo = 0x66
    case fieldReset = 0x69
    case fieldOutput = 0x6A
    case diagnostic = 0x6E
    case setOutputOld = 0x71
    case setOutput = 0x72
    case getInput = 0x74
    case adjustAntenna = 0x75
    case getPeopleCounter = 0x77
    case setPeopleCounter = 0x78
    case readConfiguration = 0x80
    case writeConfiguration = 0x81
    case saveConfiguration = 0x82
    case defaultConfiguration = 0x83
    case setTimer = 0x85
    case getTimer = 0x86
    case getDate = 0x88
    case readConfigurationExtended = 0x8A
    case writeConfigurationExtended = 0x8B
    case piggyback = 0x9F
    case login = 0xA0
    case tag = 0xB0
    case custom = 0xB1
    case transparent = 0xBF
}

/// An answer without data.
package struct FEIGDone: ByteParsable, ByteWritable, Hashable, Sendable {
    package init() {}
    package init(parsing reader: inout ByteReader) throws(ParseError) {}
    package func write(to writer: inout ByteWriter) {}
}

/// An answer handed on as it is.
package struct FEIGBytes: ByteParsable, ByteWritable, Hashable, Sendable {
    /// All that stands behind the status byte, not interpreted.
    package var data: [UInt8]

    package init(data: [UInt8]) {
        self.data = data
    }

    /// Takes everything that is left; never throws.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        data = Array(reader.rest())
    }

    package func write(to writer: inout ByteWriter) {
        writer.bytes(data)
    }
}
