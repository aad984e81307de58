import Crypto

/// The fingerprint of bytes that are kept, so that a store need not know cryptography.
package enum ByteDigest {
    /// SHA-256, 32 bytes.
    package static func of(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        Array(SHA256.hash(data: Array(bytes)))
    }
}
