import Core
import HTTPTypes
import Hummingbird

/// The cookies: the session, the device that is known again, a visitor's secret against forged forms, one line to
/// show on the next page, and two choices of the reader.
struct Cookies {
    static let plainSession = "kieumau"
    /// Bound to this host and to HTTPS by its name.
    static let secureSession = "__Host-kieumau"
    static let visitor = "kieumau-visitor"
    static let flash = "kieumau-flash"
    static let language = "kieumau-language"
    static let theme = "theme"

    private let values: [Substring: Substring]

    init(_ request: Request) {
        var values: [Substring: Substring] = [:]
        for line in request.headers[values: .cookie] {
            for pair in line.split(separator: ";") {
                let halves = pair.drop { $0 == " " }.split(
                    separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                if halves.count == 2 { values[halves[0]] = halves[1] }
            }
        }
        self.values = values
    }

    subscript(_ name: String) -> String? { values[name[...]].map(String.init) }

    /// A browser that has signed in before; it says nothing but that.
    static func knownDevice(isSecure: Bool) -> String { isSecure ? "__Host-kieumau-device" : "kieumau-device" }

    /// As long as browsers keep a cookie at the most: 400 days.
    static let deviceSeconds = 34_560_000
    /// A year, for choices of the reader.
    static let choiceSeconds = 31_536_000

    static func sessionName(isSecure: Bool) -> String { isSecure ? secureSession : plainSession }

    /// - Parameter seconds: how long it lives; nil until the browser is closed, 0 to drop it.
    static func set(_ name: String, _ value: String, seconds: Int?, isSecure: Bool, isHidden: Bool = true) -> String {
        var line = "\(name)=\(value); Path=/; SameSite=Lax"
        if let seconds { line += "; Max-Age=\(seconds)" }
        if isHidden { line += "; HttpOnly" }
        if isSecure { line += "; Secure" }
        return line
    }
}
