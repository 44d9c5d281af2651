import API
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import Interfaces

@Suite struct SimulationRoutesTests {
    private static let scene = SimulationScene(
        shelfItems: 5,
        firstBarcode: "3010",
        lastBarcode: "3014",
        shelfMillimetres: 150,
        pads: ["pad-1": []],
        wands: [:],
        message: ""
    )

    @Test func `with real readers there is nothing to play with`() async throws {
        let response = try await TestService().send(.get, "/v1/simulation")
        #expect(response.status == .conflict)
        #expect(try response.value(Problem.self).type == "not-simulated")
    }

    @Test func `what is asked for reaches the simulated branch`() async throws {
        var service = try TestService()
        service.simulation = WebServer.Simulation(
            perform: { request in
                var scene = Self.scene
                scene.message = "\(request)"
                return scene
            },
            scene: { Self.scene }
        )
        #expect(try await service.send(.get, "/v1/simulation").value() == Self.scene)
        let request = SimulationRequest.put(barcodes: ["3011"], reader: "pad-1")
        let scene: SimulationScene = try await service.send(.post, "/v1/simulation", request).value()
        #expect(scene.message == "\(request)")
        #expect(try await service.send(.get, "/v1/status").value(Status.self).simulated)
    }
}
