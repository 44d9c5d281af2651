import Interfaces
import Library
import Operations
import Tags

extension PrivacyFacts {
    /// What the configuration of this site means.
    init(_ configuration: Configuration) {
        let elements = DataElement.allCases.filter {
            configuration.tags.elements.contains($0) && $0 != .primaryItemIdentifier && $0 != .contentParameter
        }
        let pages = configuration.dialects.filter { !$0.origins.isEmpty }.map { dialect in
            Recipient(
                name: dialect.origins.joined(separator: ", "),
                what: "what lies on \(dialect.reader ?? "the first pad")"
            )
        }
        let address = configuration.http.address
        self.init(
            library: configuration.library.name,
            institutions: configuration.library.isil,
            devices: configuration.readers.map { reader in
                Device(
                    name: reader.name,
                    role: reader.role,
                    driver: reader.driver,
                    place: "\(reader.place)",
                    milliwatts: reader.milliwatts
                )
            },
            armed: configuration.security.armed,
            released: configuration.security.released,
            mechanism: configuration.security.mechanism,
            elements: elements,
            gateDays: configuration.gate.keepDays,
            snapshots: configuration.library.snapshots,
            address: "\(address):\(configuration.http.port)",
            isLoopback: ["127.0.0.1", "::1", "localhost"].contains(address),
            librarySystem: configuration.librarySystem.map { "\($0.host):\($0.port)" },
            kiosks: configuration.proxies.map { "\($0.name) at \($0.address):\($0.port)" },
            recipients: configuration.notices.map(Self.recipient) + pages,
            showsCards: configuration.dialects.contains(where: \.showsCards)
        )
    }

    private static func recipient(_ notice: Configuration.NoticeSettings) -> Recipient {
        let way =
            switch notice.way {
            case .webhook(let url, _, _):
                // A webhook's path is its secret.
                "webhook at \(url.split(separator: "/").dropFirst().first.map(String.init) ?? "its host")"
            case .mail(_, let to, _): "mail to \(to.joined(separator: ", "))"
            case .journal: "this machine's journal"
            case .mqtt(let broker): "MQTT broker \(broker.host)"
            }
        let events = notice.rules.events.map(\.rawValue).sorted().joined(separator: ", ")
        return Recipient(
            name: "\(notice.name): \(way)",
            what: "\(events), by device and number, without item or person"
        )
    }
}
