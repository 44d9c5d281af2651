"""A reader that was just plugged in, and how it is named at the page: found, kept under a name, there at once, tested, there after a start."""
import json, os, socketserver, subprocess, threading, time

from hands import ask, kiosk, look, put, say

TAG = "E00401503309CE74"


def sealed(frame):
    """As on air: CRC of ISO 13239 behind it."""
    check = 0xFFFF
    for byte in frame:
        check ^= byte
        for _ in range(8):
            check = (check >> 1) ^ 0x8408 if check & 1 else check >> 1
    return frame + (check ^ 0xFFFF).to_bytes(2, "little")


class DeskReader(socketserver.BaseRequestHandler):
    """A metraTec DeskID ISO behind a serial server, with one blank tag on it; it speaks in words, as Sources/Readers/MetraTec says."""

    def handle(self):
        words, ends = b"", b""
        self.request.settimeout(0.2)
        while True:
            try:
                heard = self.request.recv(512)
            except TimeoutError:
                # What was begun and not ended is nothing: other drivers ask in bytes of their own.
                words = b""
                continue
            if not heard:
                return
            for byte in heard:
                if byte != 0x0D:
                    words = (words + bytes([byte]))[-512:]
                    continue
                text, words = words.decode("ascii", "replace"), b""
                if text == "EOF":
                    ends = b"\n"
                self.request.sendall("".join(f"{line}\r" for line in self.answer(text.split())).encode() + ends)

    @staticmethod
    def answer(words):
        known = {"BRK": "NCM", "EOF": "OK!", "SRI": "OK!", "MOD": "OK!", "REV": "DESKID_ISO     01000218"}
        if (command := words[0] if words else "") in known:
            return [known[command]]
        if command == "INV":
            return [TAG, "IVF 01"]
        if command != "REQ" or TAG not in words[1]:
            return ["TNR"] if command in ("REQ", "WRQ") else ["UCO"]
        asked = bytes.fromhex(words[1])
        if asked[1] == 0x2B:
            # Get System Information: DSFID, AFI, 28 blocks of four bytes, IC reference (ISO 15693-3, 10.4.12).
            said = bytes([0x00, 0x0F]) + bytes.fromhex(TAG)[::-1] + bytes([0x00, 0x07, 0x1B, 0x03, 0x01])
        elif asked[1] in (0x20, 0x23):
            # Blocks of zeros, each behind its security status where the option flag asks for it (10.4.1 and 10.4.4).
            blocks = 1 if asked[1] == 0x20 else asked[11] + 1
            said = bytes([0x00]) + bytes((5 if asked[0] & 0x40 else 4) * blocks)
        else:
            return ["TNR"]
        return ["TDT", sealed(said).hex().upper(), "COK", "NCL"]


class Site:
    """A daemon with a configuration file that lists a place where a reader may be, and no reader."""

    def __init__(self, program, folder):
        self.program, self.folder, self.port = program, folder, kiosk.free_port()
        self.site, self.daemon = f"http://127.0.0.1:{self.port}", None
        socketserver.ThreadingTCPServer.daemon_threads = True
        place = socketserver.ThreadingTCPServer(("127.0.0.1", 0), DeskReader)
        threading.Thread(target=place.serve_forever, daemon=True).start()
        with open(os.path.join(folder, "pressmark.toml"), "w") as file:
            file.write(f'[library]\nname = "Town"\n\n[discovery]\ntcp = ["127.0.0.1:{place.server_address[1]}"]\n')

    def start(self):
        self.daemon = subprocess.Popen(
            [self.program, "--config", f"{self.folder}/pressmark.toml", "--state", f"{self.folder}/state", "--port", str(self.port)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(600):
            try:
                return ask(f"{self.site}/v1/status")
            except OSError:
                time.sleep(0.1)

    def stop(self):
        self.daemon.terminate()
        self.daemon.wait()


def newcomer(browser, program, folder, pictures, tone):
    os.makedirs(folder)
    # What was complained of before is not this site's.
    browser.complaints()
    site = Site(program, folder)
    site.start()
    try:
        browser.open(f"{site.site}/#now")
        bare = browser.wait("document.querySelector('#now-cards').innerText.includes('No gate is configured')")
        say(f"{tone}: a site without gates is not told that all is well at the gate", bare, browser.text("#now-cards"))
        browser.open(f"{site.site}/#sweep")
        bare = browser.wait("document.querySelector('#sweep-none').innerText.includes('Set-up')")
        say(f"{tone}: nor offered a sweep without holdings, without being told", bare, browser.text("#sweep"))
        browser.open(f"{site.site}/#setup")
        browser.wait("document.querySelector('#settings-groups [name=\"sweep.reach\"]')")
        none = browser.text("#setup-readers")
        say(f"{tone}: a site without readers says so, and what helps", "No readers" in none and "looks for readers" in none, none)
        browser.click("#probe")
        found = browser.wait("document.querySelector('#probe-list > li')?.innerText.includes('DESKID_ISO')", 120)
        say(f"{tone}: a reader that nobody has named is found", found, browser.text("#probe-list"))
        say(f"{tone}: and whoever may keep it there is not sent to the file", "[[reader]]" not in browser.text("#probe-list"), browser.text("#probe-list"))
        browser.click("#probe-list summary")
        put(browser, "#probe-list [name=name]", "desk-1")
        put(browser, "#probe-list [name=role]", "pad")
        look(browser, tone, "newcomer", pictures)
        browser.click("#probe-list form [type=submit]")
        shown = browser.wait("document.querySelector('#settings-outcome [data-name=save]') && document.querySelector('#settings-outcome').innerText")
        say(f"{tone}: what keeping it would change is shown before", shown and "desk-1" in shown, shown)
        say(f"{tone}: and it is not kept by that", "desk-1" not in json.dumps(ask(f"{site.site}/v1/settings")))
        browser.click("#settings-outcome [data-name=save]")
        told = browser.wait("document.querySelector('#settings-outcome .tone-good')?.innerText")
        say(f"{tone}: it is kept, and waits for no restart", told and "restart" not in told, told)
        offered = browser.wait("document.querySelector('#probe-list').innerText.includes('Kept. It runs.')"
                               " && !document.querySelector('#probe-list form')")
        say(f"{tone}: and is not offered a second time", offered, browser.text("#probe-list"))
        online = ("document.querySelector('#setup-readers > li')?.innerText.includes('desk-1')"
                  " && document.querySelector('#setup-readers .badge')?.innerText === 'Online'")
        say(f"{tone}: the reader stands there under its name at once", browser.wait(online), browser.text("#setup-readers"))
        browser.click("[aria-label='Test with one tag: desk-1']")
        passed = browser.wait("document.querySelectorAll('#setup-readers .steps .tone-good').length === 3", 60)
        say(f"{tone}: and passes its test with a blank tag", passed, browser.text("#setup-readers"))
        browser.picture(pictures, f"{tone}-newcomer-named")
        site.stop()
        site.start()
        browser.open(f"{site.site}/#now")
        browser.open(f"{site.site}/#setup")
        say(f"{tone}: and after a start as well", browser.wait(online), browser.text("#setup-readers"))
        say(f"{tone}: no complaint in the console of a new site", not (lines := unexpected(browser)), lines)
    finally:
        site.stop()


def unexpected(browser):
    # While the daemon begins anew its page cannot reach it.
    return [line for line in browser.complaints() if "ERR_CONNECTION_REFUSED" not in line and "/v1/events" not in line]
