import Wire

/// What a message is: its first two digits (ils §2.1). Odd or even says nothing about who sends it.
package enum MessageCode: UInt8, Hashable, Sendable, CaseIterable {
    case blockPatron = 1
    case checkin = 9
    case checkinResponse = 10
    case checkout = 11
    case checkoutResponse = 12
    case hold = 15
    case holdResponse = 16
    case itemInformation = 17
    case itemInformationResponse = 18
    case itemStatusUpdate = 19
    case itemStatusUpdateResponse = 20
    case patronStatus = 23
    case patronStatusResponse = 24
    case patronEnable = 25
    case patronEnableResponse = 26
    case renew = 29
    case renewResponse = 30
    case endPatronSession = 35
    case endSessionResponse = 36
    case feePaid = 37
    case feePaidResponse = 38
    case patronInformation = 63
    case patronInformationResponse = 64
    case renewAll = 65
    case renewAllResponse = 66
    case login = 93
    case loginResponse = 94
    /// The library system asks for our last message again.
    case resendToTerminal = 96
    /// We ask for the library system's last message again.
    case resendToSystem = 97
    case systemStatus = 98
    case terminalStatus = 99

    /// `nil` for anything but the two digits of a known message.
    package init?(_ digits: some Collection<UInt8>) {
        guard digits.count == 2, digits.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = UInt8(String(decoding: digits, as: UTF8.self))
        else { return nil }
        self.init(rawValue: number)
    }

    /// The two digits as sent.
    var digits: [UInt8] { [0x30 + rawValue / 10, 0x30 + rawValue % 10] }

    /// Places between the two digits and the first variable field.
    package var fixedLength: Int {
        switch self {
        case .resendToTerminal, .resendToSystem: 0
        case .loginResponse: 1
        case .login: 2
        case .terminalStatus: 8
        case .itemInformation, .itemStatusUpdate, .patronEnable, .endPatronSession, .renewAll: 18
        case .blockPatron, .hold, .itemStatusUpdateResponse, .endSessionResponse, .feePaidResponse: 19
        case .holdResponse: 20
        case .patronStatus: 21
        case .checkinResponse, .checkoutResponse, .renewResponse: 22
        case .itemInformationResponse: 24
        case .feePaid: 25
        case .renewAllResponse: 27
        case .patronInformation: 31
        case .systemStatus: 34
        case .patronStatusResponse, .patronEnableResponse: 35
        case .checkin: 37
        case .checkout, .renew: 38
        case .patronInformationResponse: 59
        }
    }

    /// What the message is about, for a person who reads a trace.
    package var name: String {
        switch self {
        case .blockPatron: "block patron"
        case .checkin: "check-in"
        case .checkinResponse: "check-in answer"
        case .checkout: "check-out"
        case .checkoutResponse: "check-out answer"
        case .hold: "hold"
        case .holdResponse: "hold answer"
        case .itemInformation: "item information"
        case .itemInformationResponse: "item information answer"
        case .itemStatusUpdate: "item status update"
        case .itemStatusUpdateResponse: "item status update answer"
        case .patronStatus: "patron status"
        case .patronStatusResponse: "patron status answer"
        case .patronEnable: "patron enable"
        case .patronEnableResponse: "patron enable answer"
        case .renew: "renewal"
        case .renewResponse: "renewal answer"
        case .endPatronSession: "end of session"
        case .endSessionResponse: "end of session answer"
        case .feePaid: "fee paid"
        case .feePaidResponse: "fee paid answer"
        case .patronInformation: "patron information"
        case .patronInformationResponse: "patron information answer"
        case .renewAll: "renewal of all"
        case .renewAllResponse: "renewal of all answer"
        case .login: "login"
        case .loginResponse: "login answer"
        case .resendToTerminal: "resend, please (to us)"
        case .resendToSystem: "resend, please"
        case .systemStatus: "system status"
        case .terminalStatus: "terminal status"
        }
    }
}

extension MessageCode: CustomStringConvertible {
    package var description: String { String(decoding: digits, as: UTF8.self) }
}
