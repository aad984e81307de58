import Core
import Database
import Foundation
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
let limits = Limits(database: database, seconds: 3)
print("single", try await limits.bareSingleCommits())
print("lane64", try await limits.bareLane(atOnce: 64))
print("lane1", try await limits.bareLane(atOnce: 1))

struct Row0 { let name: String; let href: String; let households: String; let people: String; let status: WebStatus; let a: String; let b: String; let c: String?; let d: Bool; let e: String }
struct Content0 { let rows: [Row0]; let title: String }
let rows = (0..<50).map { Row0(name: "Thôn Thông Xanh \($0)", href: "/areas/\($0)", households: "214", people: "858", status: WebStatus(.done, "Đạt"), a: "xã Đơn Dương", b: "tỉnh Lâm Đồng", c: nil, d: true, e: "rural") }
let template = "<html>{{title}}<table>{{#rows}}<tr><td><a href=\"{{.href}}\">{{.name}}</a></td><td>{{.households}}</td><td>{{.people}}</td><td>{{#.status}}<span class=\"{{.state}}\">{{.word}}</span>{{/.status}}</td><td>{{.a}}</td><td>{{.b}}</td><td>{{#.c}}{{.}}{{/.c}}</td><td>{{#.d}}yes{{/.d}}</td><td>{{.e}}</td></tr>{{/rows}}</table></html>"
let templates = try Templates(files: ["x": template], words: .none)
let start = ContinuousClock.now
var bytes = 0
for _ in 0..<500 {
    let root = RenderRoot(content: Node(Content0(rows: rows, title: "x")), shell: Shell(lang: "vi", title: "x", theme: nil, isDemo: true, demoDay: nil, demoHref: nil, signedIn: true, organisation: nil, homeHref: "/", nav: [], flash: nil, otherLanguage: nil, helpHref: nil, accountHref: nil, version: nil), csrf: "", operation: "")
    bytes += try templates.render(root, with: "x").utf8.count
}
let took = (ContinuousClock.now - start).inSeconds
print("render µs/page", took / 500 * 1e6, bytes / 500)
