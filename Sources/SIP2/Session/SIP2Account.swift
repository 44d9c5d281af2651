/// How we are known to a library system and how its connection is spoken.
package struct SIP2Account: Hashable, Sendable {
    /// Which bytes end a message; CR unless the system's account says otherwise.
    package enum LineEnd: String, Hashable, Sendable, CaseIterable {
        case cr, crlf, lf

        var bytes: [UInt8] {
            switch self {
            case .cr: [0x0D]
            case .crlf: [0x0D, 0x0A]
            case .lf: [0x0A]
            }
        }
    }

    /// User and password of a 93; without them no login is sent.
    package struct Login: Hashable, Sendable {
        /// Field CN of the login.
        package var user: Confidential
        /// Field CO of the login.
        package var password: Confidential

        package init(user: Confidential, password: Confidential) {
            self.user = user
            self.password = password
        }
    }

    /// `nil` for a system that answers without a login.
    package var login: Login?
    /// Our place, field CP of the login; a service point's UUID for FOLIO.
    package var location: String?
    /// Field AO of every message.
    package var institution: String
    /// Field AP of a check-in: the branch at which the item came back.
    package var branch: String
    /// Field AC of every message.
    package var terminalPassword: Confidential
    /// A wrong one shows as odd letters in titles; checksums are made of the encoded bytes.
    package var encoding: SIP2Encoding
    /// Whether our messages end in a sequence number and a checksum, AY and AZ. Without them nothing tells late answers
    /// apart, and a connection is given up after a repetition; so it is where the system leaves them out.
    package var hasErrorDetection: Bool
    /// What ends our messages; any of the three is taken from the system.
    package var lineEnd: LineEnd
    /// Waited for one answer when the system's 98 does not say.
    package var timeout: Duration
    /// Sent again so often when the system's 98 does not say.
    package var retries: Int
    /// The longest that one transaction may take with all its repetitions.
    package var patience: Duration

    /// `branch` is `institution` unless it is given.
    package init(
        login: Login? = nil,
        location: String? = nil,
        institution: String = "",
        branch: String? = nil,
        terminalPassword: Confidential = .empty,
        encoding: SIP2Encoding = .utf8,
        hasErrorDetection: Bool = true,
        lineEnd: LineEnd = .cr,
        timeout: Duration = .seconds(10),
        retries: Int = 2,
        patience: Duration = .seconds(30)
    ) {
        self.login = login
        self.location = location
        self.institution = institution
        self.branch = branch ?? institution
        self.terminalPassword = terminalPassword
        self.encoding = encoding
        self.hasErrorDetection = hasErrorDetection
        self.lineEnd = lineEnd
        self.timeout = timeout
        self.retries = retries
        self.patience = patience
    }
}

/// How long to wait for an answer and how often to ask.
package struct SIP2Pace: Hashable, Sendable {
    /// Waited for one answer: at least a second, at most ``patience``, when made from an account.
    package var timeout: Duration
    /// Sent again so often after the first time: 0 to 9 when the system's 98 says it.
    package var retries: Int
    /// The longest that one transaction may take with all its repetitions.
    package var patience: Duration
    /// Whether a damaged answer may be asked for again with a 97: yes unless the system's 98 says no.
    package var knowsResending: Bool

    package init(timeout: Duration, retries: Int, patience: Duration, knowsResending: Bool = true) {
        self.timeout = timeout
        self.retries = retries
        self.patience = patience
        self.knowsResending = knowsResending
    }

    /// What the account says, overruled by what the system says of itself. 999 says nothing, nor does a timeout of 0;
    /// 0 retries are meant. A system that asks for hours gets no more than the account's patience, one that asks for
    /// less than 5 s gets 5, or what the account says if that is less: the example that sites of FOLIO copy says 0.5 s,
    /// one of Koha's 2.5 s, in which a busy system has lent nothing yet, and is asked again while it works.
    package init(_ account: SIP2Account, status: SystemStatus?) {
        var timeout = account.timeout
        if let tenths = status?.timeout, (1..<999).contains(tenths) {
            timeout = max(.milliseconds(tenths * 100), min(.seconds(5), account.timeout))
        }
        var retries = account.retries
        if let times = status?.retries, times < 999 { retries = min(times, 9) }
        self.init(
            timeout: min(max(timeout, .seconds(1)), account.patience),
            retries: max(0, retries),
            patience: account.patience,
            knowsResending: status?.supported?.contains(.resendToSystem) ?? true
        )
    }
}
