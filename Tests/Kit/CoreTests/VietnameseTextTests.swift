import Foundation
import Testing

@testable import Core

@Suite("Vietnamese text")
struct VietnameseTextTests {
    @Test(
        "Texts are folded to plain letters",
        arguments: [
            ("Đơn Dương", "don duong"), ("D'Ran", "dran"), ("D’Ran", "dran"), ("DʼRan", "dran"), ("D`RAN", "dran"),
            ("D´Ran", "dran"), ("dran", "dran"), ("K'Đoan", "kdoan"), ("M’Lọn", "mlon"), ("B'Kăn", "bkan"),
            ("Kră Jăn Ha Biên", "kra jan ha bien"), ("Touprong Nai Thủy", "touprong nai thuy"),
            ("Lơ Mu Ha Quyên", "lo mu ha quyen"), ("Krăng Gọ 1", "krang go 1"), ("Ê Đê, M'nông", "e de mnong"),
            ("  Thôn\u{A0} Thông  Xanh (minh họa) ", "thon thong xanh minh hoa"), ("Ka-Đô", "ka do"),
            ("92,5 %", "92 5"),
            ("", ""), ("...", ""), ("Ðà Lạt", "da lat"), ("Krĕ Ơ̆ ê̆ Č ñ", "kre o e c n"), ("a\u{200B}b", "ab"),
            ("Мир", "мир"),
            ("Đường số 3/2", "duong so 3 2"), ("\u{301}a", "a"),
        ])
    func folded(text: String, expected: String) {
        #expect(VietnameseText.folded(text) == expected)
        #expect(VietnameseText.folded(text.decomposedStringWithCanonicalMapping) == expected)
        #expect(VietnameseText.folded(text.uppercased()) == expected)
        #expect(VietnameseText.folded(expected) == expected)
    }

    @Test("Every Vietnamese letter folds to its ASCII letter, composed or not")
    func allLetters() {
        let rows = [
            "a": "aàảãáạăằẳẵắặâầẩẫấậ", "d": "dđ", "e": "eèẻẽéẹêềểễếệ", "i": "iìỉĩíị", "o": "oòỏõóọôồổỗốộơờởỡớợ",
            "u": "uùủũúụưừửữứự", "y": "yỳỷỹýỵ",
        ]
        for (base, letters) in rows {
            for letter in letters.map(String.init) + letters.uppercased().map(String.init) {
                let apart = letter.decomposedStringWithCanonicalMapping
                #expect(VietnameseText.folded(letter) == base && VietnameseText.folded(apart) == base)
                #expect(Array(VietnameseText.nameKey(letter).utf8) == Array(letter.lowercased().utf8))
                #expect(Array(VietnameseText.nameKey(apart).utf8) == Array(letter.lowercased().utf8))
            }
        }
    }

    @Test(
        "One name typed in two ways is one name",
        arguments: [
            ("Hòa", "Hoà"), ("thuỷ", "Thủy"), ("Nguyễn Thị Thuý", "NGUYỄN THỊ THÚY"), ("D'Ran", "D’RAN"),
            ("K'Đoan", "KʼĐoan"),
            ("Hòa Bình", " Hoà  bình "), ("Đạ Ròn", "Ðạ Ròn"), ("Khoẻ", "Khỏe"), ("Quý", "Qúy"),
            ("Xuân Thượng", "Xuân\u{A0}Thượng"),
            ("Ta Ly 1 – 2", "Ta Ly 1 - 2"), ("Loan", "LOAN"), ("Già", "Gìa"), ("Krĕ ơ̆", "krĕ ơ̆"), ("Hoàng", "Hòang"),
        ])
    func same(one: String, other: String) {
        let apart = other.decomposedStringWithCanonicalMapping
        #expect(VietnameseText.sameName(one, other))
        #expect(VietnameseText.sameName(one, apart))
        #expect(Array(VietnameseText.nameKey(one).utf8) == Array(VietnameseText.nameKey(apart).utf8))
    }

    @Test(
        "Marks, words and letters make other names",
        arguments: [
            ("Hoa", "Hòa"), ("Hòa", "Hóa"), ("Loan", "Loán"), ("Đoan", "Doan"), ("Thủy", "Thụy"), ("Ka Đô", "Ka Đơ"),
            ("D'Ran", "DRan"), ("Thôn 1", "Thôn 2"), ("Lan Anh", "Lananh"), ("Mỹ", "Mĩ"), ("Krĕ", "Kre"), ("Č", "C"),
            ("Č", "Ç"), ("ó", "ṍ"),
            ("Lạc Viên A", "Lạc Viên B"),
        ])
    func different(one: String, other: String) {
        #expect(!VietnameseText.sameName(one, other))
    }

    @Test(
        "Typed text is tidied",
        arguments: [
            ("  Thôn \t 1\u{A0}\u{200B}", "Thôn 1"), ("Hoa\u{300}", "Hoà"), ("a\r\nb", "a b"), ("D’Ran", "D’Ran"),
            ("\u{FEFF}x", "x"), (" ", ""),
        ])
    func tidied(typed: String, expected: String) {
        #expect(Array(VietnameseText.tidied(typed).utf8) == Array(expected.utf8))
    }

    @Test("Composing changes the form only")
    func composed() {
        let name = "Kră Jăn Ha Biên"
        let apart = name.decomposedStringWithCanonicalMapping
        #expect(Array(VietnameseText.composed(apart).utf8) == Array(name.utf8))
        #expect(Array(VietnameseText.composed(name).utf8) == Array(name.utf8))
    }

    @Test("Search words come once, in order, up to the limit")
    func searchWords() {
        #expect(VietnameseText.searchWords("  Kră Jăn, kra; D'Ran ") == ["kra", "jan", "dran"])
        #expect(VietnameseText.searchWords("") == [])
        #expect(VietnameseText.searchWords("a b c d", limit: 2) == ["a", "b"])
        #expect(VietnameseText.searchKey(of: "Ya Thương", "Thôn Thông Xanh") == "ya thuong thon thong xanh")
    }

    @Test("A name with an apostrophe is found with it, without it and with a space in its place")
    func apostrophesAreSoughtThreeWays() {
        for name in ["K'Đoan", "K’Đoan", "K\u{2BC}đoan", "K`Đoan"] {
            #expect(VietnameseText.searchKey(of: name) == "kdoan k doan")
            #expect(VietnameseText.nameWords(name) == ["kdoan", "k", "doan"])
        }
        #expect(VietnameseText.searchKey(of: "Xã D'Ran", "D’Ran") == "xa dran dran d ran", "each part once")
        #expect(VietnameseText.searchWords("D’Ran") == ["dran"], "what is asked for stays one word")
        #expect(VietnameseText.searchKey(of: "'Sáng - xanh - sạch'") == "sang xanh sach", "quotes part nothing")
        #expect(VietnameseText.folded("K'Đoan") == "kdoan")
        #expect(VietnameseText.nameKey("K’Đoan") == "k'đoan")
    }
}
