"""Checks of what is true after the power was cut."""

import json

from branch import item, is_write
from machine import Failure


class Power:
    def seen(self):
        """How many items the sweep that is going on has seen."""
        status = json.loads(self.machine.must("pressmark status --json 2>/dev/null"))
        return status["sweep"]["seen"] if status.get("sweep") else 0

    def cut(self, fate):
        """Takes the power away while a wand walks and a loan is being written, and looks at what is true afterwards."""
        number = 20 if fate == "before" else 30
        self.machine.until("systemctl is-active pressmarkd", "^active$")
        for reader in ("pad-1", "wand-1"):
            self.online(reader)
        if self.machine.run("pressmark sweep report")[0] != 0 or fate == "before":
            self.machine.must('pressmark sweep start --location REF --from "QA 76" --to "QA 77"')
        self.twin.ask("put", "pad-1", item(number))
        self.machine.until("pressmark tag read --reader pad-1", item(number))
        for step in range(6):
            self.twin.ask("walk", "wand-1", (200 if fate == "before" else 1200) + 40 * step)
            self.machine.run("sleep 1")
        if not (seen := self.seen()):
            raise Failure("the wand walked along the shelf, and nothing was seen")
        self.pad.swallowed.clear()
        self.pad.swallow = lambda frame: fate if is_write(frame) else None
        self.machine.must(
            f"(echo P0001 | pressmark checkout {item(number)} --reader pad-1 --patron-from-stdin >/var/tmp/loan 2>&1 &)"
        )
        if not self.pad.swallowed.wait(300):
            raise Failure("no write went over the line: " + self.machine.must("cat /var/tmp/loan"))
        self.machine.cut()
        self.pad.swallow = lambda frame: None
        self.twin.ask("walk", "wand-1", "away")
        self.boot()
        self.make_chip()
        self.machine.must("systemctl restart pressmarkd", limit=300)
        self.plug_all()
        self.machine.until("pressmark status", "daemon", 600)
        if (found := self.seen()) < seen:
            raise Failure(f"{seen} items had been seen and shown, after the cut {found}")
        for reader in ("pad-1", "wand-1", "gate-1"):
            self.online(reader)
        self.settled()
        lent = self.twin.ask("borrower", item(number)) == "P0001"
        afi = self.twin.ask("afi", item(number))
        if (afi == "c2") != lent:
            raise Failure(f"lent: {lent}, AFI {afi}")
        if not lent:
            raise Failure("the loan stood before the first write, and is gone")
        self.machine.must("systemctl stop pressmarkd")
        found = self.machine.must("sqlite3 /var/lib/pressmark/pressmark.sqlite 'pragma integrity_check'")
        if found != "ok":
            raise Failure(found)
        self.machine.must("systemctl start pressmarkd")
        self.twin.ask("clear", "pad-1")

    def cut_before(self):
        """power cut in sweep and checkout, the write not yet at the tag: after booting both are whole"""
        self.cut("before")

    def cut_after(self):
        """power cut in sweep and checkout, the write's answer lost: after booting both are whole"""
        self.cut("after")
