import Core
import Database
import Organisation
import TestKit
import Testing

@testable import Recognition

/// The certificates of a great decision come in parts; a commune late in the order is led to its own.
@Suite("Certificates in parts", .databases) struct RecognitionCertificatePartTests {
    private static func area(_ number: Int) -> ID { ID(high: 0x7ac2, low: 1 << 63 | UInt64(number)) }

    @Test(arguments: TestEngine.all) func aCommuneComesToItsOwnPart(on engine: TestEngine) async throws {
        let site = try await TestSite(engine)
        let set = try await Scene.begin(site.database, holding: false)
        let count = Recognition.CertificatePart.most
        let decision = try await site.database.unattended(
            .seed,
            giving: { tx in
                try OrganisationStore.addTerritories(
                    (1...count).map { number in
                        NewTerritory(
                            id: Self.area(number), .thon, "An Thử \(1_000 + number)", parent: Place.kaDo.id,
                            profile: AreaProfile(households: 100, people: 400, asOf: 2026, isInvented: true))
                    }, tx)
                let id = try RecognitionStore.record(
                    earlier: Recognition.EarlierDecision(
                        territory: Place.lamDong.id, organisation: Body.frontOfProvince.id, title: "outstanding",
                        titleName: "Khu dân cư tiêu biểu", level: .province, year: 2025, number: "18/QĐ-MTTQ-BTT",
                        day: Day(iso: "2025-11-11") ?? .first, termYears: 3,
                        areas: (1...count).map { Self.area($0) } + [Place.thongXanh.id]),
                    Recognition.Deed(person: nil, organisation: nil, at: tx.now), tx)
                // One of them rests on a dossier: by it the commune sees the decision.
                try tx.execute(
                    """
                    INSERT INTO decision_item (decision_id, dossier_id, outcome)
                    VALUES (\(id), \(Scene.register(set, title: "outstanding", tx)), 'recognised')
                    """)
                return id
            })
        let list = "/decisions/\(decision)/certificates"
        let chair = try await site.signIn(.kaHuong)
        let own = try await chair.open(list).expectStatus(200)
        #expect(own.says("Thông Xanh") && own.links.contains("\(list)?part=1"))
        #expect(try await !chair.open("\(list)?part=1").says("Thông Xanh"))
        let form = try own.form("/giving")
        #expect(form.action.hasSuffix("/giving?part=2"))
        let refused = try await chair.send(form.filled(["day": "1/1/2020"])).expectStatus(422)
        #expect(refused.says("Thông Xanh") && refused.error(beside: "day") != nil)
        let given = try await chair.send(form.filled(["day": "18/11/2025"])).expectStatus(200)
        #expect(given.says("Thông Xanh") && given.says("Đã trao 18/11/2025"))
        // Whoever decides begins at the beginning.
        #expect(try await !site.signIn(.doThiHanh).open(list).says("Thông Xanh"))
        let addresses = [(1, 100), (1, 500), (2, 500)].map { Recognition.CertificatePart($0.0, of: $0.1).address("/x") }
        #expect(addresses == ["/x", "/x?part=1", "/x?part=2"])
    }
}
