"""The bench's virtual machine: started, spoken to through its agent, and cut off from power."""

import base64
import os
import re
import shutil
import signal
import socket
import subprocess
import time


class Failure(Exception):
    """Something was not as it should be; the text says what was found."""


class Machine:
    """One machine with a disk that outlives it. Limits are wide: emulated processors on a busy host are slow."""

    BOOT = 600

    def __init__(self, cache, folder, disk, package):
        self.cache, self.folder, self.disk, self.package = cache, folder, disk, package
        self.process = None
        self.number = 0

    def path(self, name):
        return os.path.join(self.folder, name)

    def start(self):
        for name in ("agent", "usb", "wand", "gate"):
            if os.path.exists(self.path(name)):
                os.unlink(self.path(name))
        with open("/proc/cpuinfo", encoding="ascii", errors="ignore") as file:
            hardware = re.search(r"\b(vmx|svm)\b", file.read()) and os.access("/dev/kvm", os.W_OK)
        self.accelerator = "kvm" if hardware else "tcg,thread=multi"
        # A bench that is stopped from outside leaves no machine behind.
        command = ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []
        command += ["qemu-system-x86_64", "-machine", "q35", "-accel", self.accelerator, "-cpu", "max", "-smp", "2", "-m", "1024"]
        command += ["-nodefaults", "-no-user-config", "-display", "none", "-no-reboot"]
        command += ["-serial", "file:" + self.path("console")]
        command += ["-kernel", os.path.join(self.cache, "vmlinuz"), "-initrd", os.path.join(self.cache, "boot")]
        command += ["-append", "console=ttyS0 panic=-1 quiet mitigations=off tsc=reliable net.ifnames=0 systemd.show_status=0"]
        command += ["-drive", f"file={self.disk},if=virtio,format=raw,cache=writeback"]
        command += ["-drive", f"file={self.package},if=virtio,format=raw,readonly=on"]
        command += ["-device", "qemu-xhci,id=xhci", "-device", "virtio-serial-pci"]
        command += ["-chardev", f"socket,id=agent,path={self.path('agent')},server=on,wait=off"]
        command += ["-device", "virtserialport,chardev=agent,name=bench"]
        command += ["-netdev", "user,id=net", "-device", "virtio-net-pci,netdev=net,romfile="]
        command += ["-chardev", f"socket,id=usb,path={self.path('usb')},server=on,wait=off"]
        command += ["-device", "usb-redir,chardev=usb,bus=xhci.0"]
        for name in ("wand", "gate"):
            command += ["-chardev", f"socket,id={name},path={self.path(name)},server=on,wait=off"]
            command += ["-device", f"usb-serial,chardev={name},bus=xhci.0,serial={name.upper()}1"]
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        deadline = time.monotonic() + self.BOOT
        while not os.path.exists(self.path("agent")):
            if self.process.poll() is not None:
                raise Failure("the machine did not start: " + self.process.stderr.read())
            time.sleep(0.05)
        self.port = socket.socket(socket.AF_UNIX)
        self.port.connect(self.path("agent"))
        self.buffer = b""
        while True:
            # What was said before the agent listened may be lost: ask again.
            try:
                if self.run("echo here", limit=20)[1].strip() == "here":
                    return
            except TimeoutError:
                pass
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise Failure("no word from the machine, its console said: " + self.console())

    def console(self):
        with open(self.path("console"), encoding="utf-8", errors="replace") as file:
            return file.read()[-3000:]

    def run(self, command, limit=300):
        """Runs a command in the machine: how it ended, and what it said."""
        self.number += 1
        text = base64.b64encode(command.encode()).decode()
        self.port.sendall(f"{self.number} {limit} {text}\n".encode())
        deadline = time.monotonic() + limit + 30
        while True:
            while b"\n" in self.buffer:
                line, self.buffer = self.buffer.split(b"\n", 1)
                words = line.decode(errors="replace").split()
                if len(words) >= 2 and words[0] == str(self.number):
                    output = base64.b64decode(words[2]).decode(errors="replace") if len(words) > 2 else ""
                    return int(words[1]), output.rstrip("\n")
            rest = deadline - time.monotonic()
            if rest <= 0:
                raise TimeoutError(command)
            self.port.settimeout(rest)
            data = self.port.recv(65536)
            if not data:
                raise Failure("the machine is gone: " + self.console())
            self.buffer += data

    def must(self, command, limit=300):
        """What a command said that has to end well."""
        status, output = self.run(command, limit)
        if status != 0:
            raise Failure(f"{command}\nended with {status}: {output[-2000:]}")
        return output

    def write(self, path, text):
        data = base64.b64encode(text.encode()).decode()
        self.must(f"base64 -d >'{path}' <<<'{data}'")

    def until(self, command, wanted, limit=300):
        """Repeats a command until it says what is wanted (a regular expression); what it said then."""
        deadline = time.monotonic() + limit
        while True:
            status, output = self.run(command)
            if status == 0 and re.search(wanted, output, re.S):
                return output
            if time.monotonic() > deadline:
                raise Failure(f"{command}\nfound {output[-1500:]}\nwanted {wanted}")
            time.sleep(0.2)

    def cut(self):
        """Takes the power away: nothing in the machine has a say."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.port.close()
