import HTTPTypes
import Hummingbird
import NIOCore

/// One file of the web page, built into the program.
struct WebFile: Sendable {
    /// `/` for the page itself.
    let path: String
    let type: String
    let content: ByteBuffer
    /// Changes with the content, so that a browser keeps a file as long as it is the same.
    let tag: String

    init(path: String, type: String, content: [UInt8]) {
        self.path = path
        self.type = type
        self.content = ByteBuffer(bytes: content)
        tag = Self.tag(of: content)
    }

    /// Answers with the file, under its tag.
    var response: Response {
        let headers: HTTPFields = [.contentType: type, .eTag: tag, .cacheControl: "no-cache"]
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: content))
    }

    /// FNV-1a, 64 bit (draft-eastlake-fnv): tells versions of a file apart, nothing more.
    private static func tag(of content: [UInt8]) -> String {
        let hash = content.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
        return "\"" + String(hash, radix: 36) + "\""
    }
}

extension WebFile {
    /// Everything the page is made of.
    static let all = [
        WebFile(path: "/", type: html, content: PackageResources.index_html),
        WebFile(path: "/style.css", type: css, content: PackageResources.style_css),
        WebFile(path: "/icon.svg", type: "image/svg+xml", content: PackageResources.icon_svg),
        WebFile(path: "/app.js", type: script, content: PackageResources.app_js),
        WebFile(path: "/ask.js", type: script, content: PackageResources.ask_js),
        WebFile(path: "/bench.css", type: css, content: PackageResources.bench_css),
        WebFile(path: "/bench.js", type: script, content: PackageResources.bench_js),
        WebFile(path: "/dom.js", type: script, content: PackageResources.dom_js),
        WebFile(path: "/find.js", type: script, content: PackageResources.find_js),
        WebFile(path: "/gate.js", type: script, content: PackageResources.gate_js),
        WebFile(path: "/kiosk", type: html, content: PackageResources.kiosk_html),
        WebFile(path: "/kiosk.css", type: css, content: PackageResources.kiosk_css),
        WebFile(path: "/kiosk.js", type: script, content: PackageResources.kiosk_js),
        WebFile(path: "/kiosk-words.js", type: script, content: PackageResources.kiosk_words_js),
        WebFile(path: "/live.js", type: script, content: PackageResources.live_js),
        WebFile(path: "/moves.js", type: script, content: PackageResources.moves_js),
        WebFile(path: "/now.js", type: script, content: PackageResources.now_js),
        WebFile(path: "/pad.js", type: script, content: PackageResources.pad_js),
        WebFile(path: "/pictures.css", type: css, content: PackageResources.pictures_css),
        WebFile(path: "/pictures.js", type: script, content: PackageResources.pictures_js),
        WebFile(path: "/session.js", type: script, content: PackageResources.session_js),
        WebFile(path: "/setup.js", type: script, content: PackageResources.setup_js),
        WebFile(path: "/setup-holdings.js", type: script, content: PackageResources.setup_holdings_js),
        WebFile(path: "/setup-settings.js", type: script, content: PackageResources.setup_settings_js),
        WebFile(path: "/setup-simulation.js", type: script, content: PackageResources.setup_simulation_js),
        WebFile(path: "/setup-tokens.js", type: script, content: PackageResources.setup_tokens_js),
        WebFile(path: "/setup-words.js", type: script, content: PackageResources.setup_words_js),
        WebFile(path: "/sign-in", type: html, content: PackageResources.signin_html),
        WebFile(path: "/signin.js", type: script, content: PackageResources.signin_js),
        WebFile(path: "/sound.js", type: script, content: PackageResources.sound_js),
        WebFile(path: "/speak.js", type: script, content: PackageResources.speak_js),
        WebFile(path: "/strings.js", type: script, content: PackageResources.strings_js),
        WebFile(path: "/strings-de.js", type: script, content: PackageResources.strings_de_js),
        WebFile(path: "/strings-en.js", type: script, content: PackageResources.strings_en_js),
        WebFile(path: "/sweep.js", type: script, content: PackageResources.sweep_js),
        WebFile(path: "/tell.js", type: script, content: PackageResources.tell_js),
        WebFile(path: "/told-de.js", type: script, content: PackageResources.told_de_js),
        WebFile(path: "/tongue.js", type: script, content: PackageResources.tongue_js),
    ]

    private static let html = "text/html; charset=utf-8"
    private static let css = "text/css; charset=utf-8"
    private static let script = "text/javascript; charset=utf-8"
}
