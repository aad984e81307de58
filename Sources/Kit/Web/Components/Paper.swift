import Core

/// Head of an official paper by Nghị định 30/2020/NĐ-CP, or of the Party: `web-document-head`.
package struct WebDocumentHead: Sendable {
    /// Lines in capitals, as they stand on paper; may be empty.
    package let superior: [String]
    /// In capitals.
    package let issuer: String
    /// Nil while it has none: a blank is left.
    package let number: String?
    /// "QĐ-MTTQ-BTT".
    package let symbol: String?
    package let place: String
    /// "ngày … tháng 11 năm 2026".
    package let dayText: String
    package let isParty: Bool
    /// While number, day, signer and scan are not all in.
    package let isDraft: Bool

    package init(
        superior: [String] = [], issuer: String, number: String? = nil, symbol: String? = nil, place: String,
        dayText: String, isParty: Bool = false, isDraft: Bool = false
    ) {
        self.superior = superior
        self.issuer = issuer
        self.number = number
        self.symbol = symbol
        self.place = place
        self.dayText = dayText
        self.isParty = isParty
        self.isDraft = isDraft
    }
}

/// Foot of an official paper: `web-document-sign`.
package struct WebDocumentSign: Sendable {
    package let recipients: [String]
    /// "TM. BAN THƯỜNG TRỰC".
    package let authority: String
    package let office: String?
    package let signer: String?
    /// What stands there while nobody signed.
    package let blank: String?

    package init(
        recipients: [String] = [], authority: String, office: String? = nil, signer: String? = nil,
        blank: String? = nil
    ) {
        self.recipients = recipients
        self.authority = authority
        self.office = office
        self.signer = signer
        self.blank = blank
    }
}

/// The way back from a printed sheet to its record: `web-trace`.
package struct WebTrace: Sendable {
    package let isDemo: Bool
    /// "14:05, 10/11/2026".
    package let printed: String
    /// A name, or of an identifier its last group: nobody reads out the whole, and the code beside it holds it.
    package let record: String
    package let revision: String
    /// A sentence on what the print is worth.
    package let valid: String
    /// The `d` of one SVG path of unit squares, quiet zone included; `qrSize` is the square's side in units.
    package let qrPath: String?
    package let qrSize: Int?

    package init(
        isDemo: Bool = false, printed: String, record: String, revision: String, valid: String,
        qrPath: String? = nil, qrSize: Int? = nil
    ) {
        self.isDemo = isDemo
        self.printed = printed
        self.record = ID(record) == nil ? record : String(record.suffix(12))
        self.revision = revision
        self.valid = valid
        self.qrPath = qrPath
        self.qrSize = qrSize
    }
}

/// The plate of a recognised area, once, on its public page; holds the page's `h1`: `web-plate`.
package struct WebPlate: Sendable {
    /// "Xã Đơn Dương, tỉnh Lâm Đồng".
    package let place: String
    package let name: String
    /// "Khu dân cư kiểu mẫu, cấp tỉnh".
    package let title: String
    package let text: String
    package let decision: WebLink?
    /// Small line of figures.
    package let facts: String?
    /// On a phone only; may be empty.
    package let links: [WebLink]

    package init(
        place: String, name: String, title: String, text: String, decision: WebLink? = nil, facts: String? = nil,
        links: [WebLink] = []
    ) {
        self.place = place
        self.name = name
        self.title = title
        self.text = text
        self.decision = decision
        self.facts = facts
        self.links = links
    }
}
