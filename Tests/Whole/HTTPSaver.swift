import Core
import Foundation
import TestKit

/// One value as it was sent: under its key, over the version that the answer before it named.
struct HTTPSave: Sendable {
    let key: ID
    /// No two are alike.
    let note: String
    let over: Int
    /// The version the answer named, once it came.
    var version = 0
}

/// Saves one indicator of one dossier over JSON, again and again, and remembers what was answered. When the line
/// breaks it sends the same again under the same key, as a browser and a script do.
struct HTTPSaver: Sendable {
    static let code = "III.3"

    let dossier: ID
    /// The version before its first save.
    let first: Int
    private(set) var answered: [HTTPSave] = []
    /// Sent, and the line broke before its answer.
    private(set) var open: HTTPSave?
    /// How many were sent again, those that had been answered among them.
    private(set) var sentAgain = 0
    /// Answers that should not have come.
    private(set) var faults: [String] = []
    private let token: String
    private let port: Int

    init(dossier: ID, version: Int, token: String, port: Int) {
        self.dossier = dossier
        first = version
        self.token = token
        self.port = port
    }

    /// Goes on until the line breaks or so many more were answered.
    ///
    /// - Parameter answer: called at each of them.
    func saving(rounds: Int, _ answer: @Sendable () -> Void) async -> HTTPSaver {
        var saver = self
        // The last answered is sent again too: nothing may come of it but the same answer.
        if let last = saver.answered.last {
            guard let version = await saver.send(last) else { return saver }
            if version != last.version { saver.faults.append("\(last.note) again: version \(version)") }
            saver.sentAgain += 1
        }
        if saver.open != nil { saver.sentAgain += 1 }
        for _ in 0..<rounds {
            let over = saver.answered.last?.version ?? first
            var save =
                saver.open
                ?? HTTPSave(
                    key: ID(high: .random(in: 0 ... .max), low: .random(in: 0 ... .max)),
                    note: "lần \(saver.answered.count + 1)", over: over)
            saver.open = save
            guard let version = await saver.send(save) else { return saver }
            if version != save.over + 1 { saver.faults.append("\(save.note): version \(version) over \(save.over)") }
            save.version = version
            saver.answered.append(save)
            saver.open = nil
            answer()
        }
        return saver
    }

    /// The version that the answer names; nil when the line broke, or after an answer that should not have come.
    private mutating func send(_ save: HTTPSave) async -> Int? {
        let body = "{\"value\": \"\(save.over % 90 + 1)\", \"version\": \(save.over), \"note\": \"\(save.note)\"}"
        let head = """
            POST /api/v1/dossiers/\(dossier)/values/\(Self.code) HTTP/1.1\r\nHost: 127.0.0.1\r\n\
            Cookie: kieumau=\(token)\r\nIdempotency-Key: \(save.key)\r\nContent-Type: application/json\r\n\
            Content-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n
            """
        guard let answer = try? await Wire.exchange(Array((head + body).utf8), port: port), !answer.isEmpty else {
            return nil  // killed
        }
        guard answer.hasPrefix("HTTP/1.1 200") else {
            // A cut head is the kill's; anything else is a fault of the program.
            if answer.contains("\r\n\r\n") { faults.append("\(save.note): \(answer.prefix(400))") }
            return nil
        }
        return answer.firstMatch(of: /"version":([0-9]+)/).flatMap { Int($0.output.1) }
    }
}
