import API
import Foundation
import HTTPTypes
import Library
import NIOCore
import Testing

@testable import Interfaces

/// The page's files as a browser puts them together.
@Suite struct WebPageTests {
    private func file(_ path: String) throws -> String {
        String(buffer: try #require(WebFile.all.first { $0.path == path }, "\(path) is not served").content)
    }

    /// Every script that a script needs before it runs, itself included.
    private func needed(by path: String) throws -> Set<String> {
        var (found, open): (Set<String>, [String]) = ([], [path])
        while let path = open.popLast() {
            guard found.insert(path).inserted else { continue }
            open += try file(path).matches(of: /from "\.(\/[\w-]+\.js)"/).map { String($0.output.1) }
        }
        return found
    }

    private func ids(_ page: String) -> [String] { page.matches(of: /\bid="([\w-]+)"/).map { String($0.output.1) } }

    @Test func `nothing is fetched from elsewhere`() throws {
        for file in WebFile.all {
            let text = String(buffer: file.content)
            let outside = text.matches(of: /(?:https?:)?\/\/[\w-]+\.[\w.\/-]+/).map { String($0.output) }
            #expect(outside.filter { !$0.hasSuffix("www.w3.org/2000/svg") } == [], "\(file.path)")
            #expect(!text.contains("eval("), "\(file.path)")
        }
    }

    @Test func `the first sight of the page takes at most 200 kB, and the bench and set-up are fetched later`() throws {
        let page = try file("/")
        let parts = page.matches(of: /(?:href|src)="(\/[\w-]+\.(?:css|svg|js))"/).map { String($0.output.1) }
        #expect(parts.contains("/style.css") && parts.contains("/app.js"))
        let scripts = try needed(by: "/app.js")
        #expect(scripts.isDisjoint(with: ["/bench.js", "/setup.js", "/pictures.js"]))
        // Of the languages one is fetched: German is the longer one, with what the daemon says.
        let all = scripts.union(parts).union(["/"]).union(try needed(by: "/strings-de.js"))
        #expect(all.contains("/told-de.js") && !all.contains("/strings-en.js"))
        let size = try all.reduce(0) { try $0 + file($1).utf8.count }
        #expect(size > 50_000)
        #expect(size <= 200_000)
    }

    @Test func `what is fetched later is served, with all that it needs`() throws {
        let later = try file("/app.js").matches(of: /import\("\.(\/[\w-]+\.js)"\)/).map { String($0.output.1) }
        #expect(later == ["/bench.js", "/setup.js"])
        for path in later + ["/pictures.js"] { #expect(try needed(by: path).count > 3) }
        #expect(try file("/gate.js").contains("import(\"./pictures.js\")"))
    }

    @Test func `every element that a script asks for is on the page, once`() throws {
        for (page, start) in [
            ("/", ["/app.js", "/bench.js", "/setup.js", "/pictures.js"]), ("/sign-in", ["/signin.js"]),
        ] {
            let ids = ids(try file(page))
            #expect(ids.count == Set(ids).count)
            var asked: Set<String> = []
            for script in try start.reduce(into: Set<String>(), { try $0.formUnion(needed(by: $1)) }) {
                asked.formUnion(try file(script).matches(of: /\$\("([\w-]+)"\)/).map { String($0.output.1) })
            }
            #expect(!asked.isEmpty)
            // The frame of the whole page has a link that the sign-in page does not need.
            #expect(asked.subtracting(ids).subtracting(page == "/" ? [] : ["session"]) == [], "\(page)")
        }
    }

    @Test func `every event there is has somebody on the page who takes it`() throws {
        let script = try file("/live.js")
        let start = try #require(script.range(of: "const takers = {\n")).upperBound
        let takers = script[start...].prefix(upTo: try #require(script[start...].range(of: "\n};")).lowerBound)
        let names = takers.matches(of: /(?m)^  (\w+):/).map { String($0.output.1) }
        #expect(Set(names) == Set(Event.kinds.map(\.name)))
    }

    @Test func `a kiosk looks anew when something comes and goes, and when its reader does`() throws {
        let script = try file("/kiosk.js")
        for (event, name) in [("pad", "reader"), ("reader", "name")] {
            let taker = "\"\(event)\", (event) => { if (JSON.parse(event.data).\(name) === reader) look(); }"
            #expect(script.contains("stream.addEventListener(\(taker));"), "\(event)")
        }
    }

    @Test func `the page hears that the stream is alive, and looks whether it still is`() throws {
        let sign = try #require(String(buffer: EventFrame.heartbeat).firstMatch(of: /^event: (\w+)\ndata: .+\n\n$/))
        #expect(try file("/live.js").contains("addEventListener(\"\(sign.output.1)\""))
        #expect(try file("/app.js").contains("  watchStream();"))
    }

    @Test func `a tone that the browser does not let out is told, until somebody touches the page`() throws {
        let app = try file("/app.js")
        #expect(try file("/sound.js").contains("if (audio.state !== \"running\") setMuffled(true);"))
        #expect(app.contains("$(\"muffled\").hidden = !isMuffled();") && app.contains("onMuffled(changed);"))
        #expect(app.contains("document.addEventListener(name, unmuffle)"))
        let note = try #require(try file("/").firstMatch(of: /<p id="muffled"[^>]*>/)).output
        #expect(note.contains("role=\"status\"") && note.contains("data-say=\"muffled\"") && note.contains("hidden"))
    }

    @Test func `the head of a sweep tells of tags that were never read, where there are any`() throws {
        let script = try file("/sweep.js")
        #expect(script.contains("$(\"sweep-unread\").hidden = !sweep.unreadTags;"))
        let words = "sweep.unreadTags ? say.unread(sweep.unreadTags) : \"\""
        #expect(script.contains("text($(\"sweep-unread\"), \(words));"))
        // By the name that the interface gives it, above all that was found.
        var sweep = API.SweepSummary(
            id: 7,
            state: .running,
            scope: "REF",
            startedAt: Date(timeIntervalSince1970: 0),
            finishedAt: nil,
            snapshot: 1,
            expected: 2,
            seen: 2,
            others: 0,
            sightings: 2,
            findings: [:],
            strip: []
        )
        sweep.unreadTags = 37
        #expect(String(decoding: try JSON.encode(sweep), as: UTF8.self).contains("\"unreadTags\":37"))
        let ids = ids(try file("/"))
        let head = try #require(ids.firstIndex(of: "sweep-unread"))
        let findings = try #require(ids.firstIndex(of: "sweep-findings"))
        #expect(head < findings)
    }

    @Test func `a reader that was kept counts as kept for as long as the settings name its line`() throws {
        let script = try file("/setup-settings.js")
        #expect(script.contains("if (kept.has(key) && isComing(line, address)) return"))
        #expect(script.matches(of: /kept\.has\(/).count == 1)
    }

    @Test func `every field has a label`() throws {
        let page = try file("/")
        let fields = page.matches(of: /<(?:input|select)\b/).count
        let labelled = page.matches(of: /<label[^>]*>(?s:.*?)<\/label>/)
            .reduce(0) { $0 + $1.output.matches(of: /<(?:input|select)\b/).count }
        #expect(fields > 20)
        #expect(labelled == fields)
    }

    @Test func `every meter and every group of controls has a name`() throws {
        let tags = try file("/").matches(of: /<\w+[^>]*\brole="(?:meter|group)"[^>]*>/).map { String($0.output) }
        #expect(tags.count > 3)
        #expect(tags.filter { !$0.contains("aria-label") && !$0.contains("data-label") } == [])
    }

    @Test func `a section and a part are offered to roles that may use their routes`() throws {
        let page = try file("/")
        func roles(_ element: String) throws -> Set<String> {
            let start = try #require(page.range(of: element)?.lowerBound, "\(element)")
            let tag = page[start...].prefix { $0 != ">" }
            let list = try #require(tag.firstMatch(of: /data-roles="([\w ]+)"/)).output.1
            return Set(list.split(separator: " ").map(String.init))
        }
        func allowed(_ method: String, _ path: String) throws -> Set<String> {
            let rule = try #require(RouteTable.rules.first { $0.method.rawValue == method && $0.path == path })
            return Set(try #require(rule.roles).map(\.rawValue))
        }
        #expect(try roles("href=\"#bench\"") == allowed("GET", "/v1/readers/{name}/tags/{uid}"))
        #expect(try roles("<div data-roles=") == allowed("POST", "/v1/readers/{name}/tags/{uid}"))
        #expect(try roles("<div data-roles=") == allowed("POST", "/v1/readers/{name}/conversions"))
        for path in ["/v1/readers/{name}/test", "/v1/readers/probe", "/v1/holdings/imports", "/v1/simulation"] {
            #expect(try roles("href=\"#setup\"") == allowed("POST", path), "\(path)")
        }
        #expect(try roles("id=\"tell\"") == allowed("POST", "/v1/sweeps/{id}/write-backs/live"))
        #expect(try roles("id=\"setup-tokens\"") == allowed("GET", "/v1/tokens"))
    }

    @Test func `what a role may not read keeps its page from nothing else`() throws {
        let script = try file("/live.js")
        let start = try #require(script.range(of: "const answers = Promise.all([")).upperBound
        let list = script[start...].prefix(upTo: try #require(script[start...].range(of: "]);")).lowerBound)
        for (path, load) in [
            ("/v1/sweeps", "call(\"/v1/sweeps"), ("/v1/gate/alarms", "call(\"/v1/gate/alarms"),
            ("/v1/gate", "loadGate()"), ("/v1/security/divergence", "loadDivergence()"),
        ] {
            let rule = try #require(RouteTable.rules.first { $0.method == .get && $0.path == path })
            #expect(rule.roles != Set<AccessRole>.anybody && list.contains("ifAllowed(\(load)"), "\(path)")
        }
        let status = try #require(RouteTable.rules.first { $0.method == .get && $0.path == "/v1/status" })
        #expect(status.roles == Set<AccessRole>.anybody)
    }

    @Test func `who this is is asked anew whenever the stream is opened`() throws {
        let script = try file("/live.js")
        let start = try #require(script.range(of: "stream.onopen = () => {\n")).upperBound
        let opened = script[start...].prefix(upTo: try #require(script[start...].range(of: "\n  };")).lowerBound)
        #expect(opened.contains("showSession()") && opened.contains("loadAll()"))
    }

    @Test func `whoever may not use a control does not see it, by the daemon's own table`() throws {
        let session = try file("/session.js")
        let groups = Dictionary(
            session.matches(of: /(?m)^const (\w+) = \["([^\]]*)"\];$/).map {
                (String($0.output.1), Set(String($0.output.2).components(separatedBy: "\", \"")))
            },
            uniquingKeysWith: { first, _ in first }
        )
        var table: [String: Set<String>] = [:]
        for entry in session.matches(of: /(?m)^  "([A-Z]+ [^"]+)": (\w+),$/) {
            let roles = try #require(groups[String(entry.output.2)])
            table[String(entry.output.1)] = roles
        }
        #expect(table.count > 7)
        for (route, roles) in table {
            let rule = try #require(RouteTable.rules.first { "\($0.method.rawValue) \($0.path)" == route }, "\(route)")
            let allowed = try #require(rule.roles, "\(route)")
            #expect(Set(allowed.map(\.rawValue)) == roles, "\(route)")
        }
        // Each is asked for somewhere, and nothing is asked for that the table does not have.
        var used: Set<String> = []
        for page in WebFile.all where page.path == "/" || page.path.hasSuffix(".js") {
            let text = String(buffer: page.content)
            used.formUnion(text.matches(of: /data-route="([^"]+)" data-refused/).map { String($0.output.1) })
            used.formUnion(text.matches(of: /(?:only|instead|mayAsk)\("([^"]+)"\)/).map { String($0.output.1) })
            #expect(text.matches(of: /data-route="[^"]+"(?! data-refused)/).isEmpty, "\(page.path)")
        }
        #expect(used == Set(table.keys))
        #expect(try file("/style.css").contains("[data-refused] { display: none !important; }"))
    }
}
