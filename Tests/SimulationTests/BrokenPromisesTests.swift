import Field
import Foundation
import GRDBSQLite
import Testing

/// What the simulation is there to notice, done on purpose: a harness that cannot fail proves nothing.
@Suite(.serialized, .timeLimit(.minutes(60))) struct BrokenPromisesTests {
    private func failure(_ meddle: @escaping @Sendable (House) async -> Void) async -> String {
        await simulated(Simulation(seed: 5, length: .seconds(400)), meddle).failure ?? "nothing was noticed"
    }

    @Test func `a store that forgets a sighting it has acknowledged`() async {
        let failure = await failure { house in
            house.meddle = { folder in Self.execute("DELETE FROM sighting WHERE id = 3", in: folder) }
            house.processor.start {
                await house.rest(5...6)
                await house.sweep()
                house.isStopping = true
            }
        }
        #expect(failure.hasPrefix("no acknowledged sighting is lost"), "\(failure)")
    }

    @Test func `a patron in a file, in an old encoding`() async {
        let failure = await failure { house in
            house.meddle = { folder in
                let name = Planted.patrons.values.map(\.name).sorted()[0]
                try? name.data(using: .isoLatin1)?.write(to: folder.appending(path: "left-over"))
            }
            house.processor.start {
                await house.rest(5...6)
                house.isStopping = true
            }
        }
        #expect(failure.hasPrefix("no patron anywhere"), "\(failure)")
    }

    @Test func `a patron in the log`() async {
        let failure = await failure { house in
            house.processor.start {
                await house.rest(5...6)
                house.trace.note("[info] lent to \(Planted.patrons.keys.sorted()[0])")
            }
        }
        #expect(failure.hasPrefix("no patron anywhere"), "\(failure)")
    }

    @Test func `a tag that changes behind everybody's back`() async {
        let failure = await failure { house in
            house.processor.start {
                await house.rest(5...6)
                guard let uid = house.books.first?.tags.first, var tag = await house.branch.tag(uid) else { return }
                tag.afi = Book.disarmed
                tag.eas.armed = false
                await house.branch.add(tag)
            }
        }
        #expect(failure.hasPrefix("no unreported divergence"), "\(failure)")
    }

    @Test func `a siren that sounds in a fire`() async {
        let failure = await failure { house in
            house.processor.start {
                await house.rest(5...6)
                house.outputs.setFire(true)
                await house.rest(1...2)
                house.outputs.set("siren", to: true)
            }
        }
        #expect(failure.hasPrefix("fire wins"), "\(failure)")
    }

    @Test func `tasks that become more and more`() async {
        let failure = await failure { house in
            house.processor.start {
                await house.rest(5...6)
                for _ in 0..<6000 { house.processor.start { await house.rest(100...200) } }
            }
        }
        #expect(failure.hasPrefix("queues are bounded"), "\(failure)")
    }

    @Test func `every spelling of a patron is found, and nothing else`() {
        for needle in PatronSearch.needles {
            #expect(PatronSearch.names(somebodyIn: [0x50, 0x37] + needle + [0x00]))
            #expect(!PatronSearch.names(somebodyIn: Array(needle.dropLast())))
        }
        #expect(!PatronSearch.names(somebodyIn: []))
    }

    private static func execute(_ sql: String, in folder: URL) {
        var connection: OpaquePointer?
        defer { sqlite3_close(connection) }
        guard sqlite3_open(folder.appending(path: "pressmark.sqlite").path, &connection) == SQLITE_OK else { return }
        sqlite3_exec(connection, sql, nil, nil, nil)
    }
}
