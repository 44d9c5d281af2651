/// Making a tag invisible or dead (iso15693 §7.3, §7.5). A tag torn from the field during either may be damaged.
extension NXP {
    /// BA: the tag is silent to everybody who does not give the privacy password.
    package struct EnablePrivacy: CustomCommand {
        package typealias Answer = Acknowledgement
        package static let manufacturer = Manufacturer.nxp
        package static let code: UInt8 = 0xBA

        package let parameters: [UInt8]

        /// Four bytes on air: the privacy password covered with `random`.
        package init(_ password: Password, random: RandomNumber, _ consent: Consent) {
            parameters = password.covered(with: random)
        }

        /// Nothing on air behind the UID, for ICODE SLI-S and SLI-L: they want the password by ``SetPassword`` before.
        package init(afterPassword consent: Consent) {
            parameters = []
        }
    }

    /// B9: the tag is silent for ever.
    package struct Destroy: CustomCommand {
        package typealias Answer = Acknowledgement
        package static let manufacturer = Manufacturer.nxp
        package static let code: UInt8 = 0xB9

        package let parameters: [UInt8]

        /// Four bytes on air: the destroy password covered with `random`.
        package init(_ password: Password, random: RandomNumber, _ consent: Consent) {
            parameters = password.covered(with: random)
        }

        /// Nothing on air behind the UID, for ICODE SLI-S and SLI-L: they want the password by ``SetPassword`` before.
        package init(afterPassword consent: Consent) {
            parameters = []
        }
    }

    /// BC: quiet even over a short loss of the field. Never answered.
    package struct StayQuietPersistently: CustomCommand {
        package typealias Answer = Acknowledgement
        package static let manufacturer = Manufacturer.nxp
        package static let code: UInt8 = 0xBC

        package init() {}
    }
}
