import Foundation
import Testing

@testable import Core

@Suite("Vietnamese order")
struct VietnameseOrderTests {
    @Test(
        "Texts are sorted as in the dictionary",
        arguments: [
            [
                "a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "ô", "ơ",
                "p",
                "q", "r", "s", "t", "u", "ư", "v", "w", "x", "y", "z",
            ],
            ["ba", "bà", "bả", "bã", "bá", "bạ", "bai", "bài", "băn", "bằn", "bân", "bấn", "be"],
            ["Az", "Ăa", "Ăz", "Âa"],
            ["Ban", "Bàn", "Ban A", "Bàn B", "Ban C"],
            ["Hoa An", "Hòa An", "Hoa Bình", "Hòa Bình", "Hoan"],
            ["Thôn", "Thôn 1", "Thôn 2", "Thôn 2A", "Thôn 9", "Thôn 10", "Thôn 10B", "Thôn 100", "Thôn A"],
            ["1", "9", "10", "99999999", "100000000", "999999999", "9999999999", "a"],
            ["Suối Thông A1", "Suối Thông A2", "Suối Thông B1", "Suối Thông B2"],
            ["Đa Nhim", "Đạ Ròn", "Đơn Dương", "E", "Ê Đê"],
            [
                "Ka Đô", "Ka Đô Cũ", "Ka Đô Mới 1", "Ka Đô Mới 2", "Ka Đơn", "Ka Rái 1", "Krái", "Krăng Gọ 1",
                "La Bouye A",
            ],
            ["Da", "D'Ran", "Dương", "Đa"],
            [
                "Lạc Lâm", "Lạc Nghiệp", "Lạc Sơn", "Lạc Thạnh", "Lạc Thiện", "Lạc Trường", "Lạc Viên A", "Lạc Viên B",
                "Lạc Xuân",
            ],
            ["Kre", "Krĕ", "Krê"],
            ["Zz", "Мир"],
        ])
    func sorted(texts: [String]) {
        let keys = texts.map(VietnameseOrder.sortKey)
        for (one, other) in zip(keys, keys.dropFirst()) {
            #expect(Array(one.utf8).lexicographicallyPrecedes(Array(other.utf8)), "\(one) before \(other)")
        }
        for (text, key) in zip(texts, keys) {
            #expect(key.utf8.allSatisfy { (0x20..<0x7F).contains($0) })
            #expect(VietnameseOrder.sortKey(of: text.decomposedStringWithCanonicalMapping) == key)
            #expect(VietnameseOrder.sortKey(of: text.uppercased()) == key)
        }
    }

    @Test(
        "The way of typing does not change the key",
        arguments: [
            ("Hòa", "Hoà"), ("D'Ran", "D’Ran"), ("Thôn 02", "Thôn 2"), ("Ka-Đô", "Ka Đô"), ("  a  b ", "a b"),
            ("Ðạ Ròn", "Đạ Ròn"),
        ])
    func equal(one: String, other: String) {
        #expect(VietnameseOrder.sortKey(of: one) == VietnameseOrder.sortKey(of: other))
    }

    @Test("Persons are sorted by given name, then family name")
    func persons() {
        // K'Đoan is one word, so it stands under K; Bích before Biên, as c is before e.
        let order = [
            "Đặng Thị Ánh", "Lương Thị Ngọc Bích", "Kră Jăn Ha Biên", "Phan Minh Châu", "Lê Hoa", "Trần Văn Hoa",
            "Lê Hòa",
            "Ka Hương", "K'Đoan", "Kon Sa Ha Miên", "Lơ Mu Ha Quyên", "Nguyễn Hữu Tâm", "Touprong Nai Thủy",
            "Ya Thương",
            "Lê Thị Thanh Vân",
        ]
        let sorted = order.reversed().sorted {
            let (one, other) = (VietnameseOrder.personSortKey(of: $0), VietnameseOrder.personSortKey(of: $1))
            return Array(one.utf8).lexicographicallyPrecedes(Array(other.utf8))
        }
        #expect(sorted == order)
    }

    @Test(
        "Who has the given name only comes first, whatever the tones of others",
        arguments: [
            ["Hoa", "Lê Hoa", "Lê Văn Hoa", "Lê Văn Ánh Hoa", "Trần Hoa", "Hòa", "Lê Hòa", "An Hoan"],
            ["Nguyễn Thị Hà", "Nguyễn Văn Hà", "Nguyễn Thị Hải"],
            ["Lê Hà", "Lệ Hà", "Lê An Hà"],
        ])
    func givenNameFirst(names: [String]) {
        let keys = names.map { Array(VietnameseOrder.personSortKey(of: $0).utf8) }
        for (one, other) in zip(keys, keys.dropFirst()) { #expect(one.lexicographicallyPrecedes(other)) }
    }

    @Test(
        "The given name is the last word",
        arguments: [
            ("Kră Jăn Ha Biên", "Biên"), ("K'Đoan", "K'Đoan"), ("Ka Hương ", "Hương"),
            ("Nguyễn\u{A0}Thị Mai Loan", "Loan"), ("", ""),
            ("Lơ Mu Ha Quyên", "Quyên"), (" Tạ Quang Huy", "Huy"),
        ])
    func givenName(name: String, given: String) {
        #expect(VietnameseOrder.givenName(of: name) == given)
    }
}
