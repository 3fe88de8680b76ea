"""A proxy that limits how fast each connection to a server can read, as the storage of a restored instance does."""

import socket
import threading
import time


def start(port, rate):
    """Listens on a port of its own until the process ends, and returns it. The rate is in bytes per second."""
    listener = socket.create_server(("127.0.0.1", 0))

    def accept():
        while True:
            client, _ = listener.accept()
            server = socket.create_connection(("127.0.0.1", port))
            threading.Thread(target=copy, args=(client, server, None), daemon=True).start()
            threading.Thread(target=copy, args=(server, client, rate), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return listener.getsockname()[1]


def copy(source, target, rate):
    due = time.monotonic()
    try:
        while data := source.recv(1 << 14):
            target.sendall(data)
            if rate:
                due = max(due, time.monotonic() - 0.1) + len(data) / rate
                time.sleep(max(0, due - time.monotonic()))
    except OSError:
        pass  # The other side has closed the connection.
    finally:
        for each in (source, target):
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
