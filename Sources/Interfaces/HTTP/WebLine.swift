/// Where the server listens besides the loopback address.
package struct WebLine: Sendable {
    /// An address and port of the network, or a file of this machine.
    package enum Place: Hashable, Sendable {
        /// Port 0 for one that is free.
        case tcp(address: String, port: Int)
        case socket(path: String)
    }

    /// Where it listens unless a socket is ``inherited``.
    package var place: Place
    /// What may be done over this line without a token.
    package var door: Door
    /// `nil`: the line is not encrypted.
    package var certificate: WebCertificate?
    /// A socket that listens already and takes the place of `place`; closed at the end.
    package var inherited: CInt?
    /// Takes the port, 0 for a socket, once the line is open.
    package var opened: @Sendable (Int) -> Void

    package init(
        _ place: Place,
        door: Door,
        certificate: WebCertificate? = nil,
        inherited: CInt? = nil,
        opened: @escaping @Sendable (Int) -> Void = { _ in }
    ) {
        self.place = place
        self.door = door
        self.certificate = certificate
        self.inherited = inherited
        self.opened = opened
    }
}

extension WebLine.Place: CustomStringConvertible {
    package var description: String {
        switch self {
        case .tcp(let address, let port): "http \(address):\(port)"
        case .socket(let path): "socket \(path)"
        }
    }
}
