import Testing

@testable import Criteria

@Suite struct CriteriaDemonstrationFrameTests {
    /// The demonstration's set was derived from its frame, and asks for less nowhere.
    @Test func theDemonstrationKeepsToItsFrame() throws {
        let text = try Sample.file(Sample.root.appending(path: "Demonstration/frame.yaml"))
        let reading = Criteria.YAML.read(text)
        let frame = try #require(reading.set, "\(reading.faults)")
        let set = try Sample.demonstration()
        #expect(set.frame == CriteriaSet.Frame(code: frame.code, version: frame.version))
        #expect(Criteria.loosenings(of: set, from: frame) == [])
        #expect(frame.indicators.count == 10 && frame.indicator("I.1")?.mayLoosenOnly == [.threshold])
    }
}
