import Importers
import Library
import LinuxIO
import Operations
import Tags
import Wire

/// What a site says about its library, its readers and this service. Checked whole before anything is started.
struct Configuration: Equatable, Sendable {
    /// Folder for the database; made when it does not exist.
    var state = "/var/lib/pressmark"
    var http = HTTP()
    var library = LibrarySettings()
    var security = Security()
    /// How tags are read and written; whose they are stands in `library`, their security values in `security`.
    var tags = SiteProfile()
    var readers: [Reader] = []
    var discovery = Discovery()
    var gate = GateConfiguration()
    var librarySystem: LibrarySystem?
    var proxies: [Proxy] = []
    var pulls: [Pull] = []
    var writeBacks: [WriteBack] = []
    /// What pages of library systems speak to the pads of this machine.
    var dialects = [Dialect.standard]
    var notices: [NoticeSettings] = []
    var sweep = SweepSettings()

    /// Where page, API and command line are served.
    struct HTTP: Equatable, Sendable {
        var address = "127.0.0.1"
        var port = 7878
        /// Names under which browsers may reach the page, beside the loopback names.
        var hosts: [String] = []
        /// What programs and browsers on this machine may do without a token; `nil`: nothing.
        var loopback: AccessRole? = .admin
        /// Path of the unix socket; `nil`: in the runtime folder, else in the state folder.
        var socket: String?
        /// What members of the socket's group may do.
        var socketRole: AccessRole? = .technician
        var lan: LAN?

        /// How other machines are served.
        struct LAN: Equatable, Sendable {
            var address: String
            var port: Int
            /// Paths of files in PEM.
            var certificate: String
            var key: String
        }
    }

    struct LibrarySettings: Equatable, Sendable {
        var name = "Library"
        /// ISILs of the own library; items of other owners are never written to.
        var isil: [String] = []
        /// How call numbers are filed when the export does not say.
        var scheme = CallNumberScheme.lcc
        /// Snapshots kept, the current one included.
        var snapshots = 3
        /// What share of the items an import may lose without being asked, in percent.
        var shrink = 10
        var barcodes = BarcodeRules.none
        var shelfOrder = ShelfOrderRules.standard
    }

    struct Security: Equatable, Sendable {
        /// AFI of an item that must not leave.
        var armed: UInt8 = 0x07
        /// AFI of an item that may leave.
        var released: UInt8 = 0xC2
        /// Values of older tags that mean the same.
        var alsoArmed: Set<UInt8> = []
        var alsoReleased: Set<UInt8> = []
        var mechanism = SecurityMechanism.afi
        /// Devices that put a wrong bit right without being asked.
        var repairs: Set<SecurityDevice> = [.pad]
        var unfinished = UnfinishedRule.finish
        /// How long holdings and journal are taken to know the loans of the moment.
        var freshMinutes = 15
        /// Whether a tag that names no owner may be one of ours.
        var acceptsTagsWithoutOwner = true
        /// Rows of the truth table that differ here.
        var rules: [SecurityRule] = []
        /// A file with the password of the tags for EAS and AFI, and nothing else.
        var passwordFile: TagPasswordFile?
    }

    /// Places that may be asked what reader is there: `pressmark readers probe` opens no other.
    struct Discovery: Equatable, Sendable {
        /// Paths of serial devices.
        var serial: [String] = []
        /// Hosts, each with a port or without.
        var tcp: [String] = []
        /// What a reader is that is plugged in by USB and stands in no `[[reader]]`; `nil`: it is left alone.
        var automatic: StationRole?
    }

    /// How sweeps are judged.
    struct SweepSettings: Equatable, Sendable {
        /// Good passes over a place before what was not heard there may be missing.
        var passes = 1
        /// How sure to be, in percent, which takes two visits at least; 0 for not at all.
        var certainty = 80
        /// Places to each side that speak for a place.
        var reach = 10
        /// Severities that differ from the usual ones.
        var severities: [FindingKind: Severity] = [:]
        var shelves: [ShelfMark] = []
    }

    struct Reader: Equatable, Sendable {
        var name: String
        var role: StationRole
        var driver: String
        var place: Place
        /// Rest between two looks at the field.
        var interval: Duration
        /// Whether it scans by itself and is asked what it has noted.
        var isBuffered = false
        /// The one AFI that its own filter lets through.
        var reportsAFI: UInt8?
        /// The power that it radiates, as its maker or its settings say; for the privacy dossier.
        var milliwatts: Int?
        /// Whether a gate's counter of people is asked.
        var countsPeople = true
        /// After how long a silence a gate counts as dead; `nil` for what suits the way it is reached.
        var patience: Duration?
        /// The own command port of a gate that calls, host and port.
        var commands: NetworkPlace?

        struct NetworkPlace: Equatable, Sendable {
            var host: String
            var port: UInt16
        }

        enum Place: Equatable, Sendable {
            /// A device file, such as `/dev/ttyUSB0`.
            case serial(path: String, line: LineSettings)
            /// Through TLS where settings for it are there.
            case tcp(host: String, port: UInt16, tls: TLSSettings? = nil)
            /// By a pair of endpoints, as all readers of today.
            case usb(USBSelection)
            /// A FEIG reader of the age before endpoints.
            case usbControl(USBSelection)
            /// Any device of those the driver is for; the first that is plugged in.
            case automatic([USBSelection])
            /// A gate that calls us, from one of these addresses.
            case calls(address: String, port: UInt16, from: [String])
        }
    }

    /// A library system that items are fetched from.
    struct Pull: Equatable, Sendable {
        var name: String
        var source: PullSource
        /// Without a slash at its end.
        var address: String
        var credentials: CredentialFile
        /// Between two pulls; `nil` for by hand alone.
        var interval: Duration?
        var fullInterval: Duration
    }

    /// A library system that may be told what sweeps saw.
    struct WriteBack: Equatable, Sendable {
        var name: String
        var target: WriteBackTarget
        /// Without a slash at its end.
        var address: String
        var credentials: CredentialFile
        /// Between two requests.
        var pause: Duration
    }
}

extension Configuration.Reader.Place: CustomStringConvertible {
    var description: String {
        switch self {
        case .serial(let path, _): "serial \(path)"
        case .tcp(let host, let port, let tls): "tcp \(host):\(port)" + (tls == nil ? "" : " by TLS")
        case .usb(let selection): selection.description
        case .usbControl(let selection): "\(selection) by control transfers"
        case .automatic: "usb, whichever is plugged in"
        case .calls(let address, let port, let peers):
            "tcp \(address):\(port), called by \(peers.joined(separator: " or "))"
        }
    }
}
