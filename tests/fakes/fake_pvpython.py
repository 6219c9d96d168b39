"""A small program that stands in for pvpython: answers `--version`, and as a server speaks the private channel.

FAKE_PVPYTHON holds words, separated by spaces, that say what it does wrong; FAKE_PVPYTHON_TRACE names a file that gets
one JSON line for each start. Like the real one it leaves at the end of stdin and when its parent ends.

    version=5.9.1       what --version says              noversion           --version prints something else and fails
    slow=SECONDS        ready only then                  silent              lives, but never connects
    exit=CODE           ends before it is ready          signal=NUMBER       the same, by a signal
    exit-ready=CODE     ends after it was ready          signal-ready=NUMBER the same, by a signal
    signal-restore=NUMBER  dies when work is to be restored                  only-software=NUMBER  dies with the driver
    stubborn            ignores SIGTERM and end of file  linger              closes its channel and lives on
    garbage             prints 300 kB of binary          wrapper             runs the server as its child
    save                saves work once it is ready      no-pdeathsig        outlives its parent where stdin stays open
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from typing import Any, NoReturn

WORDS = dict(word.partition("=")[::2] for word in os.environ.get("FAKE_PVPYTHON", "").split())


def main() -> None:
    arguments = sys.argv[1:]
    if "--version" in arguments:
        say_version()
    if "wrapper" in WORDS and "--real" not in arguments:
        code = subprocess.call([sys.executable, __file__, "--real", *arguments])
        sys.exit(code if code >= 0 else 128 - code)
    script = arguments[arguments.index("--") + 1]
    sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(script))))
    serve(arguments)


def say_version() -> NoReturn:
    if "noversion" in WORDS:
        sys.stderr.write("something else entirely\n")
        sys.exit(3)
    sys.stdout.write(f"paraview version {WORDS.get('version', '5.11.0')}\n")
    sys.exit(0)


def serve(arguments: list[str]) -> None:
    if "stubborn" in WORDS:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    elif sys.platform == "linux" and "no-pdeathsig" not in WORDS:
        ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)
    config = json.loads(read_line())
    trace(arguments, config)
    threading.Thread(target=watch_stdin, daemon=True).start()
    if "garbage" in WORDS:
        os.write(2, b"\xff\x00\x1b[31mred\x1b[0m" * 20_000)
        os.write(1, b"last words \xe2\x82")
    sys.stdout.write("fake server starts\n")
    sys.stdout.flush()
    if "silent" in WORDS:
        wait_forever()
    end_if_told("exit", "signal")
    if config["restore"]:
        end_if_told("", "signal-restore")
    if os.environ.get("LIBGL_ALWAYS_SOFTWARE") != "1":
        end_if_told("", "only-software")
    talk(config)


def talk(config: dict[str, Any]) -> None:
    from pvw_desktop.protocol import channel as wire
    from pvw_desktop.protocol.framing import MessageReader, pack_message

    link = socket.create_connection((config["host"], config["port"]))

    def send(message: Any) -> None:
        link.sendall(pack_message(wire.encode(message)))

    send(wire.Hello(config["token"], os.getpid()))
    send(wire.Starting("Pretending to load"))
    time.sleep(float(WORDS.get("slow", 0)))
    send(wire.Ready("5.11.0", "3.11.2", "fake renderer", ["vtu"]))
    if "save" in WORDS and config["work"]:
        save(config["work"])
        send(wire.Saved())
    if "linger" in WORDS:
        link.shutdown(socket.SHUT_RDWR)
        wait_forever()
    if "exit-ready" in WORDS or "signal-ready" in WORDS:
        time.sleep(0.1)
        end_if_told("exit-ready", "signal-ready")
    messages = MessageReader()
    while data := link.recv(65536):
        for item in messages.feed(data):
            message = wire.decode_to_server(item)
            if isinstance(message, wire.Quit):
                os._exit(0)
            if isinstance(message, wire.Request) and message.id is not None:
                send(wire.Reply(message.id, {"echo": message.method, "paths": message.paths}))
    if "stubborn" in WORDS:
        wait_forever()
    os._exit(0)


def save(work: str) -> None:
    if os.path.exists(work):
        os.replace(work, f"{work}.previous")
    with open(work, "w", encoding="utf-8") as file:
        file.write(f"work of {os.getpid()}")


def end_if_told(code: str, number: str) -> None:
    if code in WORDS:
        os._exit(int(WORDS[code]))
    if number in WORDS:
        signal.signal(int(WORDS[number]), signal.SIG_DFL) if int(WORDS[number]) != signal.SIGKILL else None
        os.kill(os.getpid(), int(WORDS[number]))


def read_line() -> bytes:
    line = b""
    while not line.endswith(b"\n"):
        piece = os.read(0, 1)
        if not piece:
            os._exit(2)
        line += piece
    return line


def watch_stdin() -> None:
    while os.read(0, 4096):
        pass
    if "stubborn" not in WORDS:
        os._exit(0)


def wait_forever() -> NoReturn:
    while True:
        time.sleep(3600)


def trace(arguments: list[str], config: dict[str, Any]) -> None:
    path = os.environ.get("FAKE_PVPYTHON_TRACE")
    if path:
        entry = {"pid": os.getpid(), "arguments": arguments, "config": config, "environ": dict(os.environ)}
        with open(path, "a", encoding="utf-8") as file:
            file.write(json.dumps(entry) + "\n")


if __name__ == "__main__":
    main()
