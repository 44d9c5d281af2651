package import Tags

/// The password of the site's NXP tags for EAS and AFI. Whatever prints or logs it shows no byte of it.
package struct SecurityPassword: Sendable {
    let bytes: NXP.Password

    package init(_ password: NXP.Password) {
        bytes = password
    }
}

extension SecurityPassword: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "EAS/AFI password, not shown" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
