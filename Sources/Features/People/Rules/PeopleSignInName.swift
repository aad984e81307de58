import Core

/// The name by which a person signs in: letters without marks and digits, nothing else. Whatever way it is typed
/// ("Ya Thương", "ya.thuong", "YATHUONG") it is the same.
package struct PeopleSignInName: Sendable, Equatable {
    package let text: String

    /// When a name holds no letter that can be kept.
    static let fallback = PeopleSignInName(kept: "nguoidung")

    private init(kept: String) { text = kept }

    /// Nil when fewer than three or more than sixty letters and digits remain.
    package init?(_ typed: String) {
        let letters = VietnameseText.folded(typed).filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
        guard (3...60).contains(letters.count) else { return nil }
        text = letters
    }

    /// The name itself for 1, with the number behind it from 2 on.
    func numbered(_ number: Int) -> PeopleSignInName {
        number == 1 ? self : PeopleSignInName(kept: text + "\(number)")
    }
}

/// Addresses to which a page may send its reader on: of this site only.
enum PeopleNext {
    /// The address when it is a path of this site, otherwise the other one.
    ///
    /// A second slash or a backslash behind the first would be another host; anything but printable ASCII could
    /// break out of a header.
    static func local(_ typed: String?, else other: String) -> String {
        guard let typed, typed.utf8.count <= 2_000, typed.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
            return other
        }
        let isLocal = typed.hasPrefix("/") && !typed.hasPrefix("//") && !typed.contains("\\")
        return isLocal ? typed : other
    }
}
