/// An error of the system's that may mean that a disk can no longer be trusted: then nothing more is written.
package protocol DiskFault: Error {
    /// Input or output failed; that there was no room left is not meant.
    var isFailing: Bool { get }
}
