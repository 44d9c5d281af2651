"""Checks of readers, lines and names on drivers of a real kernel."""

import re
import time

from branch import CHIP, item, is_write
from machine import Failure


class Devices:
    def asks(self):
        """the library system, over the machine's network, answers"""
        self.machine.until("pressmark ils status", ": there")

    def names(self):
        """udev: names, group, power, latency"""
        found = self.machine.must(
            "ls -l /dev/pressmark; for f in /dev/bus/usb/*/* /dev/gpiochip*; do stat -c '%n %G %a' $f; done;"
            " cat /sys/bus/usb/devices/*/idVendor; grep -l 0ab1 /sys/bus/usb/devices/*/idVendor |"
            " xargs -n1 dirname | while read d; do cat $d/power/control; done;"
            " cat /sys/bus/usb-serial/devices/*/latency_timer"
        )
        for wanted in (
            r"reader-PAD1 ->", r"reader-at-\S+ ->", r"serial-WAND1 ->", r"serial-at-\S+ ->",
            r"/dev/bus/usb/\S+ pressmark 660", r"/dev/gpiochip\d pressmark 660", r"\non\n", r"\n1\n1$",
        ):
            if not re.search(wanted, found):
                raise Failure(f"found {found}\nwanted {wanted}")

    def rules(self):
        """udev: its own tool has no complaint about the rules"""
        if self.machine.run("udevadm verify --help")[0] == 0:
            self.machine.must("udevadm verify /lib/udev/rules.d/60-pressmark.rules")
            return
        # udev learnt to verify in version 254; before that its test says what is wrong with rules that it reads. That it
        # does is seen in a rule that is wrong on purpose.
        complaints = (
            "for d in $(ls -d /sys/bus/usb/devices/*-* /sys/class/tty/ttyUSB* /sys/bus/gpio/devices/*);"
            " do udevadm test $d 2>&1; done | grep -E '6[01]-(pressmark|wrong).rules:' | grep -iE 'invalid|unknown|fail|ignor|error'"
        )
        found = self.machine.run(complaints)[1]
        if found:
            raise Failure(found)
        self.machine.must("mkdir -p /run/udev/rules.d")
        self.machine.write("/run/udev/rules.d/61-wrong.rules", 'SUBSYSTEM=="usb", ODDITY="1"\n')
        found = self.machine.run(complaints)[1]
        self.machine.must("rm /run/udev/rules.d/61-wrong.rules && udevadm control --reload")
        if "61-wrong.rules:1" not in found:
            raise Failure(f"udev's test has no complaint about a wrong rule either: {found}")

    def serial(self):
        """serial: speed and parity are set in the adapter's driver"""
        found = self.machine.must("stty -a -F /dev/pressmark/serial-WAND1")
        if "speed 38400" not in found or " -parenb" in found or "parenb" not in found or "-parodd" not in found:
            raise Failure(found)

    def serial_plug(self):
        """serial: pulled while in use, told, and back by itself"""
        self.wand.unplug()
        self.online("wand-1", "offline")
        self.wand.plug()
        self.online("wand-1")

    def usb(self):
        """USB: probe, inventory, write AFI, read back at the twin"""
        self.twin.ask("put", "pad-1", item(0))
        self.machine.until("pressmark tag read --reader pad-1", item(0))
        self.machine.must(f"pressmark tag release {item(0)} --reader pad-1")
        if (found := self.twin.ask("afi", item(0))) != "c2":
            raise Failure(f"the tag's AFI is {found}, wanted c2")
        self.machine.must(f"pressmark tag secure {item(0)} --reader pad-1")
        if (found := self.twin.ask("afi", item(0))) != "07":
            raise Failure(f"the tag's AFI is {found}, wanted 07")
        self.twin.ask("clear", "pad-1")

    def usb_torn(self):
        """USB: unplugged in the middle of a transfer; what was begun is finished when it is back"""
        self.twin.ask("put", "pad-1", item(1))
        self.machine.until("pressmark tag read --reader pad-1", item(1))
        self.pad.swallowed.clear()
        self.pad.swallow = lambda frame: "after" if is_write(frame) else None
        self.machine.must(f"(pressmark tag release {item(1)} --reader pad-1 >/var/tmp/torn 2>&1 &)")
        if not self.pad.swallowed.wait(300):
            raise Failure("no write went over the line")
        self.pad.unplug()
        self.online("pad-1", "offline")
        self.pad.swallow = lambda frame: None
        self.pad.plug()
        self.online("pad-1")
        self.settled()
        self.twin.ask("clear", "pad-1")

    def settled(self):
        """Nothing is left open in the journal."""
        self.machine.until("pressmark status --json | grep -o '\"openSecurityChanges\" *: *[0-9]*'", r": *0$", 600)

    def usb_storm(self):
        """USB: plugged and unplugged twenty times; online at the end, no descriptor lost"""
        count = "ls /proc/$(systemctl show --property MainPID --value pressmarkd)/fd | wc -l"
        before = int(self.machine.must(count))
        for number in range(20):
            self.pad.unplug()
            time.sleep(0.05 * (number % 4))
            self.pad.plug()
            time.sleep(0.07 * (number % 5))
        self.online("pad-1")
        self.machine.until(count, rf"^({'|'.join(str(n) for n in range(before + 3))})$")
        if self.property("NRestarts") != "0":
            raise Failure("the daemon was started anew")

    def alarm(self, number):
        """Carries an armed item through the gate until the siren sounds."""
        self.twin.ask("enter", "gate-1", item(number))
        self.siren(1)
        self.twin.ask("leave", "gate-1", item(number))

    def gpio(self):
        """GPIO: the siren's line is high in an alarm, a pulled input silences it"""
        self.siren(0)
        self.alarm(10)
        self.machine.must(f"echo pull-up >{self.line(1, 'pull')}")
        self.siren(0)
        self.machine.must(f"echo pull-down >{self.line(1, 'pull')}")
        self.machine.must("pressmark gate unmute gate-1 || pressmark gate unmute || true")

    def gpio_gone(self):
        """GPIO: the chip is taken out and returned; the siren sounds again"""
        self.machine.must(f"date +'%F %T' >/var/tmp/gone; echo 0 >{CHIP}/live")
        self.machine.until("journalctl -u pressmarkd -o cat --since \"$(cat /var/tmp/gone)\"", "gate (in|out)put")
        self.machine.must(f"echo 1 >{CHIP}/live && udevadm settle")
        self.twin.ask("enter", "gate-1", item(11))
        try:
            self.siren(1, 120)
        finally:
            self.twin.ask("leave", "gate-1", item(11))
