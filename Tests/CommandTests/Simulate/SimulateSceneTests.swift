import API
import Testing

@testable import Command

@Suite struct SimulateSceneTests {
    @Test func `the scene says where everything is`() {
        let scene = SimulationScene(
            shelfItems: 2000,
            firstBarcode: "3000",
            lastBarcode: "4999",
            shelfMillimetres: 52_340,
            pads: ["pad-1": ["3012", "3013"], "pad-2": []],
            wands: ["wand-1": 1250],
            message: ""
        )
        #expect(
            SimulateSceneCommand.lines(of: scene) == [
                "shelf     2 000 items on 52.3 m, 3000 to 4999",
                "pad-1     3012 3013",
                "pad-2     empty",
                "wand-1    at 1 250 mm",
            ]
        )
    }
}
