"""Works at the parts of the staff's page for technicians and admins: tag bench, set-up, settings."""
import json, os, urllib.request

from hands import agree, ask, ITEM, look, OTHER, put, say, value


def bench(browser, site, pictures, tone):
    ask(f"{site}/v1/simulation", {"put": {"barcodes": [ITEM], "reader": "pad-1"}})
    browser.open(f"{site}/#bench")
    shown = browser.wait(f"document.querySelector('#bench-tag')?.innerText.includes({ITEM!r})")
    say(f"{tone}: the tag on the pad is explained", shown, browser.text("#bench"))
    say(f"{tone}: with how sure that is", "Certain" in browser.text("#bench-tag"), browser.text("#bench-tag"))
    say(f"{tone}: with its chip", "NXP" in browser.text("#bench-tag"), browser.text("#bench-tag"))
    named = browser.run("return document.querySelectorAll('.hex .byte[data-field]').length")
    say(f"{tone}: bytes belong to fields", named > 20, named)
    condition = browser.wait("document.querySelectorAll('#bench-health dd').length >= 4 && document.querySelector('#bench-health').innerText")
    say(f"{tone}: and its condition is told", condition and "undefined" not in condition and "NaN" not in condition, condition)
    browser.run("document.querySelectorAll('#bench details').forEach((it) => { it.open = true; })")
    look(browser, tone, "bench", pictures)
    ask(f"{site}/v1/simulation", {"put": {"barcodes": [OTHER], "reader": "pad-1"}})
    two = browser.wait("document.querySelectorAll('#bench-tags button').length === 2")
    say(f"{tone}: what is laid beside it appears by itself", two, browser.text("#bench-tags"))
    ask(f"{site}/v1/simulation", {"take": {"barcodes": [OTHER], "reader": "pad-1"}})
    browser.wait("document.querySelectorAll('#bench-tags button').length === 1")

    filled = value(browser, "#bench-form [name=barcode]")
    say(f"{tone}: its barcode stands ready", filled == ITEM, filled)
    browser.click("#bench-write-button")
    say(f"{tone}: writing asks first", ITEM in (told := agree(browser)), told)
    done = browser.wait("document.querySelector('#bench-written').innerText.includes('read back')", 60)
    say(f"{tone}: the tag is written", done, browser.text("#bench"))
    browser.wait("!document.querySelector('#bench-write-button').disabled")
    model = ask(f"{site}/v1/readers/pad-1/tags")[0]["model"]
    target = "iso28560-3" if model == "iso28560-2" else "iso28560-2"
    put(browser, "#convert-form [name=target]", target)
    browser.click("#convert-try")
    tried = browser.wait("document.querySelector('#convert-told').innerText.includes('Would be written: 1')")
    say(f"{tone}: a conversion is shown before", tried, browser.text("#convert-told"))
    say(f"{tone}: and nothing is written by that", ask(f"{site}/v1/readers/pad-1/tags")[0]["model"] == model)
    browser.click("#convert-go")
    agree(browser)
    done = browser.wait("document.querySelector('#convert-told').innerText.includes('Converted, read back: 1')", 60)
    say(f"{tone}: the tag is converted", done, browser.text("#bench-convert"))
    tag = ask(f"{site}/v1/readers/pad-1/tags")[0]
    say(f"{tone}: the tag says so too", (tag["model"], tag["barcode"]) == (target, ITEM), tag)


def setup(browser, site, pictures, tone, folder):
    browser.open(f"{site}/#setup")
    say(f"{tone}: the check-up is there", browser.wait("document.querySelector('#doctor-told').innerText.includes('looked at')"))
    browser.wait("document.querySelectorAll('#setup-readers > li').length === 3")
    browser.click("[aria-label='Test, writing too: pad-1']")
    done = browser.wait("document.querySelectorAll('#setup-readers .steps .tone-good').length === 4", 60)
    say(f"{tone}: a reader passes its test with one tag", done, browser.text("#setup-readers"))
    browser.click("#probe")
    say(f"{tone}: readers are looked for", browser.wait("document.querySelectorAll('#probe-list > li').length >= 3", 60))

    rows = "".join(f"3010000000{n:04},Title {n},QA 76.{n},Somebody\n" for n in range(8))
    export = os.path.join(folder, f"{tone}.csv")
    with open(export, "w") as file:
        file.write(f"barcode,title,callnumber,borrower_name\n{rows},No barcode,QA 1,X\n")
    field = browser.do("element", {"using": "css selector", "value": "#import-form [name=file]"})
    browser.do(f"element/{next(iter(field.values()))}/value", {"text": export})
    before = ask(f"{site}/v1/holdings")["number"]
    browser.click("#import-button")
    browser.wait("document.querySelector('#import-report .card')")
    report = browser.text("#import-report")
    say(f"{tone}: an export is looked at", "8 of 9 rows understood" in report and "11.1\u00a0%" in report, report)
    say(f"{tone}: a patron's column is dropped", "may name a patron: dropped" in report, report)
    say(f"{tone}: and nothing is changed by that", ask(f"{site}/v1/holdings")["number"] == before)
    look(browser, tone, "setup", pictures)
    if tone == "light":
        browser.click("#import-report [data-name=discard]")
        say(f"{tone}: it can be discarded", browser.wait("document.querySelector('#import-told').innerText.includes('discarded')"))
    else:
        browser.click("#import-report [data-name=take]")
        taken = browser.wait("document.querySelector('#import-told').innerText.includes('is in use: 8 items')")
        say(f"{tone}: it can be taken into use", taken, browser.text("#import-told"))
        say(f"{tone}: the daemon works with it", ask(f"{site}/v1/holdings")["items"] == 8)

    put(browser, "#token-form [name=name]", f"{tone}-1")
    browser.click("#token-form [value=pad-1]")
    browser.click("#token-form .primary")
    made = browser.wait("document.querySelector('#token-made input')?.value.startsWith('pressmark_')")
    say(f"{tone}: a token is made and shown", made, browser.text("#setup-tokens"))
    secret = value(browser, "#token-made input")
    browser.click("[data-name=put-away]")
    browser.wait("!document.querySelector('#token-made input')")
    say(f"{tone}: and is gone from the page", secret not in browser.run(
        "return document.documentElement.outerHTML + [...document.querySelectorAll('input')].map((it) => it.value)"))
    browser.click(f"[aria-label='Revoke: {tone}-1']")
    agree(browser)
    gone = browser.wait(f"!document.querySelector(\"[aria-label='Revoke: {tone}-1']\")")
    say(f"{tone}: and revoked", gone and ask(f"{site}/v1/tokens")[-1].get("revokedAt"), ask(f"{site}/v1/tokens"))

    browser.click("#scene-take")
    browser.wait("document.querySelector('#scene-list').innerText.includes('empty')")
    put(browser, "#scene-items", ITEM)
    browser.click("#scene-pad-form [type=submit]")
    laid = browser.wait(f"document.querySelector('#scene-list').innerText.includes('pad-1: {ITEM}')")
    say(f"{tone}: items are laid on a simulated pad", laid, browser.text("#scene-list"))
    ask(f"{site}/v1/simulation", {"take": {"barcodes": [], "reader": "pad-1"}})
    say(f"{tone}: no complaint in the console", not (lines := browser.complaints()), lines)


def setting(site, key):
    return next(it for it in ask(f"{site}/v1/settings")["settings"] if it["key"] == key)


def change(site, key, value):
    # As another page, or the command line, does it.
    body = {"changes": [{"key": key} if value is None else {"key": key, "value": value}]}
    request = urllib.request.Request(
        f"{site}/v1/settings", data=json.dumps(body).encode(), method="PATCH",
        headers={"Content-Type": "application/json", "If-Match": "*"})
    urllib.request.urlopen(request).close()


def settings(browser, site, pictures, tone):
    browser.open(f"{site}/#setup")
    browser.wait("document.querySelector('#settings-groups [name=\"sweep.reach\"]')")
    browser.run("document.querySelectorAll('details.settings').forEach((it) => { it.open = true })")
    reach = "#settings-groups [name='sweep.reach']"
    form = "document.querySelector('#settings-groups [name=\"{}\"]').form.requestSubmit()"
    card = "document.querySelector('#settings-outcome .card')?.innerText ?? ''"
    put(browser, reach, "12")
    browser.run(form.format("sweep.reach"))
    shown = browser.wait(f"({card}).includes('10 → 12')")
    say(f"{tone}: what a setting would change is shown before", shown, browser.text("#settings-outcome"))
    say(f"{tone}: and it stands as it was", setting(site, "sweep.reach")["value"] == 10)
    look(browser, tone, "settings", pictures)
    browser.click("#settings-outcome [data-name=save]")
    browser.wait("document.querySelector('#settings-outcome .tone-good')")
    kept = setting(site, "sweep.reach")
    say(f"{tone}: a setting is kept, and whence it is", (kept["value"], kept["origin"]) == (12, "page"), kept)
    browser.wait(f"document.querySelector({reach!r})?.value === '12'")
    browser.run("document.querySelectorAll('details.settings').forEach((it) => { it.open = true })")
    browser.run(f"document.querySelector({reach!r}).form.querySelector('button[type=button]').click()")
    browser.wait(f"({card}).includes('12 → 10')")
    browser.click("#settings-outcome [data-name=save]")
    browser.wait("document.querySelector('#settings-outcome .tone-good')")
    back = setting(site, "sweep.reach")
    say(f"{tone}: what the page changed is taken back", (back["value"], back["origin"]) == (10, "default"), back)

    browser.wait(f"document.querySelector({reach!r})?.value === '10'")
    browser.run("document.querySelectorAll('details.settings').forEach((it) => { it.open = true })")
    put(browser, "#settings-groups [name='shelf-order.parts']", "volume,copy,date")
    browser.run(form.format("shelf-order.parts"))
    browser.wait(f"({card}).includes('volume, copy, date')")
    browser.click("#settings-outcome [data-name=save]")
    browser.wait("document.querySelector('#settings-outcome .tone-good')")
    kept = setting(site, "shelf-order.parts")
    say(f"{tone}: the parts of a call number are set in their order", kept.get("value") == ["volume", "copy", "date"], kept)
    change(site, "shelf-order.parts", None)
    browser.open(f"{site}/#now")
    browser.open(f"{site}/#setup")
    browser.wait("document.querySelector(\"#settings-groups [name='shelf-order.parts']\")?.value === ''")
    browser.run("document.querySelectorAll('details.settings').forEach((it) => { it.open = true })")
    put(browser, reach, "14")
    browser.run(form.format("sweep.reach"))
    browser.wait(f"({card}).includes('10 → 14')")
    change(site, "sweep.reach", 11)
    browser.click("#settings-outcome [data-name=save]")
    told = browser.wait(f"({card}).includes('11 → 14') && ({card}).includes('Somebody else')")
    say(f"{tone}: what somebody else changed meanwhile is told, and asked about", told and setting(site, "sweep.reach")["value"] == 11,
        browser.text("#settings-outcome"))
    browser.click("#settings-outcome [data-name=save]")
    browser.wait("document.querySelector('#settings-outcome .tone-good')")
    say(f"{tone}: and a second yes changes it", setting(site, "sweep.reach")["value"] == 14)
    change(site, "sweep.reach", None)
    browser.open(f"{site}/#now")
    browser.open(f"{site}/#setup")
    browser.wait(f"document.querySelector({reach!r})?.value === '10'")
    browser.run("document.querySelectorAll('details.settings').forEach((it) => { it.open = true })")
    put(browser, reach, "many")
    browser.run(form.format("sweep.reach"))
    refused = browser.wait(f"document.querySelector({reach!r}).ariaInvalid === 'true' && document.activeElement === document.querySelector({reach!r})")
    say(f"{tone}: what a setting cannot be is told, and its field has the focus", refused and "sweep.reach" in browser.text("#problem"),
        browser.text("#problem"))
    put(browser, reach, "10")
    for key, byte in (("armed", "C2"), ("released", "07")):
        put(browser, f"#settings-groups [name='security.{key}']", byte)
    browser.run(form.format("security.armed"))
    warned = browser.wait(f"({card}).includes('0x07 → 0xC2')") and browser.run("return !!document.querySelector('#settings-outcome .tone-bad')")
    say(f"{tone}: what would silence the gates is told in red", warned, browser.text("#settings-outcome"))
    browser.click("#settings-outcome [data-name=save]")
    browser.wait("document.querySelector('#ask-dialog').open")
    browser.click("#ask-no")
    say(f"{tone}: and asked for again; a no changes nothing", (setting(site, "security.armed")["value"], setting(site, "security.armed").get("waits")) in ((7, None), (7, False)),
        setting(site, "security.armed"))
    browser.click("#settings-outcome [data-name=discard]")
    say(f"{tone}: a change can be discarded", browser.wait("!document.querySelector('#settings-outcome .card')"))
