/// The version of Pressmark that daemon and command line were built from.
package enum Version {
    /// Semantic versioning; `CHANGELOG.md` says what is in it.
    package static let current = "0.1.0"
}
