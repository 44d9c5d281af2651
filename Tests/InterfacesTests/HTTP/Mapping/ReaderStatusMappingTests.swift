import API
import Foundation
import Library
import Operations
import Testing

@testable import Interfaces

@Suite struct ReaderStatusMappingTests {
    private func status(answered moment: Moment) -> ReaderStatus {
        ReaderStatus(
            StationReport(
                name: "pad-1",
                role: .pad,
                driver: "feig",
                place: "loopback",
                state: .connecting,
                lastAnswer: moment,
                tagsPresent: 0
            )
        )
    }

    @Test func `what is told of a reader differs once a second, however often it answers`() throws {
        let first = status(answered: TestService.start)
        let later = status(answered: TestService.start + .milliseconds(999))
        #expect(first == later)
        #expect(first != status(answered: TestService.start + .seconds(1)))
        #expect(later.lastSeen == Date(TestService.start))
    }
}
