"""Checks of the service under systemd: killed, hung, called, confined."""

import os
import re

from branch import SETTINGS
from machine import Failure

HERE = os.path.dirname(os.path.abspath(__file__))

# How the sandbox has to refuse, where another refusal would not be its own.
REFUSALS = {
    "home": "EACCES",
    "etc": "EROFS",
    "usr": "EROFS",
    "disk": "EPERM",
    "graphics": "EPERM",
    "packet-socket": "EAFNOSUPPORT",
    "writable-code": "EPERM",
    "other-process": "ENOENT",
}


class Service:
    def killed(self):
        """kill -9 of the daemon: the siren is off, the service comes back"""
        self.machine.until("systemctl is-active pressmarkd", "^active$")
        self.alarm(12)
        self.machine.must("systemctl kill --signal KILL pressmarkd")
        self.siren(0)
        self.machine.until("systemctl show --property NRestarts --value pressmarkd", "^[1-9]")
        self.machine.until("systemctl is-active pressmarkd", "^active$")
        for reader in ("pad-1", "wand-1", "gate-1"):
            self.online(reader)

    def reloads(self):
        """reload: same process, readers stay open; a faulty file is refused"""
        process = self.property("MainPID")
        opened = self.machine.must("journalctl -u pressmarkd -o cat | grep -c 'reader online'")
        self.machine.must("sed -i 's/passes = 1/passes = 2/; s/name = \"Bench\"/name = \"Other\"/' /etc/pressmark/pressmark.toml")
        self.machine.must("systemctl reload pressmarkd")
        self.machine.until("pressmark status", r"after a restart: \[library\] name")
        self.machine.must("echo 'oddity = 1' >>/etc/pressmark/pressmark.toml")
        if self.machine.run("systemctl reload pressmarkd")[0] == 0:
            raise Failure("a faulty file was taken")
        self.machine.must("sed -i '/oddity/d; s/name = \"Other\"/name = \"Bench\"/' /etc/pressmark/pressmark.toml")
        self.machine.must("systemctl reload pressmarkd")
        after = self.machine.must("journalctl -u pressmarkd -o cat | grep -c 'reader online'")
        if self.property("MainPID") != process or after != opened:
            raise Failure(f"readers were opened {opened} times, then {after} times")

    def activates(self):
        """sockets: who calls while the service is stopped starts it and is answered, by address and by path"""
        path = "/run/pressmark/pressmark.sock"
        for unit, daemon in (("pressmarkd.socket", "http://127.0.0.1:7878"), ("pressmarkd-control.socket", f"unix:{path}")):
            self.machine.must(f"systemctl stop pressmarkd && systemctl start {unit}")
            # The second time the folder of the socket has seen the service go.
            for _ in range(2):
                self.machine.must(f"pressmark status --daemon {daemon}", limit=300)
                if self.property("ActiveState") != "active":
                    raise Failure(f"{unit}: the service was not started by the call")
                self.machine.must("systemctl stop pressmarkd")
            if unit == "pressmarkd-control.socket":
                found = self.machine.must(f"stat --format '%U:%G %a' {path}")
                if found != "root:pressmark 660":
                    raise Failure(f"{path}: found {found}, wanted root:pressmark 660")
            self.machine.must(f"systemctl stop {unit}")
        self.machine.must("systemctl start pressmarkd")
        self.online("pad-1")

    def watchdog(self):
        """watchdog: a daemon that hangs is started afresh, and its siren goes off"""
        self.machine.must("mkdir -p /run/systemd/system/pressmarkd.service.d")
        self.machine.write("/run/systemd/system/pressmarkd.service.d/bench.conf", "[Service]\nWatchdogSec=20\n")
        self.machine.must("systemctl daemon-reload && systemctl restart pressmarkd")
        before = int(self.property("NRestarts"))
        self.online("gate-1")
        self.alarm(13)
        self.machine.must("systemctl kill --signal STOP pressmarkd")
        self.machine.until("systemctl show --property NRestarts --value pressmarkd", f"^{before + 1}$", 300)
        self.machine.until("journalctl -u pressmarkd -o cat --since -10min", "watchdog")
        # Whoever hangs switches nothing off: the line is the kernel's to release.
        self.siren(0)
        self.machine.must("rm -r /run/systemd/system/pressmarkd.service.d && systemctl daemon-reload")
        self.machine.must("systemctl restart pressmarkd")
        self.online("pad-1")

    def sandbox(self):
        """sandbox: a probe inside reaches no home, device, socket or file that the unit does not grant"""
        self.machine.must(
            "mkdir -p /home/somebody /run/systemd/system && echo secret | tee /home/somebody/file >/root/file && chmod -R a+rX /home"
            # The devices' own modes are no obstacle: what refuses them has to be the unit.
            " && chmod 666 /dev/vdb /dev/vga_arbiter"
        )
        with open(os.path.join(HERE, "probe"), encoding="utf-8") as file:
            self.machine.write("/bench/probe", file.read())
        outside = self.machine.must("perl /bench/probe; hostname bench")
        harmless = [line for line in outside.splitlines() if not line.endswith(" done")]
        if harmless:
            raise Failure(f"without the sandbox the probe cannot do it either: {harmless}")
        self.machine.must(
            # The daemon goes on: its socket's folder is not the probe's to clear away.
            "sed -e 's#^Type=.*#Type=oneshot#; s#^ExecStart=.*#ExecStart=/usr/bin/perl /bench/probe#; /^ExecReload/d;"
            " s#^Restart=.*#Restart=no#; /^WatchdogSec/d; /^RuntimeDirectory/d'"
            " /lib/systemd/system/pressmarkd.service >/run/systemd/system/probe.service"
            " && systemctl daemon-reload && systemctl start probe && journalctl --sync"
        )
        inside = self.machine.must("journalctl -u probe -o cat | grep -E '^(need|attempt) '")
        ended = {name: result for _, name, result in (line.split() for line in inside.splitlines())}
        if len(ended) != len(outside.splitlines()):
            raise Failure(f"the probe stopped early: {inside}")
        for line in inside.splitlines():
            kind, name, result = line.split()
            # The daemon has its line for itself; who hears that has come past the sandbox.
            if name == "serial-adapter" and result == "EBUSY":
                continue
            if (kind == "need") != (result == "done") or result != REFUSALS.get(name, result):
                raise Failure(f"found {line}, wanted {REFUSALS.get(name, 'done' if kind == 'need' else 'a refusal')}\n{inside}")
        process = self.property("MainPID")
        found = self.machine.must(
            "set -o pipefail;"
            f"grep -E '^(CapEff|NoNewPrivs|Seccomp):' /proc/{process}/status; ls -A /proc/{process}/root/home;"
            " systemd-analyze security --no-pager --threshold=15 pressmarkd | tail -n 1"
        )
        if not re.match(r"CapEff:\s+0+\nNoNewPrivs:\s+1\nSeccomp:\s+2\n\S* ?Overall", found):
            raise Failure(f"the daemon itself: {found}")

    def gate_drop_in(self):
        """the gate's drop-in: real-time priority for the two threads of the gate and no other, locked memory"""
        self.machine.must("mkdir -p /etc/systemd/system/pressmarkd.service.d")
        # The machine's disk leaves documents out.
        drop_in = self.shipped("./usr/share/doc/pressmark/examples/pressmarkd-gate.conf")
        self.machine.write("/etc/systemd/system/pressmarkd.service.d/gate.conf", drop_in)
        # The library system of the bench is not on the machine itself.
        self.machine.write(
            "/etc/systemd/system/pressmarkd.service.d/network.conf", "[Service]\nIPAddressAllow=10.0.2.2\n"
        )
        self.machine.must("systemctl daemon-reload && systemctl restart pressmarkd", limit=300)
        self.online("gate-1")
        process = self.property("MainPID")
        found = self.machine.must(f"grep VmLck /proc/{process}/status; ps -L -o comm=,cls=,rtprio= -p {process}")
        hurried = sorted(line.split()[0] for line in found.splitlines() if re.search(r" FF +10$", line))
        # An import at the gate's priority would keep the gate out.
        others = re.findall(r".* (?:FF|RR) +\d+$", found, re.M)
        if not re.search(r"VmLck:\s+[1-9]", found) or hurried != ["gate", "readiness"] or len(others) != 2:
            raise Failure(found)
        self.machine.must("rm -r /etc/systemd/system/pressmarkd.service.d && systemctl daemon-reload && systemctl restart pressmarkd")
        self.online("pad-1")

    def kiosk_drop_in(self):
        """the kiosk's drop-in and a credential: who is not named is not spoken to, and root's password file is handed over"""
        folder = "/etc/systemd/system/pressmarkd.service.d"
        own, handed = "/etc/pressmark/ils", "/run/credentials/pressmarkd.service/ils"
        self.machine.must(f"mkdir -p {folder} && mv {own} {own}.root && chown root:root {own}.root && chmod 600 {own}.root")
        self.machine.must(f"sed -i 's#\"{own}\"#\"{handed}\"#' {SETTINGS}")
        self.machine.write(f"{folder}/password.conf", f"[Service]\nLoadCredential=ils:{own}.root\n")
        self.machine.write(
            f"{folder}/kiosk.conf", self.shipped("./usr/share/doc/pressmark/examples/pressmarkd-kiosk.conf")
        )
        self.machine.must("systemctl daemon-reload && systemctl restart pressmarkd", limit=300)
        self.machine.until("pressmark ils status", ": away")
        self.machine.write(f"{folder}/network.conf", "[Service]\nIPAddressAllow=10.0.2.2\n")
        self.machine.must("systemctl daemon-reload && systemctl restart pressmarkd", limit=300)
        self.machine.until("pressmark ils status", ": there")
        self.machine.must(f"rm -r {folder} && mv {own}.root {own} && chgrp pressmark {own} && chmod 640 {own}")
        self.machine.must(f"sed -i 's#\"{handed}\"#\"{own}\"#' {SETTINGS}")
        self.machine.must("systemctl daemon-reload && systemctl restart pressmarkd", limit=300)
        self.online("pad-1")
        self.machine.until("pressmark ils status", ": there")
