"""Runs SanitizeSnapshot, RefreshStaging and SweepTargets in a sandbox like Lambda's.

It checks their answers, and the files that they leave. The script sandbox describes the set-up."""
import argparse
import base64
import contextlib
import errno
import fnmatch
import json
import os
import pathlib
import platform
import re
import socket
import struct
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

HANDLERS = {"SanitizeSnapshot": "dev.decant.lambda.SanitizeSnapshotHandler",
            "RefreshStaging": "dev.decant.lambda.RefreshStagingHandler",
            "SweepTargets": "dev.decant.lambda.SweepTargetsHandler"}
PACKAGES = {"SanitizeSnapshot": "functions", "RefreshStaging": "refresh", "SweepTargets": "refresh"}
USER, GROUP = 993, 990
MEMORY = 2048
MEMORY_OF_A_CPU = 1769
KEY = "snapshots/shop/production/shop_20260323-060000.sql"
NAME = "shop/production/shop_20260323-060000"
CANARY = "canary.7f3a@example.com"

POLICY = """version: 1
tables:
  public.users:
    keep: [id]
    columns: { email: email }
"""

TARGETS = """version: 1
targets:
  staging:
    database: postgresql://app@127.0.0.1:{port}/app
    password-env: STAGING_PASSWORD
    allow-refresh: true
    confirm: 127.0.0.1
    snapshots: shop/production
"""

DUMP = f"""--
-- PostgreSQL database dump
--

-- Dumped from database version 18.1
-- Dumped by pg_dump version 18.1

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: users; Type: TABLE; Schema: public; Owner: app
--

CREATE TABLE public.users (
    id bigint NOT NULL,
    email text NOT NULL
);


ALTER TABLE public.users OWNER TO app;

--
-- Data for Name: users; Type: TABLE DATA; Schema: public; Owner: app
--

COPY public.users (id, email) FROM stdin;
1\t{CANARY}
2\tsecond.person@example.com
\\.


--
-- Name: users users_email_key; Type: CONSTRAINT; Schema: public; Owner: app
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_email_key UNIQUE (email);


--
-- Name: users users_pkey; Type: CONSTRAINT; Schema: public; Owner: app
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);


--
-- PostgreSQL database dump complete
--

"""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Limits:
    """Lambda's limits of memory and CPU, by control groups of version 1 or 2. If this machine does not allow them, it says so."""

    def __init__(self):
        self.groups, self.version = [], None
        name = f"decant-sandbox-{os.getpid()}"
        cpus = MEMORY / MEMORY_OF_A_CPU
        try:
            if not self.version1(name, cpus):
                self.version2(name, cpus)
        except OSError as failure:
            self.remove()
            print(f"sandbox: there are NO LIMITS of memory and CPU: {failure}. The function can use the whole machine.", flush=True)
        else:
            print(f"sandbox: limits of control groups v{self.version}: {MEMORY} MB, {cpus:.2f} CPUs", flush=True)

    def version1(self, name, cpus):
        mine = {}
        for line in pathlib.Path("/proc/self/cgroup").read_text().splitlines():
            _, controllers, path = line.split(":", 2)
            mine |= {controller: path for controller in controllers.split(",") if controller}
        if not {"memory", "cpu"} <= mine.keys():
            return False
        limits = {"memory": {"memory.limit_in_bytes": MEMORY << 20},
                  "cpu": {"cpu.cfs_period_us": 100000, "cpu.cfs_quota_us": int(cpus * 100000)}}
        for controller, values in limits.items():
            self.make(pathlib.Path(f"/sys/fs/cgroup/{controller}{mine[controller]}") / name, values)
        self.version, self.peak = 1, self.groups[0] / "memory.max_usage_in_bytes"
        return True

    def version2(self, name, cpus):
        root = pathlib.Path("/sys/fs/cgroup")
        if not {"memory", "cpu"} <= set((root / "cgroup.controllers").read_text().split()):
            raise OSError("the control groups of this machine have no memory and cpu controllers")
        (root / "cgroup.subtree_control").write_text("+memory +cpu")
        self.make(root / name, {"memory.max": MEMORY << 20, "cpu.max": f"{int(cpus * 100000)} 100000"})
        self.version, self.peak = 2, self.groups[0] / "memory.peak"

    def make(self, group, values):
        group.mkdir()
        self.groups.append(group)
        for file, value in values.items():
            (group / file).write_text(str(value))

    def join(self):
        """Must be called in the child process."""
        for group in self.groups:
            (group / "cgroup.procs").write_text(str(os.getpid()))

    def report(self):
        if self.version:
            throttled = re.search(r"nr_throttled (\d+)", (self.groups[-1] / "cpu.stat").read_text())[1]
            print(f"sandbox: used at most {int(self.peak.read_text()) >> 20} of {MEMORY} MB, including the page cache; CPU throttled {throttled} times", flush=True)

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.remove()

    def remove(self):
        for group in self.groups:
            for _ in range(50):
                with contextlib.suppress(OSError):
                    group.rmdir()
                    break
                time.sleep(0.1)
        self.groups = []


@contextlib.contextmanager
def process(command, log, port, environment=None, join=None, stdin=os.devnull):
    """A process that listens on a port. It is stopped at the end."""
    with open(log, "wb") as out, open(stdin, "rb") as given:
        running = subprocess.Popen(command, stdin=given, stdout=out, stderr=subprocess.STDOUT, env=environment, preexec_fn=join)
    try:
        wait(running, port, log)
        yield running
    finally:
        running.terminate()
        try:
            running.wait(10)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()


def wait(running, port, log):
    for _ in range(600):
        if running.poll() is not None:
            sys.exit(f"{running.args[0]} ended:\n{log.read_text(errors='replace')}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
            return
        time.sleep(0.1)
    sys.exit(f"{running.args[0]} does not listen:\n{log.read_text(errors='replace')}")


class S3:
    def __init__(self, port):
        self.url = f"http://127.0.0.1:{port}"

    def put(self, path, text):
        urllib.request.urlopen(urllib.request.Request(f"{self.url}/{path}", text.encode(), method="PUT")).close()

    def get(self, path):
        with urllib.request.urlopen(f"{self.url}/{path}") as answer:
            return answer.read()

    def keys(self, bucket):
        return sorted(re.findall(r"<Key>([^<]+)</Key>", self.get(f"{bucket}?list-type=2").decode()))


class Function:
    """A function under the emulator. Only one call at a time is possible, because a second one crashes the emulator."""

    def __init__(self, port):
        self.url = f"http://127.0.0.1:{port}/2015-03-31/functions/function/invocations"

    def call(self, event):
        start = time.monotonic()
        request = urllib.request.Request(self.url, json.dumps(event).encode())
        with urllib.request.urlopen(request, timeout=120) as answer:
            body = self.body = answer.read().decode()
        print(f"{json.dumps(event)[:100]}: {time.monotonic() - start:.1f} s", flush=True)
        return json.loads(body)


def without_shmget(work):
    """The options of bwrap that let the system call shmget fail with ENOSYS, and the file with the filter."""
    call = {"x86_64": 29, "aarch64": 194}[platform.machine()]
    # A program of BPF: load the number of the call; if it is that of shmget, return ENOSYS, or else allow the call.
    program = ((0x20, 0, 0, 0), (0x15, 0, 1, call), (6, 0, 0, 0x50000 | errno.ENOSYS), (6, 0, 0, 0x7FFF0000))
    (work / "noshm.bpf").write_bytes(b"".join(struct.pack("<HBBI", *instruction) for instruction in program))
    return ["--seccomp", "0"]


def without_libstdcxx():
    """The options of bwrap that put an empty device in the place of libstdc++. Lambda's Java runtime itself needs libgcc."""
    files = {file.resolve() for folder in ("/usr/lib", "/usr/lib64") for file in pathlib.Path(folder).glob("**/libstdc++.so.6")}
    return [part for file in sorted(files) for part in ("--ro-bind", "/dev/null", str(file))]


def sandbox(options, port, s3, function, variant=(), tmp=None):
    """The command that runs the emulator in an environment like that of Lambda."""
    work = options.work
    (work / "tmp").mkdir(exist_ok=True)
    # As on Lambda, the user has an entry in /etc/passwd, which initdb needs.
    (work / "passwd").write_text(f"root:x:0:0:root:/root:/bin/sh\nsbx_user1051:x:{USER}:{GROUP}::/home/sbx_user1051:/sbin/nologin\n")
    devices = [d for name in ("null", "zero", "random", "urandom") for d in ("--dev-bind", f"/dev/{name}", f"/dev/{name}")]
    libraries = []
    for name in ("lib", "lib64", "bin"):
        path = pathlib.Path("/" + name)
        if path.is_symlink():
            libraries += ["--symlink", os.readlink(path), str(path)]
        elif path.exists():
            libraries += ["--ro-bind", str(path), str(path)]
    variables = {
        "PATH": "/var/lang/bin:/usr/bin:/bin", "LANG": "en_US.UTF-8", "TZ": ":UTC",
        "LD_LIBRARY_PATH": "/var/lang/lib:/var/task:/var/task/lib",
        "LAMBDA_TASK_ROOT": "/var/task", "LAMBDA_RUNTIME_DIR": "/var/runtime", "_HANDLER": HANDLERS[function],
        "AWS_LAMBDA_FUNCTION_NAME": function, "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(MEMORY), "AWS_LAMBDA_FUNCTION_TIMEOUT": "120",
        "AWS_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "none", "AWS_SECRET_ACCESS_KEY": "none", "AWS_SESSION_TOKEN": "none",
        "AWS_ENDPOINT_URL": s3.url,
        "JAVA_TOOL_OPTIONS": f"-XX:-HeapDumpOnOutOfMemoryError -XX:-CreateCoredumpOnCrash -XX:ErrorFile=/dev/null -XX:-DumpReplayDataOnError -Xmx512m -XX:MaxRAM={MEMORY}m -XX:+UseParallelGC --enable-native-access=ALL-UNNAMED",
        "DECANT_POLICY": "policy/policy.yaml", "DECANT_STORE": "s3://sanitized/sanitized-snapshots",
        "DECANT_KEY": base64.b64encode(bytes(range(32))).decode(), "DECANT_CACHE": "/tmp/decant-cache",
        "DECANT_TARGETS": "policy/targets.yaml", "STAGING_PASSWORD": CANARY,
    }
    return [
        "bwrap", "--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--die-with-parent", "--clearenv",
        "--uid", str(USER), "--gid", str(GROUP), "--ro-bind", "/usr", "/usr", *variant, *libraries,
        "--dir", "/etc", "--ro-bind", str(work / "passwd"), "/etc/passwd", "--ro-bind", "/etc/ssl", "/etc/ssl",
        "--proc", "/proc", "--tmpfs", "/dev", *devices, "--remount-ro", "/dev", *(tmp or ("--bind", str(work / "tmp"), "/tmp")),
        "--ro-bind", str(work / PACKAGES[function]), "/var/task", "--ro-bind", str(options.java_home), "/var/lang",
        "--ro-bind", str(options.runtime), "/var/runtime/lib", "--ro-bind", str(options.emulator), "/var/runtime/rie",
        "--dir", "/opt", "--remount-ro", "/", "--chdir", "/var/task",
        *[part for name, value in variables.items() for part in ("--setenv", name, value)],
        "/var/runtime/rie", "--runtime-interface-emulator-address", f"127.0.0.1:{port}",
        "--runtime-api-address", f"127.0.0.1:{free_port()}",
        "/var/lang/bin/java", "-cp", "/var/runtime/lib/*",
        "com.amazonaws.services.lambda.runtime.api.client.AWSLambda", HANDLERS[function],
    ]


def holds(condition, what, seen):
    if not condition:
        raise AssertionError(f"{what}; seen: {json.dumps(seen, indent=1, default=str)}")


def self_test(function):
    report = function.call({"selfTest": True})
    holds(report.get("ready") is True, "the embedded PostgreSQL must start in the sandbox", report)
    holds(report["shmget"] == "ok", "shmget", report)
    failed = [check["name"] for check in report["checks"] if not check["ok"]]
    holds(failed == [], "every check of the self-test", report)
    holds(report["user"]["id"] == USER and report["user"]["inPasswd"], "Lambda's user", report)
    holds(report["devShm"] is False, "no /dev/shm", report)
    holds(report["temporary"]["freeBytes"] > 0, "free bytes of /tmp", report)
    holds(report["java"]["version"].startswith("25"), "Java 25", report)
    print("self-test:", json.dumps(report["postgresql"]))


def sanitized(function):
    """A sandbox in which PostgreSQL starts, and a run publishes its dump."""
    self_test(function)
    answer = function.call({"source": f"s3://raw/{KEY.replace('060000', '090000')}"})
    holds(answer.get("status") == "published", "the dump is published", answer)


def refused_start(function, check, expected):
    """A sandbox in which PostgreSQL cannot start. The self-test names the reason and the ways out, and so does a run."""
    report = function.call({"selfTest": True})
    holds(report.get("ready") is False, "PostgreSQL must not start in this variant", report)
    failed = {found["name"]: found for found in report["checks"] if not found["ok"]}
    holds(list(failed) == [check], f"only the check {check} fails", report)
    holds("Fargate" in failed[check]["wayOut"] and "Scratch" in failed[check]["wayOut"], "the ways out", report)
    answer = function.call({"source": f"s3://raw/{KEY.replace('060000', '090000')}"})
    holds(answer.get("errorMessage", "").startswith("SCRATCH_FAILED: "), "a run reports the same failure", answer)
    holds(expected in answer["errorMessage"], "the reason of the failure", answer)


def state(name):
    """A state of the workflow that calls SanitizeSnapshot."""
    machine = pathlib.Path(__file__).parent.parent / "statemachine/sanitize.asl.json"
    return json.loads(machine.read_text())["States"][name]


def retried(answer):
    """Whether the workflow calls the function again. Step Functions compares the errorType of the answer."""
    return any(answer["errorType"] in retry["ErrorEquals"] for retry in state("SanitizeOnLambda")["Retry"])


def full_disk(function):
    """A dump for which /tmp is too small. The workflow must recognize this failure, and give the dump to a task.

    The runtime client's answer is what Step Functions gets as the Cause of the error, byte for byte."""
    answer = function.call({"source": f"s3://raw/{KEY.replace('060000', '090000')}"})
    holds(answer.get("errorMessage", "").startswith("DISK_FULL: "), "the disk is full", answer)
    holds(not retried(answer), "the function is not called again", answer)
    to_a_task = [choice for choice in state("FunctionEnded")["Choices"] if choice["Next"] == "MoreDisk"]
    patterns = [rule["StringMatches"] for choice in to_a_task for rule in choice["Or"]]
    holds(any(fnmatch.fnmatchcase(function.body, pattern) for pattern in patterns), f"one of {patterns}", function.body)


def unknown_event(function):
    answer = function.call({"source": CANARY})
    holds(answer.get("errorMessage", "").startswith("USAGE: "), "an unknown event is refused", answer)
    holds(CANARY not in json.dumps(answer), "an event's text is not repeated", answer)
    holds(not retried(answer), "the workflow does not repeat a wrong event", answer)


def skipped(function):
    answer = function.call({"source": f"s3://raw/{KEY}.md5"})
    holds(answer.get("status") == "skipped", "a sidecar is skipped", answer)
    answer = function.call({"source": f"s3://sanitized/sanitized-snapshots/{NAME}.sql.zst"})
    holds(answer.get("errorMessage", "").startswith("REFUSED: "), "a sanitized snapshot is refused as a source", answer)


def published(function, s3):
    event = {"source": "aws.s3", "detail-type": "Object Created",
             "detail": {"bucket": {"name": "raw"}, "object": {"key": KEY}}}
    answer = function.call(event)
    holds(answer.get("status") == "published", "the dump is published", answer)
    holds(answer["snapshot"] == NAME and answer["rows"] == 2, "name and rows", answer)
    keys = s3.keys("sanitized")
    for suffix in (".sql.zst", ".sql.zst.md5", ".report.html", ".manifest.json"):
        holds(f"sanitized-snapshots/{NAME}{suffix}" in keys, f"{suffix} is published", keys)
    manifest = json.loads(s3.get(f"sanitized/sanitized-snapshots/{NAME}.manifest.json"))
    holds(CANARY not in json.dumps(manifest), "no raw value in the manifest", manifest)
    again = function.call(event)
    holds(again.get("status") == "duplicate", "a second event is a duplicate", again)
    holds(s3.keys("sanitized") == keys, "a duplicate publishes nothing", s3.keys("sanitized"))


def rejected_row(function, s3):
    """A row that PostgreSQL rejects. Its error quotes the value, and the answer and the log must not."""
    s3.put(f"raw/{KEY.replace('060000', '080000')}", DUMP.replace(f"1\t{CANARY}", f"{CANARY}\t{CANARY}"))
    answer = function.call({"source": f"s3://raw/{KEY.replace('060000', '080000')}"})
    holds(answer.get("errorMessage", "").startswith("DATABASE_FAILED: "), "a row that is rejected ends the call", answer)
    holds("public.users" in answer["errorMessage"] and "row 1" in answer["errorMessage"], "table and row are named", answer)
    holds(CANARY not in json.dumps(answer), "the row is not shown", answer)


def log_lines(log):
    """Each line of the function's own log is JSON. Those with metrics name members of the line."""
    lines = [json.loads(line) for line in log.read_text(errors="replace").splitlines() if line.startswith('{"timestamp"')]
    events = {line.get("event") for line in lines}
    expected = {"sanitize-begin", "table", "sanitize-end", "sanitize-metrics", "stage-metrics", "failed"}
    holds(expected <= events, "events of the log", sorted(filter(None, events)))
    for line in lines:
        if line.get("event") == "failed":
            holds(line["exception"] and line["stack"], "a failure names the classes of its exceptions", line)
        for directive in line.get("_aws", {}).get("CloudWatchMetrics", []):
            names = [metric["Name"] for metric in directive["Metrics"]] + directive["Dimensions"][0]
            holds(all(name in line for name in names), "metrics are members of their line", line)


def package_policy(work, text):
    """Puts a policy into the function's package."""
    folder = work / "functions" / "policy"
    folder.mkdir(mode=0o755, exist_ok=True)
    (folder / "policy.yaml").write_text(text)
    (folder / "policy.yaml").chmod(0o644)


def bad_policy(function, s3, work):
    package_policy(work, POLICY.replace("{ email: email }", "{}"))
    s3.put(f"raw/{KEY.replace('060000', '070000')}", DUMP)
    before = s3.keys("sanitized")
    answer = function.call({"source": f"s3://raw/{KEY.replace('060000', '070000')}"})
    holds(answer.get("errorMessage", "").startswith("POLICY_INVALID: "), "a column without a rule is refused", answer)
    holds("email" in answer["errorMessage"], "the column is named", answer)
    after = [key for key in s3.keys("sanitized") if "/.runs/" not in key]
    holds(set(after) <= set(before), "a refused dump publishes nothing", after)


def refreshed(function):
    """Tests the guards and an unreachable server, because there is no staging database."""
    answer = function.call({"target": "staging", "confirm": "another"})
    holds(answer.get("errorMessage", "").startswith("REFUSED: "), "a host that was not typed is refused", answer)
    answer = function.call({"target": "staging", "confirm": "127.0.0.1", "dryRun": True})
    holds(re.match("DATABASE_[A-Z]+: ", answer.get("errorMessage", "")), "an unreachable server is reported", answer)
    holds(retried(answer), "the workflow repeats a call that may succeed later", answer)
    holds(CANARY not in json.dumps(answer), "the password is not shown", answer)


@contextlib.contextmanager
def server(options, port):
    """A real server for the target of TARGETS. It yields a function that runs SQL there."""
    with tempfile.TemporaryDirectory(prefix="decant-server-") as place:
        os.chmod(place, 0o755)
        command = [pathlib.Path(__file__).parent / "postgres-server", "18", f"{place}/18", str(port)]
        with process(command, options.work / "server.log", port):
            psql = [options.clients / "18/bin/psql", "-h", "127.0.0.1", "-p", str(port), "-U", "app", "-d", "postgres", "-Atc"]
            yield lambda sql: subprocess.run([*psql, sql], check=True, capture_output=True, text=True).stdout.split()


def swept(function, sql, log):
    """Tests a sweep of a target, with a database that a killed refresh left on a real server."""
    left, previous = "app_next_20260101000000", "app_previous_20260101000000"
    for name in (left, previous):
        sql(f"CREATE DATABASE {name}")
    databases = "SELECT datname FROM pg_database WHERE datname LIKE 'app%' ORDER BY 1"
    answer = function.call({"dryrun": True})
    holds(answer.get("errorMessage", "").startswith("USAGE: SweepTargets "), "an unknown event is refused", answer)
    answer = function.call({"dryRun": True})
    holds([each["name"] for each in answer["found"]] == [left], "a dry run finds the database", answer)
    holds(sql(databases) == [left, previous], "a dry run drops nothing", sql(databases))
    answer = function.call({"dryRun": False})
    holds(answer["status"] == "swept" and [each["name"] for each in answer["deleted"]] == [left], "the database is dropped", answer)
    holds(sql(databases) == [previous], "only the database of the killed refresh is dropped", sql(databases))
    orphans = [line for line in log.read_text(errors="replace").splitlines() if '"Orphans":0' in line]
    holds(len(orphans) == 2, "each sweep writes the metric Orphans", orphans)
    holds(CANARY not in log.read_text(errors="replace"), "the password is not in the log", [])


def clean(tmp, log):
    """No data directory, spool or server may be left, except the files that are kept for the next call."""
    left = [str(path.relative_to(tmp)) for path in tmp.rglob("*")]
    # These are the cache, the folder of the embedded servers, and files of Java, its runtime client and zstd-jni.
    kept = r"decant-cache(/.*)?|decant-postgres-\d+|decant-work|hsperfdata.*|\.?lib(aws-lambda|zstd)-jni.*"
    odd = [path for path in left if not re.fullmatch(kept, path)]
    holds(not odd, "/tmp is clean", odd)
    holds(CANARY not in log.read_text(errors="replace"), "no raw value in the log", [])
    for path in tmp.rglob("*"):
        if path.is_file():
            holds(CANARY.encode() not in path.read_bytes(), "no raw value in /tmp", path)


def main():
    parser = argparse.ArgumentParser()
    for name in ("work", "emulator", "runtime", "java-home", "s3mock", "clients"):
        parser.add_argument("--" + name, type=pathlib.Path, required=True)
    options = parser.parse_args()
    s3_port, port = free_port(), free_port()
    s3 = S3(s3_port)
    mock = [options.java_home / "bin/java", "-Xmx256m", "-jar", options.s3mock, "--server.address=127.0.0.1",
            "--server.ssl.enabled=false", f"--server.port={s3_port}", "--http.port=0",
            f"--com.adobe.testing.s3mock.store.root={options.work}/s3",
            "--com.adobe.testing.s3mock.store.initial-buckets=raw,sanitized"]
    log = options.work / "function.log"
    with Limits() as limits, process(mock, options.work / "s3mock.log", s3_port):
        package_policy(options.work, POLICY)
        (options.work / "refresh/policy").mkdir(mode=0o755, exist_ok=True)
        (options.work / "refresh/policy/targets.yaml").write_text(TARGETS.format(port=free_port()))
        s3.put(f"raw/{KEY}", DUMP)
        with process(sandbox(options, port, s3, "SanitizeSnapshot"), log, port, join=limits.join):
            try:
                function = Function(port)
                self_test(function)
                unknown_event(function)
                skipped(function)
                published(function, s3)
                rejected_row(function, s3)
                log_lines(log)
                bad_policy(function, s3, options.work)
                clean(options.work / "tmp", log)
                limits.report()
            except (AssertionError, OSError, KeyError) as failure:
                print(log.read_text(errors="replace"), file=sys.stderr)
                sys.exit(f"sandbox: {failure!r}" if not isinstance(failure, AssertionError) else f"sandbox: {failure}")
        package_policy(options.work, POLICY)
        s3.put(f"raw/{KEY.replace('060000', '090000')}", DUMP)
        variants = {"space in /tmp": ((), full_disk, ("--size", str(24 << 20), "--tmpfs", "/tmp")),
                    "shmget": (without_shmget(options.work), lambda function: refused_start(function, "shmget", "shmget"), None),
                    "libstdc++": (without_libstdcxx(), sanitized, None)}
        for missing, (variant, check, tmp) in variants.items():
            port, log = free_port(), options.work / f"without-{missing.replace('/', '')}.log"
            print(f"sandbox: without {missing}", flush=True)
            command = sandbox(options, port, s3, "SanitizeSnapshot", variant, tmp)
            with process(command, log, port, join=limits.join, stdin=options.work / "noshm.bpf"):
                try:
                    check(Function(port))
                except (AssertionError, OSError, KeyError) as failure:
                    print(log.read_text(errors="replace"), file=sys.stderr)
                    sys.exit(f"sandbox without {missing}: {failure!r}")
        port = free_port()  # The port of the first function may not be free yet.
        with process(sandbox(options, port, s3, "RefreshStaging"), options.work / "refresh.log", port, join=limits.join):
            try:
                refreshed(Function(port))
            except (AssertionError, OSError) as failure:
                print((options.work / "refresh.log").read_text(errors="replace"), file=sys.stderr)
                sys.exit(f"sandbox: {failure}")
        database, port, log = free_port(), free_port(), options.work / "sweep.log"
        (options.work / "refresh/policy/targets.yaml").write_text(TARGETS.format(port=database))
        with server(options, database) as sql, process(sandbox(options, port, s3, "SweepTargets"), log, port, join=limits.join):
            try:
                swept(Function(port), sql, log)
            except (AssertionError, OSError, KeyError) as failure:
                print(log.read_text(errors="replace"), file=sys.stderr)
                sys.exit(f"sandbox: {failure!r}" if not isinstance(failure, AssertionError) else f"sandbox: {failure}")
    print("sandbox: all checks passed")


main()
