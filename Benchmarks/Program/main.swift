import Core
import Database
import Foundation
import Glibc
import Logging
@testable import Web

let clock = Clock { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
let world = World(clock: clock, ids: .timeOrdered(clock), secrets: .system)
let folder = NSTemporaryDirectory() + "/bench-\(getpid())"
try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
let conninfo = ProcessInfo.processInfo.environment["KIEUMAU_TEST_POSTGRES"]
let engine: any Engine = try conninfo.map { try PostgresEngine($0) } ?? SQLiteEngine(path: folder + "/a.sqlite")
let database = Database(engine: engine, world: world, log: Logger(label: "bench"))
try await database.migrate(DatabaseSchema.migrations + [Limits.table])
var seconds = Double(ProcessInfo.processInfo.environment["S"] ?? "3")!
let limits = Limits(database: database, seconds: seconds)
print("single", try await limits.bareSingleCommits())
print("lane64", try await limits.bareLane(atOnce: 64))
print("lane1", try await limits.bareLane(atOnce: 1))

struct Row0 { let name: String; let href: String; let households: String; let people: String; let status: WebStatus; let a: String; let b: String; let c: String?; let d: Bool; let e: String }
extension Row0: PageValue {
    func child(named n: String) -> Any? {
        switch n {
        case "name": name
        case "href": href
        case "households": households
        case "people": people
        case "status": status
        case "a": a
        case "b": b
        case "c": shown(c)
        case "d": d
        case "e": e
        default: nil
        }
    }
}
struct Content0 { let rows: [Row0]; let title: String }
let rows = (0..<50).map { Row0(name: "Thôn Thông Xanh \($0)", href: "/areas/\($0)", households: "214", people: "858", status: WebStatus(.done, "Đạt"), a: "xã Đơn Dương", b: "tỉnh Lâm Đồng", c: nil, d: true, e: "rural") }
let template = "<html>{{title}}<table>{{#rows}}<tr><td><a href=\"{{.href}}\">{{.name}}</a></td><td>{{.households}}</td><td>{{.people}}</td><td>{{#.status}}<span class=\"{{.state}}\">{{.word}}</span>{{/.status}}</td><td>{{.a}}</td><td>{{.b}}</td><td>{{#.c}}{{.}}{{/.c}}</td><td>{{#.d}}yes{{/.d}}</td><td>{{.e}}</td></tr>{{/rows}}</table></html>"
let templates = try Templates(files: ["x": template], words: .none)
func cpu() -> Double { Double(clock_()) / 1e6 }
func clock_() -> Int { Int(Glibc.clock()) }
var bytes = 0
let shell = Shell(lang: "vi", title: "x", theme: nil, isDemo: true, demoDay: nil, demoHref: nil, signedIn: true, organisation: nil, homeHref: "/", nav: [], flash: nil, otherLanguage: nil, helpHref: nil, accountHref: nil, version: nil)
for round in 0..<3 {
    var t = cpu()
    for _ in 0..<500 { bytes += RenderRoot(content: Node(Content0(rows: rows, title: "x")), shell: shell, csrf: "", operation: "").child(named: "title") == nil ? 1 : 0 }
    print("node cpu µs", (cpu() - t) / 500 * 1e6)
    let root = RenderRoot(content: Node(Content0(rows: rows, title: "x")), shell: shell, csrf: "", operation: "")
    t = cpu()
    for _ in 0..<500 { bytes += try templates.render(root, with: "x").utf8.count }
    print("render cpu µs", (cpu() - t) / 500 * 1e6, "bytes", bytes / 500)
}
