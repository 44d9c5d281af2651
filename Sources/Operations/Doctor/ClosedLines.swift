/// Where the interface should listen and cannot, so that somebody hears of it over the lines that are open.
package actor ClosedLines {
    /// In the order in which they were found.
    package private(set) var all: [DoctorFacts.ClosedLine] = []

    package init() {}

    /// Notes why a line cannot be had, in place of what was noted of it before.
    package func note(_ line: DoctorFacts.ClosedLine) {
        forget(line.place)
        all.append(line)
    }

    /// The line is open.
    package func forget(_ place: String) {
        all.removeAll { $0.place == place }
    }
}
