import Core

extension Ballots {
    /// A household's one-time code: sixteen digits in four groups, as on a scratch card for a telephone.
    ///
    /// Digits, because an old phone then shows its large keys, because no Vietnamese way of typing (Telex, VNI) can
    /// turn them into letters with marks, and because they can be read out in any language. Fifteen are drawn by lot
    /// (49.8 bits), the last one is Damm's check digit: every single wrong digit and every swap of two neighbours is
    /// found before anything is looked up.
    package struct Code: Sendable, Hashable {
        package static let length = 16

        /// Sixteen digits.
        package let digits: String

        /// - Parameter number: drawn evenly from 0 up to and not including `Code.numbers`.
        init(number: UInt64) {
            let padded = String(Code.numbers + number % Code.numbers).dropFirst()
            digits = padded + String(Code.check(padded.compactMap(\.wholeNumberValue)))
        }

        static let numbers: UInt64 = 1_000_000_000_000_000

        /// A code out of eight bytes by lot; nil for the few that would make some codes likelier than others.
        package init?(bytes: [UInt8]) {
            let drawn = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            guard drawn < UInt64.max - UInt64.max % Code.numbers else { return nil }
            self.init(number: drawn % Code.numbers)
        }

        /// What a person typed, with whatever stands between the digits.
        /// - Throws: `.invalid` beside `code`: letters, too few or too many digits, or a digit mistyped.
        package init(typed: String) throws(Refusal) {
            let kept = typed.filter { !Code.between.contains($0) && !$0.isWhitespace }
            let found = kept.compactMap { $0.wholeNumberValue.flatMap { (0...9).contains($0) ? $0 : nil } }
            guard found.count == kept.count else {
                throw Refusal(.invalid, "ballots.refusal.codeLetters", field: "code")
            }
            guard found.count == Code.length else {
                throw Refusal(.invalid, "ballots.refusal.codeLength", field: "code", ["found": "\(found.count)"])
            }
            guard Code.check(found) == 0 else {
                throw Refusal(.invalid, "ballots.refusal.codeTyped", field: "code")
            }
            digits = found.map(String.init).joined()
        }

        /// "1234 5678 9012 3456".
        package var shown: String {
            stride(from: 0, to: Code.length, by: 4).map { start in
                String(digits.dropFirst(start).prefix(4))
            }.joined(separator: " ")
        }

        private static let between: Set<Character> = ["-", ".", ",", "–", "—", "_", "/", "\u{00AD}"]

        /// Damm's digit; 0 for digits that end in their own.
        private static func check(_ digits: some Sequence<Int>) -> Int {
            digits.reduce(0) { Code.table[$0][$1] }
        }

        /// A quasigroup of order ten without fixed points (H. Michael Damm, 2004).
        private static let table = [
            [0, 3, 1, 7, 5, 9, 8, 6, 4, 2], [7, 0, 9, 2, 1, 5, 4, 8, 6, 3], [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
            [1, 7, 5, 0, 9, 8, 3, 4, 2, 6], [6, 1, 2, 3, 0, 4, 5, 9, 7, 8], [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
            [5, 8, 6, 9, 7, 2, 0, 1, 3, 4], [8, 9, 4, 5, 3, 6, 2, 0, 1, 7], [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
            [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
        ]
    }

    /// How many slips with codes may go out.
    ///
    /// A lost slip cannot be told from one that lies in a drawer, because nobody writes down who got which. So a
    /// household that lost its slip gets a spare one, no question asked, and the lost code stays good for whoever
    /// finds it. What that can do is bounded and said: spare codes are counted in public, and never do more households
    /// answer than there are.
    package struct Allowance: Sendable, Equatable {
        package let households: Int
        /// Paper slips that went out.
        package let paper: Int
        /// Codes of ordinary batches that stand.
        package let codes: Int
        /// Spare codes that stand.
        package let spares: Int

        package init(households: Int, paper: Int, codes: Int, spares: Int) {
            self.households = households
            self.paper = paper
            self.codes = codes
            self.spares = spares
        }

        /// How many more households can be given a code.
        package var codesLeft: Int { max(0, households - paper - codes) }

        /// One spare code for twenty households, and three at the least.
        package var sparesMost: Int { max(Allowance.leastSpares, (households + 19) / 20) }

        package var sparesLeft: Int { max(0, sparesMost - spares) }

        package static let leastSpares = 3
        /// Of one batch: what a printer and a browser take in one go.
        package static let batchMost = 1_000

        /// Refuses more codes than are issued at once.
        package static func refusal(ofBatch count: Int) -> Refusal? {
            guard count > batchMost else { return nil }
            return Refusal(.invalid, "ballots.refusal.batchMost", field: "count", ["most": "\(batchMost)"])
        }

        /// Refuses more codes than there are households without one, or spares than are allowed.
        package func refusal(ofIssuing count: Int, as kind: BatchKind) -> Refusal? {
            if let refusal = Allowance.refusal(ofBatch: count) { return refusal }
            switch kind {
            case .household:
                guard count > codesLeft else { return nil }
                return Refusal(
                    .invalid, "ballots.refusal.codesMost", field: "count",
                    [
                        "count": "\(count)", "households": "\(households)", "paper": "\(paper)", "codes": "\(codes)",
                        "left": "\(codesLeft)",
                    ])
            case .spare:
                guard count > sparesLeft else { return nil }
                return Refusal(
                    .invalid, "ballots.refusal.sparesMost", field: "count",
                    [
                        "households": "\(households)", "most": "\(sparesMost)", "spares": "\(spares)",
                        "left": "\(sparesLeft)",
                    ])
            }
        }

        /// Why so many paper slips cannot have gone out beside the codes.
        package func refusal(ofPaper slips: Int) -> Refusal? {
            guard slips + codes > households else { return nil }
            return Refusal(
                .invalid, "ballots.refusal.paperMost", field: "slips",
                [
                    "slips": "\(slips)", "codes": "\(codes)", "households": "\(households)",
                    "left": "\(max(0, households - codes))",
                ])
        }
    }

    /// For whom a batch of codes was drawn.
    package enum BatchKind: String, Sendable, CaseIterable, Codable {
        /// One code for each household.
        case household
        /// For slips that were lost.
        case spare
    }
}
