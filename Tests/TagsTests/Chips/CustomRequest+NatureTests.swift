import Tags
import Testing

private func custom(_ manufacturer: Manufacturer, _ code: UInt8) -> ISO15693.CustomRequest {
    .init(manufacturer: manufacturer.rawValue, code: code)
}

/// The dangerous list of iso15693 §10.1: one code, many meanings.
@Suite struct CustomRequestNatureTests {
    @Test func `A6 protects on NXP, kills on ST and is nothing on Texas Instruments`() {
        #expect(custom(.nxp, 0xA6).isIrreversible)
        #expect(custom(.st, 0xA6).isIrreversible)
        #expect(!custom(.texasInstruments, 0xA6).isIrreversible)
    }

    @Test func `A4 locks EAS on NXP and ST and kills on Texas Instruments`() {
        for maker in [Manufacturer.nxp, .st, .texasInstruments] {
            #expect(custom(maker, 0xA4).isIrreversible)
            #expect(custom(maker, 0xA4).isWrite)
        }
    }

    @Test func `A2 writes for all, but locks for none`() {
        for maker in [Manufacturer.nxp, .st, .texasInstruments] {
            #expect(custom(maker, 0xA2).isWrite)
            #expect(!custom(maker, 0xA2).isIrreversible)
        }
    }

    @Test func `the alarm is a question on NXP and a password write on Texas Instruments`() {
        #expect(!custom(.nxp, 0xA5).isWrite)
        #expect(custom(.texasInstruments, 0xA5).isWrite)
    }

    @Test func `ST's alarm is a question for every armed tag`() {
        #expect(!custom(.st, 0xA5).isWrite)
        #expect(ISO15693.RequestFrame(toEveryone: .custom(custom(.st, 0xA5))) != nil)
    }

    @Test(
        arguments: [
            (.st, 0xAA), (.st, 0xAE), (.st, 0xCA), (.st, 0xCE), (.nxp, 0xC2), (.nxp, 0xD3),
            (.nxp, 0xD4), (.em, 0xA7),
        ] as [(Manufacturer, UInt8)]
    )
    func `what may change a tag is a write, and what it forgets with its power too`(maker: Manufacturer, code: UInt8) {
        #expect(custom(maker, code).isWrite && !custom(maker, code).isIrreversible)
        #expect(ISO15693.RequestFrame(toEveryone: .custom(custom(maker, code))) == nil)
    }

    @Test(arguments: 0xA0...0xDF as ClosedRange<UInt8>)
    func `what an unknown maker does with a code is never sent by accident`(code: UInt8) {
        let stranger = Manufacturer(rawValue: 0x99)
        #expect(custom(stranger, code).isIrreversible)
        #expect(custom(stranger, code).isWrite)
        #expect(!custom(stranger, code).isFast)
    }

    @Test(arguments: 0xA0...0xDF as ClosedRange<UInt8>)
    func `what is irreversible is a write`(code: UInt8) {
        for maker in [Manufacturer.nxp, .st, .texasInstruments, .fujitsu, .em, .infineon] {
            let request = custom(maker, code)
            #expect(!request.isIrreversible || request.isWrite)
        }
    }

    @Test func `makers have names`() {
        #expect(Manufacturer.nxp.description == "NXP")
        #expect(Manufacturer(rawValue: 0x23).description == "maker 35")
    }
}
