extension Recognition {
    /// A ground (căn cứ) that a decision names: a document with its number and day, not a sentence.
    package enum Ground {
        /// A typed ground without what the paper adds itself: the word before it and the mark behind it.
        ///
        /// - Parameter word: what every ground begins with, in the language of the paper.
        package static func tidied(_ typed: String, word: String) -> String? {
            var text = typed[...]
            func trim() {
                while let first = text.first, first.isWhitespace || "-–:;,.".contains(first) { text.removeFirst() }
                while let last = text.last, last.isWhitespace || "-–:;,.".contains(last) { text.removeLast() }
            }
            trim()
            while !word.isEmpty, text.lowercased().hasPrefix(word.lowercased()),
                text.dropFirst(word.count).first.map({ !$0.isLetter }) ?? true
            {
                text = text.dropFirst(word.count)
                trim()
            }
            return text.isEmpty ? nil : String(text)
        }
    }
}
