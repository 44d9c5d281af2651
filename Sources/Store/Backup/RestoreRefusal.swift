/// Why a file cannot take the place of the database.
package enum RestoreRefusal: Error, Hashable, Sendable {
    /// No database, or one that is torn.
    case damaged(detail: String)
    /// A database of something else.
    case foreign
    /// A newer Pressmark wrote it.
    case newer
}

extension RestoreRefusal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .damaged(let detail): "backup: found a damaged file (\(detail)), wanted a whole database"
        case .foreign: "backup: found a database of something else, wanted one of Pressmark"
        case .newer: "backup: found a database of a newer Pressmark, wanted one of this version or an older one"
        }
    }

    /// What to do about it.
    package var hint: String {
        switch self {
        case .damaged: "fetch it again, or take an older backup"
        case .foreign: "give a file that pressmark backup has written"
        case .newer: "install the version that wrote it, or a newer one, and restore with that"
        }
    }
}
