import API
import Foundation
import Library

extension AccessRole {
    init(_ role: Role) {
        self =
            switch role {
            case .viewer: .viewer
            case .technician: .technician
            case .desk: .desk
            case .kiosk: .kiosk
            case .admin: .admin
            }
    }
}

extension Role {
    init(_ role: AccessRole) {
        self =
            switch role {
            case .viewer: .viewer
            case .technician: .technician
            case .desk: .desk
            case .kiosk: .kiosk
            case .admin: .admin
            }
    }
}

extension TokenView {
    init(_ token: AccessToken) {
        self.init(
            name: token.name,
            role: Role(token.role),
            readers: token.scope.readers.sorted(),
            gates: token.scope.gates.sorted(),
            createdAt: Date(token.createdAt),
            expiresAt: token.expiresAt.map { Date($0) },
            lastUsedAt: token.lastUsedAt.map { Date($0) },
            revokedAt: token.revokedAt.map { Date($0) }
        )
    }
}

extension SessionState {
    init(_ caller: Caller) {
        self.init(
            name: caller.name,
            role: caller.role.map { Role($0) },
            readers: caller.scope.readers.sorted(),
            gates: caller.scope.gates.sorted(),
            means: Means(rawValue: caller.means.rawValue) ?? .nobody
        )
    }
}
