"""The branch in which the bench's checks work: its items, its configuration, its gate's chip."""

FIRST = 30_100_000_001_001
CHIP = "/sys/kernel/config/gpio-sim/gate"
SETTINGS = "/etc/pressmark/pressmark.toml"
CONFIGURATION = """
[library]
name = "Bench"
isil = ["DK-718500"]
[[reader]]
name = "pad-1"
role = "pad"
driver = "feig"
usb = "0ab1:0002"
[[reader]]
name = "wand-1"
role = "wand"
driver = "feig"
serial = "/dev/pressmark/serial-WAND1"
[[reader]]
name = "gate-1"
role = "gate"
driver = "feig"
serial = "/dev/pressmark/serial-GATE1"
[[output]]
name = "siren"
gate = "gate-1"
chip = "bench-gate"
line = "SIREN"
milliseconds = 60000
[[input]]
name = "mute"
chip = "bench-gate"
line = "MUTE"
[ils]
system = "koha"
address = "10.0.2.2:{port}"
user = "rfid"
password-file = "/etc/pressmark/ils"
institution = "MAIN"
ping = 5
[sweep]
passes = 1
"""


def item(number):
    return str(FIRST + number)


def is_write(frame):
    """Whether a FEIG frame writes to a tag: blocks or AFI."""
    body = frame[4:] if frame[:1] == b"\x02" else frame[2:]
    return body[:1] == b"\xb0" and body[1:2] in (b"\x24", b"\x27")
