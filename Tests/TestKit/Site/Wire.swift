import Foundation
import NIOPosix

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A connection to a port of this machine on which bytes go as they are given.
package enum Wire {
    /// Sends the bytes, says that no more will come, and reads until the other side has ended too: then it has dealt
    /// with what it got, whole or not.
    package static func exchange(_ bytes: [UInt8], port: Int) async throws -> String {
        String(decoding: try await answer(to: bytes, port: port), as: UTF8.self)
    }

    /// The same, with the answer as it came over the line: compressed where it is.
    package static func answer(to bytes: [UInt8], port: Int) async throws -> [UInt8] {
        try await NIOThreadPool.singleton.runIfActive {
            let end = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            guard end >= 0 else { throw WireFault(code: errno) }
            defer { close(end) }
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = UInt16(port).bigEndian
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            let connected = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(end, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            guard connected == 0 else { throw WireFault(code: errno) }
            var sent = 0
            while sent < bytes.count {
                let count = bytes[sent...].withUnsafeBytes { send(end, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
                guard count > 0 else { break }
                sent += count
            }
            shutdown(end, Int32(SHUT_WR))
            var answer: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 16_384)
            while true {
                let count = recv(end, &buffer, buffer.count, 0)
                guard count > 0 else { break }
                answer += buffer[..<count]
            }
            return answer
        }
    }

    /// One GET with the lines given, and nothing that was not asked for.
    package static func get(_ path: String, _ lines: [String], port: Int) async throws -> String {
        let head = (["GET \(path) HTTP/1.1"] + lines + ["Connection: close", "", ""]).joined(separator: "\r\n")
        return try await exchange(Array(head.utf8), port: port)
    }
}

struct WireFault: Error {
    let code: Int32
}
