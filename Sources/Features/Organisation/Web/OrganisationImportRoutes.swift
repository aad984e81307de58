import Core
import Web

enum ImportRoutes {
    static func all(_ references: [ImportReference]) -> [Route] { [] }
}
