import Crypto

/// Names an answer by its bytes, so that a phone with a weak signal can ask whether they changed and get no body when
/// they did not. Weak, because the same page goes out compressed and plain.
enum ContentTag {
    static func of(_ bytes: [UInt8]) -> String {
        "W/\"\(Hex.text(Array(SHA256.hash(data: bytes)).prefix(8)))\""
    }

    static func matches(_ tag: String, asked: String?) -> Bool {
        asked?.split(separator: ",").contains { $0.drop { $0 == " " } == tag[...] } ?? false
    }
}
