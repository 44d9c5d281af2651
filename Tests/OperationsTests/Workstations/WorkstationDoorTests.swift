import Operations
import Testing

@Test func `a page that is turned away is told once, however many take turns`() {
    var door = WorkstationDoor(dialect: "bibliotheca", reader: "pad-1", port: 21645)
    var lines = 0
    for turn in 0..<1000 {
        let isTold = door.turnAway(turn.isMultiple(of: 2) ? "https://a.example" : "https://b.example")
        if isTold { lines += 1 }
    }
    #expect(lines == 2 && door.refusals == 1000)
    #expect(door.lastRefusedOrigin == "https://b.example")
}

@Test func `no more than the first few pages are told, and none in its whole length`() {
    var door = WorkstationDoor(dialect: "bibliotheca", reader: "pad-1", port: 21645)
    let lines = (0..<1000).count { door.turnAway("https://\($0).example") }
    #expect(lines == 16 && door.refusals == 1000)
    _ = door.turnAway(String(repeating: "a", count: 10_000))
    #expect(door.lastRefusedOrigin?.count == 200)
}
