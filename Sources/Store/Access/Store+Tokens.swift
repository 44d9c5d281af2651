import Crypto
import Foundation
import GRDB
package import Library

/// The tokens. Of what is typed in only its SHA-256 is kept: it has 260 random bits, so nobody can try them all.
extension Store {
    /// Adds a token that `secret` opens; on the disk before it returns. `nil` when a token that is not revoked has the
    /// name already.
    package func addToken(
        _ name: String,
        secret: String,
        role: AccessRole,
        scope: AccessScope,
        at moment: Moment,
        until end: Moment?
    ) throws(StoreError) -> AccessToken? {
        try write { database in
            let taken = try Int64.fetchOne(
                database,
                sql: "SELECT id FROM accessToken WHERE name = ? AND revokedAt IS NULL",
                arguments: [name]
            )
            guard taken == nil else { return nil }
            try database.execute(
                sql: "INSERT INTO accessToken (name, fingerprint, role, createdAt, expiresAt) VALUES (?, ?, ?, ?, ?)",
                arguments: [
                    name, Self.fingerprint(secret), role.rawValue, moment.milliseconds, end?.milliseconds,
                ]
            )
            let id = database.lastInsertedRowID
            let insert = try database.cachedStatement(
                sql: "INSERT INTO accessTokenPlace (token, kind, name) VALUES (?, ?, ?)"
            )
            for reader in scope.readers { try insert.execute(arguments: [id, "reader", reader]) }
            for gate in scope.gates { try insert.execute(arguments: [id, "gate", gate]) }
            return AccessToken(id: id, name: name, role: role, scope: scope, createdAt: moment, expiresAt: end)
        }
    }

    /// The token that this text opens, revoked and expired ones too; `nil` when there is none.
    package func token(secret: String) throws(StoreError) -> AccessToken? {
        try read { database in
            try Self.tokens("WHERE fingerprint = ?", [Self.fingerprint(secret)], database).first
        }
    }

    /// The token of this number, also when it is revoked or expired; `nil` when there is none.
    package func token(_ id: AccessToken.ID) throws(StoreError) -> AccessToken? {
        try read { database in try Self.tokens("WHERE id = ?", [id], database).first }
    }

    /// All tokens, the revoked ones too, by name.
    package func tokens() throws(StoreError) -> [AccessToken] {
        try read { database in try Self.tokens("ORDER BY name, id", [], database) }
    }

    /// Ends the token of this name; on the disk before it returns. `nil` when there is none that is not ended.
    package func revokeToken(_ name: String, at moment: Moment) throws(StoreError) -> AccessToken? {
        try write { database in
            guard
                let token = try Self.tokens("WHERE name = ? AND revokedAt IS NULL", [name], database).first
            else { return nil }
            try database.execute(
                sql: "UPDATE accessToken SET revokedAt = ? WHERE id = ?",
                arguments: [moment.milliseconds, token.id]
            )
            return try Self.tokens("WHERE id = ?", [token.id], database).first
        }
    }

    /// Notes that a token was used. May be lost with a power cut.
    package func noteUse(of token: AccessToken.ID, at moment: Moment) throws(StoreError) {
        try write(.bulk) { database in
            try database.execute(
                sql: "UPDATE accessToken SET lastUsedAt = ? WHERE id = ?",
                arguments: [moment.milliseconds, token]
            )
        }
    }

    private static func fingerprint(_ secret: String) -> Data { Data(SHA256.hash(data: Data(secret.utf8))) }

    private static func tokens(
        _ condition: String,
        _ arguments: StatementArguments,
        _ database: Database
    ) throws -> [AccessToken] {
        let places = try database.cachedStatement(sql: "SELECT kind, name FROM accessTokenPlace WHERE token = ?")
        return try Row.fetchAll(
            database,
            sql: """
                SELECT id, name, role, createdAt, expiresAt, lastUsedAt, revokedAt FROM accessToken \(condition)
                """,
            arguments: arguments
        ).map { row in
            let id = try row.number(0).orDamaged("token without number")
            var scope = AccessScope.everywhere
            for place in try Row.fetchAll(places, arguments: [id]) {
                guard let name = place.text(1) else { continue }
                if place.text(0) == "gate" { scope.gates.insert(name) } else { scope.readers.insert(name) }
            }
            return AccessToken(
                id: id,
                name: try row.text(1).orDamaged("token without name"),
                role: try row.text(2).flatMap(AccessRole.init(rawValue:)).orDamaged("token of an unknown role"),
                scope: scope,
                createdAt: try row.moment(3).orDamaged("token without moment"),
                expiresAt: row.moment(4),
                lastUsedAt: row.moment(5),
                revokedAt: row.moment(6)
            )
        }
    }
}
