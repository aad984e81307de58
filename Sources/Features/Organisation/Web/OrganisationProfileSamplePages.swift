import Core

extension Convention {
    static var sample: Convention {
        Convention(
            id: ID(high: 1, low: 3), version: 2, kind: .quyUoc, text: "Article 1.", adoptedOn: .first, votesFor: 176,
            households: 214, recognisedBy: "UBND", recognisedOn: .first)
    }
}

extension AreaBook {
    static var sample: AreaBook {
        let id = ID(high: 1, low: 2)
        return AreaBook(
            years: [AreaYear(year: 2026, households: 214, people: 858, areaClass: "rural")],
            groups: [
                AreaGroup(
                    id: id, name: "To 1", kind: .selfManaged, households: 36, since: .first, endedOn: .last)
            ],
            conventions: [.sample],
            models: [
                AreaModel(
                    id: id, name: "Hoa", kind: .flowerRoad, since: 2021, size: Quantity(thousandths: 1_200), unit: "km",
                    lookedOn: .first, isAlive: true)
            ],
            occasions: [
                Occasion(
                    id: id, kind: .harvest, name: "Ca chua", from: .first, until: .first, isYearly: true, note: "x")
            ], strengths: [.sample])
    }
}
