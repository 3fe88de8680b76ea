"""Presses Tab in bash, zsh and fish, which find the completions of decant in the folder `share` of an installation.

Call: completion.py FOLDER, for example /usr/share. Nothing of decant itself is run.
"""

import os
import pathlib
import pty
import select
import subprocess
import sys
import time

SECONDS = 30
CASES = [("decant pul", "decant pull"), ("decant pull --embe", "decant pull --embedded")]


def main():
    share = pathlib.Path(sys.argv[1]).resolve()
    for typed, expected in CASES:
        check("bash", typed, bash(share / "bash-completion/completions/decant", typed), expected)
        check("zsh", typed, zsh(share / "zsh", typed, expected), expected)
        check("fish", typed, fish(share / "fish/vendor_completions.d/decant.fish", typed), expected)
    print(f"completion: bash, zsh and fish complete the commands and options of decant from {share}")


def check(shell, typed, text, expected):
    if expected.split()[-1] not in text or "not found" in text:
        sys.exit(f".ci/completion.py: {shell} completed {typed!r} to {text!r} in place of {expected!r}.")


def run(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=SECONDS, check=True, text=True).stdout


def bash(file, typed):
    words = typed.split()
    return run("bash", "-c", f"source '{file}'; COMP_WORDS=({typed}); COMP_CWORD={len(words) - 1}; "
               "_complete_decant; printf '%s\\n' \"${COMPREPLY[@]}\"")


def fish(file, typed):
    return run("fish", "--no-config", "-c", f"source '{file}'; complete -C '{typed}'")


def zsh(folder, typed, expected):
    """zsh completes only for a person at a terminal, so this one gets a terminal."""
    folders = " ".join(str(f) for f in folder.iterdir())
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvpe("zsh", ["zsh", "-f", "-i"], {"PATH": os.environ["PATH"], "HOME": "/", "TERM": "dumb", "PS1": "> "})
    try:
        os.write(terminal, f"fpath=({folders} $fpath); autoload -U compinit; compinit -u -D; print rea''dy\n".encode())
        started = until(terminal, "ready")
        os.write(terminal, typed.encode() + b"\t")
        return until(terminal, expected) if "ready" in started else started
    finally:
        os.close(terminal)
        os.waitpid(pid, 0)


def until(terminal, expected):
    """What the terminal shows until it has shown the text, or until the time is over."""
    text, end = "", time.monotonic() + SECONDS
    while expected not in text and time.monotonic() < end:
        if select.select([terminal], [], [], 1)[0]:
            text += os.read(terminal, 65536).decode(errors="replace")
    return text


if __name__ == "__main__":
    main()
