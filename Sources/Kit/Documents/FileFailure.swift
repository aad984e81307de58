import Core
import Foundation

/// The system refused to read or write a file for a reason that no user can mend: a fault, logged at the edge.
package struct FileFailure: DiskFault, Equatable, Sendable, CustomStringConvertible {
    /// What was tried, such as "rename". The path is left out: it does not belong into logs.
    package let operation: String
    /// The system's `errno`.
    package let code: Int32

    /// The disk itself.
    package var isFailing: Bool { code == EIO }

    package var description: String { "file \(operation) failed with errno \(code)" }

    /// What to throw for an `errno`: a full disk is for people, everything else is a failure.
    static func fault(_ operation: String, _ code: Int32) -> any Error {
        switch code {
        case ENOSPC, EDQUOT: DocumentFault.full
        default: FileFailure(operation: operation, code: code)
        }
    }
}
