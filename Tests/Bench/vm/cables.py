"""What hangs on the machine's cables: readers on serial adapters and on USB, and a library system on the network."""

import socket
import struct
import subprocess
import threading
import time


class Twin:
    """The devices' own side of their protocols, in a process of its own (Tests/Bench/Twin)."""

    def __init__(self, program):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.lock = threading.Lock()

    def ask(self, *words):
        with self.lock:
            self.process.stdin.write(" ".join(str(word) for word in words) + "\n")
            self.process.stdin.flush()
            answer = self.process.stdout.readline().strip()
        if answer.startswith("error") or not answer:
            raise RuntimeError(f"twin: {' '.join(map(str, words))}: {answer}")
        return answer

    def receive(self, reader, data):
        reply = self.ask("receive", reader, data.hex() or "-").split()[0]
        return b"" if reply == "-" else bytes.fromhex(reply)

    def end(self):
        self.process.stdin.close()
        self.process.wait()


class SerialReader:
    """A reader behind one of the machine's serial adapters; connected means plugged in."""

    def __init__(self, twin, name, path):
        self.twin, self.name, self.path = twin, name, path
        self.socket = None

    def plug(self):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(self.path)
        threading.Thread(target=self.serve, args=(self.socket,), daemon=True).start()

    def unplug(self):
        if self.socket:
            self.socket.shutdown(socket.SHUT_RDWR)
            self.socket.close()
            self.socket = None

    def serve(self, line):
        try:
            while data := line.recv(4096):
                if reply := self.twin.receive(self.name, data):
                    line.sendall(reply)
        except OSError:
            pass


class USBReader:
    """FEIG's pad as the host side of the USB redirection protocol: 0ab1:0002, bulk OUT 02 and IN 81."""

    HELLO, CONNECT, DISCONNECT, RESET, INTERFACES, ENDPOINTS, CANCEL, CONTROL, BULK = 0, 1, 2, 3, 4, 5, 21, 100, 101
    CAPABILITIES = 1 << 1 | 1 << 4 | 1 << 5 | 1 << 6
    OK, CANCELLED, STALL = 0, 1, 4
    DEVICE = bytes.fromhex("12010002000000 40b10a020000010102 0301".replace(" ", ""))
    CONFIGURATION = bytes.fromhex("0902200001010080320904000002ff00000007050202400000" "07058102400000")
    STRINGS = {0: b"\x04\x03\x09\x04", 1: "FEIG", 2: "OBID", 3: "PAD1"}

    def __init__(self, twin, name, path):
        self.twin, self.name, self.path = twin, name, path
        self.socket = None
        self.lock = threading.Lock()
        # Asked for each frame of the host: None lets it through, "before" and "after" swallow it before or after the
        # device has obeyed, and nothing is answered any more.
        self.swallow = lambda frame: None
        self.swallowed = threading.Event()

    def plug(self):
        self.waiting, self.answers, self.is_mute = [], b"", False
        self.is_long = False
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(self.path)
        threading.Thread(target=self.serve, args=(self.socket,), daemon=True).start()

    def unplug(self):
        if self.socket:
            try:
                self.socket.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            self.socket.close()
            self.socket = None

    def send(self, line, kind, number, body):
        head = struct.pack("<IIQ" if self.is_long else "<III", kind, len(body), number)
        with self.lock:
            line.sendall(head + body)

    def take(self, line, count):
        data = b""
        while len(data) < count:
            part = line.recv(count - len(data))
            if not part:
                raise OSError("closed")
            data += part
        return data

    def serve(self, line):
        try:
            self.send(line, self.HELLO, 0, b"pressmark bench".ljust(64, b"\0") + struct.pack("<I", self.CAPABILITIES))
            while True:
                size = 16 if self.is_long else 12
                kind, length, number = struct.unpack("<IIQ" if self.is_long else "<III", self.take(line, size))
                self.obey(line, kind, number, self.take(line, length))
        except OSError:
            pass

    def obey(self, line, kind, number, body):
        if kind == self.HELLO:
            self.is_long = True
            self.appear(line)
        elif kind in (6, 7):
            self.send(line, 8, number, bytes([self.OK, 1]))
        elif kind in (9, 10):
            self.send(line, 11, number, bytes([self.OK, body[0], 0]))
        elif kind == self.CONTROL:
            self.control(line, number, body)
        elif kind == self.BULK:
            self.bulk(line, number, body)
        elif kind == self.CANCEL:
            for entry in list(self.waiting):
                if entry[0] == number:
                    self.waiting.remove(entry)
                    self.send(line, self.BULK, number, self.bulk_head(0x81, self.CANCELLED, 0))

    def appear(self, line):
        one = lambda value: bytes([value]) + bytes(31)  # noqa: E731
        self.send(line, self.INTERFACES, 0, struct.pack("<I", 1) + one(0) + one(0xFF) + one(0) + one(0))
        types, sizes = bytearray([255] * 32), [0] * 32
        types[0] = types[16] = 0
        types[2] = types[17] = 2
        sizes[0] = sizes[2] = sizes[16] = sizes[17] = 64
        self.send(line, self.ENDPOINTS, 0, bytes(types) + bytes(32) + bytes(32) + struct.pack("<32H", *sizes))
        self.send(line, self.CONNECT, 0, struct.pack("<BBBBHHH", 1, 0, 0, 0, 0x0AB1, 0x0002, 0x0100))

    def control(self, line, number, body):
        endpoint, request, kind, _, value, index, length = struct.unpack("<BBBBHHH", body[:10])
        data, status = b"", self.OK
        if kind & 0x80 and request == 6:
            which, place = value >> 8, value & 0xFF
            if which == 1:
                data = self.DEVICE
            elif which == 2:
                data = self.CONFIGURATION
            elif which == 3 and place in self.STRINGS:
                text = self.STRINGS[place]
                data = text if place == 0 else bytes([2 + 2 * len(text), 3]) + text.encode("utf-16-le")
            else:
                status = self.STALL
        elif kind & 0x80 and request == 0:
            data = b"\0\0"
        elif kind & 0x60:
            status = self.STALL
        data = data[:length]
        head = struct.pack("<BBBBHHH", endpoint, request, kind, status, value, index, len(data))
        self.send(line, self.CONTROL, number, head + data)

    @staticmethod
    def bulk_head(endpoint, status, length):
        return struct.pack("<BBHIH", endpoint, status, length & 0xFFFF, 0, length >> 16)

    def bulk(self, line, number, body):
        endpoint, _, low, _, high = struct.unpack("<BBHIH", body[:10])
        if endpoint & 0x80:
            self.waiting.append((number, low | high << 16))
        else:
            frame = body[10:]
            self.send(line, self.BULK, number, self.bulk_head(endpoint, self.OK, low))
            if not self.is_mute:
                fate = self.swallow(frame)
                reply = b"" if fate == "before" else self.twin.receive(self.name, frame)
                if fate:
                    self.is_mute = True
                    self.swallowed.set()
                else:
                    self.answers += reply
        while self.waiting and self.answers:
            number, length = self.waiting.pop(0)
            part, self.answers = self.answers[:length], self.answers[length:]
            self.send(line, self.BULK, number, self.bulk_head(0x81, self.OK, len(part)) + part)


class LibrarySystem:
    """A library system's port on this machine, which the virtual one reaches as 10.0.2.2."""

    def __init__(self, twin):
        self.twin = twin
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        number = 0
        while True:
            call, _ = self.listener.accept()
            number += 1
            threading.Thread(target=self.serve, args=(call, number), daemon=True).start()

    def serve(self, call, number):
        self.twin.ask("call", number)
        try:
            while data := call.recv(4096):
                for step in self.twin.ask("ask", number, data.hex()).split():
                    word, _, value = step.partition(":")
                    if word == "send":
                        call.sendall(bytes.fromhex(value))
                    elif word == "wait":
                        time.sleep(int(value) / 1e6)
                    elif word == "hangup":
                        call.close()
                        return
        except OSError:
            pass
