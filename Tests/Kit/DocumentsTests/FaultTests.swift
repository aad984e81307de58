import Testing
@Test func starting() {}
