import Foundation
import NIOCore

extension IOError {
    /// As the system says it, without the name of the function that was called.
    var words: String { String(cString: strerror(errnoCode)) }
}
