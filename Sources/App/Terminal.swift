import Foundation

/// Lines to the person at the terminal. Results go to standard output, words about them to standard error.
enum Terminal {
    static func say(_ words: String) { FileHandle.standardError.write(Data((words + "\n").utf8)) }

    static func print(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

    static var isInteractive: Bool { isatty(STDERR_FILENO) == 1 }
}

/// Progress of long work: count, rate and time left; silent when nobody watches.
struct Progress {
    private let what: String
    private let total: Int
    private let start = ContinuousClock.now
    private var last = ContinuousClock.now

    init(_ what: String, of total: Int) {
        self.what = what
        self.total = max(1, total)
    }

    mutating func reached(_ count: Int) {
        let now = ContinuousClock.now
        guard Terminal.isInteractive, now - last > .milliseconds(200) || count == total else { return }
        last = now
        let seconds = Double((now - start).components.seconds) + Double((now - start).components.attoseconds) / 1e18
        let rate = Double(count) / max(seconds, 0.001)
        let left = Int(Double(total - count) / max(rate, 0.001))
        let line = "\r\(what): \(count)/\(total), \(Int(rate))/s, \(left) s left   "
        FileHandle.standardError.write(Data((line + (count == total ? "\n" : "")).utf8))
    }
}
