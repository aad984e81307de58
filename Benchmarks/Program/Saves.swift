import ArgumentParser
import Foundation
import Glibc

/// Saves one indicator's value again and again through the JSON interface, from so many connections at once, each with
/// a dossier of its own, each over the version the last answer named: what area heads do on the last evening.
struct SavesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "saves")

    @Option var port: Int
    @Option var token: String
    /// Paths of values, one for each connection.
    @Option var targets: String
    @Option var seconds: Double = 5

    func run() async throws {
        let paths = targets.split(separator: ",").map(String.init)
        let end = ContinuousClock.now + .seconds(seconds)
        let start = ContinuousClock.now
        let runs = try await withThrowingTaskGroup(of: [Double].self) { group in
            for path in paths {
                let client = SaveClient(port: port, token: token, path: path)
                group.addTask { try await client.run(until: end) }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        let took = (ContinuousClock.now - start).inSeconds
        let ordered = runs.sorted()
        let late = ordered.isEmpty ? 0 : ordered[min(ordered.count - 1, ordered.count * 99 / 100)]
        print("{\"rate\": \(Double(runs.count) / took), \"p99\": \(late * 1_000), \"count\": \(runs.count)}")
    }
}

struct SaveFailed: Error { let answer: String }

/// One connection on a thread of its own, spoken to in plain HTTP/1.1.
private struct SaveClient: Sendable {
    let port: Int
    let token: String
    let path: String

    func run(until end: ContinuousClock.Instant) async throws -> [Double] {
        try await withCheckedThrowingContinuation { continuation in
            let thread = Thread { continuation.resume(with: Result { try save(until: end) }) }
            thread.start()
        }
    }

    private func save(until end: ContinuousClock.Instant) throws -> [Double] {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw SaveFailed(answer: "no connection") }
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        var times: [Double] = []
        var version =
            SaveClient.number(
                after: "\"version\":", in: try exchange("GET \(path) HTTP/1.1\r\n\(head)\r\n", descriptor)) ?? 0
        var number = 0
        while ContinuousClock.now < end {
            number += 1
            let began = ContinuousClock.now
            let answer = try send(number, version, to: descriptor)
            guard answer.starts(with: Array("HTTP/1.1 200".utf8)),
                let found = SaveClient.number(after: "\"version\":", in: answer)
            else {
                throw SaveFailed(answer: String(decoding: answer, as: UTF8.self))
            }
            version = found
            times.append((ContinuousClock.now - began).inSeconds)
        }
        return times
    }

    private func send(_ number: Int, _ version: Int, to descriptor: Int32) throws -> [UInt8] {
        let body = "{\"value\": \"\(number % 90 + 1)\", \"version\": \(version), \"note\": \"\"}"
        return try exchange(
            """
            POST \(path) HTTP/1.1\r\n\(head)\
            Content-Type: application/json\r\nIdempotency-Key: \(UUID().uuidString)\r\n\
            Content-Length: \(body.utf8.count)\r\n\r\n\(body)
            """, descriptor)
    }

    private var head: String { "Host: 127.0.0.1\r\nCookie: kieumau=\(token)\r\n" }

    private func exchange(_ text: String, _ descriptor: Int32) throws -> [UInt8] {
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress! + sent, bytes.count - sent) }
            guard count > 0 else { throw SaveFailed(answer: "cut off while sending") }
            sent += count
        }
        // By bytes and without looking twice: the load shares its two cores with the server it measures.
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        var wanted: Int?
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { throw SaveFailed(answer: "cut off while reading") }
            answer += buffer[..<count]
            if wanted == nil, let end = SaveClient.place(of: "\r\n\r\n", in: answer) {
                wanted =
                    end
                    + (SaveClient.number(after: "ontent-length: ", in: answer, before: end)
                        ?? SaveClient.number(after: "ontent-Length: ", in: answer, before: end) ?? 0)
            }
            if let wanted, answer.count >= wanted { return answer }
        }
    }

    /// The place behind a mark; nil where it does not stand.
    private static func place(of mark: StaticString, in bytes: [UInt8], before end: Int? = nil) -> Int? {
        let wanted = UnsafeBufferPointer(start: mark.utf8Start, count: mark.utf8CodeUnitCount)
        return bytes.withUnsafeBufferPointer { bytes in
            var start = 0
            let last = (end ?? bytes.count) - wanted.count
            while start <= last {
                if bytes[start] == wanted[0], bytes[start..<(start + wanted.count)].elementsEqual(wanted) {
                    return start + wanted.count
                }
                start += 1
            }
            return nil
        }
    }

    private static func number(after mark: StaticString, in bytes: [UInt8], before end: Int? = nil) -> Int? {
        guard var place = place(of: mark, in: bytes, before: end) else { return nil }
        var number: Int?
        while place < bytes.count, (48...57).contains(bytes[place]) {
            number = (number ?? 0) * 10 + Int(bytes[place] - 48)
            place += 1
        }
        return number
    }
}
