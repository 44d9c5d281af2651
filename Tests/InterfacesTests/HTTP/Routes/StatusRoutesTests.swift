import API
import Foundation
import HTTPTypes
import HummingbirdTesting
import Library
import Operations
import Testing

@testable import Interfaces

@Suite struct StatusRoutesTests {
    @Test func `the status tells store, readers, gate and sweep`() async throws {
        let response = try await TestService().send(.get, "/v1/status")
        #expect(response.status == .ok)
        let status: Status = try response.value()
        #expect(status.version == Version.current)
        #expect(status.library == "Central Library")
        #expect(status.store.snapshot?.items == 5)
        #expect(status.store.snapshot?.source == "items.csv")
        #expect(status.readers.map(\.name) == ["pad-1"])
        #expect(status.readers.first?.state == .connecting)
        let day = SiteDay(utc: TestService.start)
        let (dayBegan, dayEnds) = (Date(day.began), Date(day.ends))
        #expect(status.gate == GateStatus(alarmsToday: 0, lastAlarm: nil, dayBegan: dayBegan, dayEnds: dayEnds))
        #expect(status.sweep == nil)
        #expect(status.simulated == false)
        #expect(status.openSecurityChanges == 0)
    }

    @Test func `the day is worked out once, until another begins or the clock is put back`() {
        let last = LastDay()
        var count = 0
        func day(_ moment: Moment) -> SiteDay {
            last.of(moment) {
                count += 1
                return SiteDay(utc: $0)
            }
        }
        let today = SiteDay(utc: TestService.start)
        #expect(day(TestService.start) == today)
        #expect(day(today.began) == today && count == 1)
        #expect(day(today.ends) == SiteDay(utc: today.ends) && count == 2)
        #expect(day(TestService.start) == today && count == 3)
    }

    @Test func `a reader that answers says what it is`() async throws {
        let service = try TestService()
        let readers: [ReaderStatus] = try await service.running { try await service.send(.get, "/v1/readers").value() }
        let pad = try #require(readers.first)
        #expect(pad.state == .online)
        #expect(pad.driver == "feig")
        #expect(pad.model?.isEmpty == false)
        #expect(pad.lastSeen != nil)
    }

    @Test func `without holdings the snapshot is nothing`() async throws {
        let status: Status = try await TestService(items: []).send(.get, "/v1/status").value()
        #expect(status.store.snapshot == nil)
    }
}
