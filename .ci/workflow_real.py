"""The workflow with real parts: a dump in S3 becomes a snapshot by the handlers of decant, and an RDS snapshot by a
PostgreSQL server that is restored, read and deleted. S3, EventBridge, Step Functions, RDS and ECS are LocalStack's and its
plugin's. The handlers run under Lambda's runtime interface emulator, and a task is the process that the image starts."""

import base64
import contextlib
import json
import os
import pathlib
import signal
import subprocess
import time

from workflow_machines import arn, create_machine, definition, event_pattern, finished, free_port, visited

MASTER = "shop_owner"
HANDLERS = {name: f"dev.decant.lambda.{name}Handler" for name in ("PlanRun", "SanitizeSnapshot", "ScratchInstance")}
KEY = "snapshots/shop/production/shop_20260323-060000.sql"
SNAPSHOT = "rds:orders-2026-03-23-06-00"
LARGE = "rds:large-2026-03-23-06-00"
# The machine whose answers of PlanRun are made up, for archives.
ARCHIVES = "SanitizeArchive"
CANARY = "canary.7f3a@example.com"
POLICY = "version: 1\ntables:\n  public.users:\n    keep: [id]\n    columns: { email: email }\n"
LARGE_POLICY = POLICY + "  public.notes:\n    keep: [id, user_id]\n    columns: { body: text }\n"
UNTRUE = "assertions:\n  - { name: nobody has a note, sql: select count(*) from public.notes, equals: 0 }\n"


class Machine:
    """The parts of this machine that the run needs."""

    def __init__(self, options):
        self.work = options.work
        self.java = options.java_home / "bin/java"
        self.emulator = options.emulator
        self.runtime = options.runtime
        self.jar = options.jar
        self.postgres = options.postgres
        self.pg_dump = options.pg_dump
        self.ports = {name: free_port() for name in HANDLERS}

    def environment(self, endpoint):
        """The settings of the functions and of the task, as in template.yaml."""
        policy = self.work / "policy.yaml"
        policy.write_text(POLICY)
        return {
            "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(self.work), "TZ": ":UTC", "LANG": "C.UTF-8",
            "AWS_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_ENDPOINT_URL": endpoint, "DECANT_POLICY": str(policy), "DECANT_STORE": "s3://sanitized/sanitized-snapshots",
            "DECANT_RAW_PREFIX": "snapshots/", "DECANT_KEY": base64.b64encode(bytes(range(32))).decode(),
            "DECANT_WORK": str(self.work / "tmp"), "DECANT_LAMBDA_WORKER": "true",
            "DECANT_SCALE": "true", "DECANT_TASK_DISK": "1000", "PGSSLROOTCERT": str(self.work / "tls/root.crt"),
            "DECANT_PG_DUMP": str(self.pg_dump), "DECANT_SOURCE_SSLROOTCERT": str(self.work / "tls/root.crt"),
            "JAVA_TOOL_OPTIONS": "-Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED",
        }

    def localstack(self):
        """The settings of LocalStack and its plugin."""
        return {
            "RIE_FUNCTIONS": json.dumps({name: f"http://127.0.0.1:{port}" for name, port in self.ports.items()}),
            "RDS_ROOT": str(self.work / "rds"), "RDS_BIN": str(self.postgres / "bin"), "RDS_STEP": "0.5",
            "ECS_ENTRY_POINT": json.dumps({"decant": [str(self.work / "decant")]}), "ECS_LOGS": str(self.work / "logs"),
        }

    @contextlib.contextmanager
    def functions(self, endpoint):
        """The handlers under the emulator. A handler starts with its first call."""
        running = []
        try:
            for name, handler in HANDLERS.items():
                command = [
                    self.emulator, "--runtime-interface-emulator-address", f"127.0.0.1:{self.ports[name]}",
                    "--runtime-api-address", f"127.0.0.1:{free_port()}", self.java, "-cp", f"{self.runtime}/*:{self.jar}",
                    "com.amazonaws.services.lambda.runtime.api.client.AWSLambda", handler,
                ]
                own = {"AWS_LAMBDA_FUNCTION_NAME": name, "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "2048", "AWS_LAMBDA_FUNCTION_TIMEOUT": "300"}
                with open(self.work / f"logs/{name}.log", "wb") as log:
                    running.append(subprocess.Popen(
                        command, env=self.environment(endpoint) | own, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
                    ))
            yield
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait(20)

    def entry_point(self, endpoint):
        """The program that the image starts. Its environment is that of the task definition and of the call."""
        lines = [f"export {name}='{value}'" for name, value in self.environment(endpoint).items()]
        program = self.work / "decant"
        program.write_text("#!/bin/sh\n" + "\n".join(lines) + f"\nexec {self.java} -jar {self.jar} \"$@\"\n")
        program.chmod(0o755)


    def stop_servers(self):
        """Stops the servers that a failed run left."""
        for file in (self.work / "rds/instances").glob("*/postmaster.pid"):
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(file.read_text().splitlines()[0]), signal.SIGINT)


# ---- a snapshot of production ----
def tls(folder):
    """A certificate authority, and a certificate for the server 127.0.0.1."""
    folder.mkdir()
    run = lambda *command: subprocess.run(["openssl", *command], cwd=folder, check=True, capture_output=True)
    run("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=test root", "-keyout", "root.key", "-out", "root.crt")
    run("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=127.0.0.1", "-keyout", "server.key", "-out", "server.csr")
    (folder / "san").write_text("subjectAltName=IP:127.0.0.1\n")
    run("x509", "-req", "-in", "server.csr", "-CA", "root.crt", "-CAkey", "root.key", "-CAcreateserial", "-days", "2", "-extfile", "san", "-out", "server.crt")


def as_nobody(*command):
    drop = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.getuid() == 0 else []
    done = subprocess.run([*drop, *map(str, command)], capture_output=True, stdin=subprocess.DEVNULL, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{command[0]} failed: {done.stderr}")


def data_directory(machine, data):
    """The data directory of a server without databases, which accepts only passwords, and only by TLS."""
    postgres = machine.postgres / "bin"
    as_nobody(postgres / "initdb", "-D", data, "-U", "rdsadmin", "--auth=trust", "-N", "--no-instructions", "--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
    for file in ("server.crt", "server.key"):
        text = (machine.work / "tls" / file).read_text()
        (data / file).write_text(text)
        os.chmod(data / file, 0o600)
        if os.getuid() == 0:
            subprocess.run(["chown", "nobody", data / file], check=True)
    (data / "pg_hba.conf").write_text("local all rdsadmin trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n")
    with (data / "postgresql.conf").open("a") as settings:
        settings.write("ssl = on\nfsync = off\n")


@contextlib.contextmanager
def running(machine, data):
    """Runs the server of a data directory until the block ends. Gives the arguments of psql for its superuser."""
    program, sockets, port = machine.postgres / "bin/pg_ctl", machine.work / "rds/sockets", free_port()
    as_nobody(program, "-D", data, "-o", f"-p {port} -k {sockets} -c listen_addresses=", "-l", data / "log", "-w", "start")
    try:
        yield ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", sockets, "-p", str(port), "-U", "rdsadmin"]
    finally:
        as_nobody(program, "-D", data, "-m", "fast", "-w", "stop")


def snapshot(machine, name, description, more="SELECT 1"):
    """A server with the database shop, whose owner is not a superuser, as on RDS. more is SQL that adds to the database."""
    root = machine.work / "rds"
    data = root / "snapshots" / name
    data_directory(machine, data)
    with running(machine, data) as psql:
        as_nobody(*psql, "-d", "postgres", "-c", f"CREATE ROLE {MASTER} LOGIN CREATEDB PASSWORD 'of production'", "-c", f"CREATE DATABASE shop OWNER {MASTER}")
        rows = f"SET ROLE {MASTER}; CREATE TABLE public.users (id bigint PRIMARY KEY, email text NOT NULL UNIQUE); INSERT INTO public.users SELECT i, 'user' || i || '@example.com' FROM generate_series(1, 1000) i; INSERT INTO public.users VALUES (0, '{CANARY}')"
        as_nobody(*psql, "-d", "shop", "-c", f"GRANT CREATE ON SCHEMA public TO {MASTER}", "-c", rows, "-c", more)
    (root / "snapshots" / f"{name}.json").write_text(json.dumps(description))


# The emulator gives every function an ARN of this account.
ACCOUNT = "012345678912"
INSTANCE_SNAPSHOT = {
    "DBSnapshotIdentifier": SNAPSHOT, "DBSnapshotArn": f"arn:aws:rds:us-east-1:{ACCOUNT}:snapshot:{SNAPSHOT}", "DBInstanceIdentifier": "orders",
    "Engine": "postgres", "EngineVersion": "17.4", "AllocatedStorage": 20, "Encrypted": True, "KmsKeyId": f"arn:aws:kms:us-east-1:{ACCOUNT}:key/own",
    "SnapshotType": "automated", "MasterUsername": MASTER, "Port": 5432, "Status": "available", "TagList": [], "_database": "shop",
}
CLUSTER_SNAPSHOT = {
    "DBClusterSnapshotIdentifier": "shared-accounts", "DBClusterSnapshotArn": "arn:aws:rds:us-east-1:111111111111:cluster-snapshot:shared-accounts",
    "DBClusterIdentifier": "accounts", "Engine": "aurora-postgresql", "EngineVersion": "17.4", "AllocatedStorage": 20,
    "StorageEncrypted": True, "KmsKeyId": "arn:aws:kms:us-east-1:111111111111:key/theirs", "SnapshotType": "shared",
    "MasterUsername": MASTER, "Port": 5432, "Status": "available", "TagList": [], "_database": "shop",
}


# Another account shares this one. It is a copy of an instance's snapshot.
SHARED = "shared-orders"
SHARED_SNAPSHOT = INSTANCE_SNAPSHOT | {
    "DBSnapshotIdentifier": SHARED, "DBSnapshotArn": f"arn:aws:rds:us-east-1:111111111111:snapshot:{SHARED}",
    "KmsKeyId": "arn:aws:kms:us-east-1:111111111111:key/theirs", "SnapshotType": "shared",
}
# The workflow may clone the cluster of this automatic snapshot.
CLONED = "rds:ledger-2026-03-23-06-00"
CLONED_SNAPSHOT = CLUSTER_SNAPSHOT | {
    "DBClusterSnapshotIdentifier": CLONED, "DBClusterSnapshotArn": f"arn:aws:rds:us-east-1:{ACCOUNT}:cluster-snapshot:{CLONED}",
    "DBClusterIdentifier": "ledger", "KmsKeyId": f"arn:aws:kms:us-east-1:{ACCOUNT}:key/own", "SnapshotType": "automated",
}
LARGE_SNAPSHOT = INSTANCE_SNAPSHOT | {
    "DBSnapshotIdentifier": LARGE, "DBSnapshotArn": f"arn:aws:rds:us-east-1:{ACCOUNT}:snapshot:{LARGE}",
    "DBInstanceIdentifier": "large", "AllocatedStorage": 5000,
}
NOTES = f"""
    SET ROLE {MASTER};
    CREATE TABLE public.notes (id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES public.users, body text NOT NULL);
    INSERT INTO public.notes SELECT i, i % 1000, repeat('A note of user' || i % 1000 || '@example.com. ', 8)
    FROM generate_series(1, 12000) i
"""


def prepare(machine):
    """The files of the run: certificates, and the snapshots of an instance, of a large instance and of a cluster."""
    machine.work.chmod(0o755)
    for folder in ("logs", "tmp"):
        (machine.work / folder).mkdir()
    tls(machine.work / "tls")
    root = machine.work / "rds"
    for folder in (root, root / "snapshots", root / "instances", root / "sockets"):
        folder.mkdir()
        folder.chmod(0o777)
    data_directory(machine, root / "new")
    snapshot(machine, SNAPSHOT.replace(":", "_"), INSTANCE_SNAPSHOT)
    snapshot(machine, LARGE.replace(":", "_"), LARGE_SNAPSHOT, NOTES)
    same_data(root, "shared-accounts", CLUSTER_SNAPSHOT)
    same_data(root, SHARED, SHARED_SNAPSHOT)
    # A clone does not read the snapshot that was announced, so this one has no data.
    (root / "snapshots" / f"{CLONED.replace(':', '_')}.json").write_text(json.dumps(CLONED_SNAPSHOT))
    same_data(root, "ledger-current", CLONED_SNAPSHOT | {"DBClusterSnapshotIdentifier": "ledger-current"})


def same_data(root, name, description):
    """A snapshot with the data of the instance's snapshot."""
    snapshots = root / "snapshots"
    subprocess.run(["cp", "-a", snapshots / SNAPSHOT.replace(":", "_"), snapshots / name], check=True)
    (snapshots / f"{name}.json").write_text(json.dumps(description))


class Run:
    """The deployed workflow, and what it did."""

    def __init__(self, localstack, notices, machine):
        self.localstack, self.notices, self.machine = localstack, notices, machine
        self.states = localstack.client("stepfunctions")
        self.s3 = localstack.client("s3")
        for bucket in ("raw", "sanitized"):
            self.s3.create_bucket(Bucket=bucket)
        self.s3.put_bucket_notification_configuration(
            Bucket="raw", NotificationConfiguration={"EventBridgeConfiguration": {}}
        )
        machine = definition("sanitize", Notices=notices.topic, CloneClusters=arn("rds", "cluster:ledger"))
        self.sanitize = create_machine(self.states, "Sanitize", machine)
        self.archives = create_machine(self.states, ARCHIVES, machine)
        self.start = create_machine(self.states, "Start", definition("start"), "EXPRESS")
        events = localstack.client("events")
        self.patterns = {
            "dumps": event_pattern("DumpStartsRun", RawBucket="raw", RawPrefix="snapshots"),
            "snapshots": event_pattern("SnapshotStartsRun", SnapshotNames="*2026-03-23*"),
            "shared": event_pattern("SnapshotStartsRun", SnapshotNames="shared-*"),
            "copies": event_pattern("SnapshotStartsRun", SnapshotNames="decant-*"),
        }
        for name, pattern in self.patterns.items():
            events.put_rule(Name=name, EventPattern=pattern)
            events.put_targets(Rule=name, Targets=[{"Id": "start", "Arn": self.start, "RoleArn": "arn:aws:iam::000000000000:role/events"}])
        self.events = events

    def executions(self, machine=None):
        return self.states.list_executions(stateMachineArn=machine or self.sanitize)["executions"]

    def started(self, count):
        """Waits for that number of executions, and returns the newest one."""
        end = time.monotonic() + 30
        while time.monotonic() < end and len(self.executions()) < count:
            time.sleep(0.2)
        found = sorted(self.executions(), key=lambda each: each["startDate"])
        holds(len(found) == count, f"{count} executions", found)
        return found[-1]["executionArn"]

    def ended(self, execution, seconds=180):
        end = finished(self.states, execution, seconds)
        return end, visited(self.states, execution)

    def snapshot_event(self, source, event="RDS-EVENT-0091"):
        self.events.put_events(Entries=[announcement(source, event)])

    def announced(self, event):
        """Whether the rule of the template takes an event of that id for one that starts a run."""
        entry = announcement(CLONED_SNAPSHOT["DBClusterSnapshotArn"], event)
        whole = {
            "id": "1", "version": "0", "account": ACCOUNT, "time": "2026-03-23T06:10:00Z", "region": "us-east-1",
            "source": entry["Source"], "resources": entry["Resources"], "detail-type": entry["DetailType"], "detail": json.loads(entry["Detail"]),
        }
        return self.events.test_event_pattern(EventPattern=self.patterns["snapshots"], Event=json.dumps(whole))["Result"]

    def keys(self):
        return [each["Key"] for each in self.s3.list_objects_v2(Bucket="sanitized").get("Contents", [])]

    def chunks(self, execution):
        """How the children of the distributed map of an execution ended."""
        map_run, = self.states.list_map_runs(executionArn=execution)["mapRuns"]
        return self.states.describe_map_run(mapRunArn=map_run["mapRunArn"])["itemCounts"]

    def history(self):
        """All that the executions wrote into their histories."""
        pages = (
            page for execution in self.executions() + self.executions(self.archives)
            for page in self.states.get_paginator("get_execution_history").paginate(executionArn=execution["executionArn"])
        )
        return json.dumps(list(pages), default=str)


def announcement(source, event):
    """The event of RDS that a snapshot is complete."""
    cluster = ":cluster-snapshot:" in source
    detail = {"EventID": event, "SourceArn": source, "SourceIdentifier": source.split("snapshot:")[-1], "Date": "2026-03-23T06:10:00.000Z", "SourceType": "CLUSTER_SNAPSHOT" if cluster else "SNAPSHOT", "Message": "Snapshot created", "EventCategories": ["creation"]}
    kind = "RDS DB Cluster Snapshot Event" if cluster else "RDS DB Snapshot Event"
    return {"Source": "aws.rds", "DetailType": kind, "Detail": json.dumps(detail), "Resources": [source]}


def holds(condition, what, seen):
    if not condition:
        raise AssertionError(f"{what}; seen: {json.dumps(seen, default=str)[:6000]}")


def dump_becomes_snapshot(run):
    """S3, EventBridge, Start, Sanitize, PlanRun and SanitizeSnapshot. The same object twice gives one run."""
    body = (pathlib.Path(__file__).parent / "workflow_dump.sql").read_text().replace("CANARY", CANARY)
    run.s3.put_object(Bucket="raw", Key=KEY, Body=body.encode())
    end, path = run.ended(run.started(1))
    holds(end["status"] == "SUCCEEDED", "the run of the dump", [end, path])
    output = json.loads(end["output"])
    holds(output["status"] == "published" and output["service"] == "shop", "its output", output)
    name = KEY.removesuffix(".sql")
    holds(f"sanitized-{name}.manifest.json" in run.keys(), "the snapshot is published", run.keys())
    run.s3.put_object(Bucket="raw", Key=KEY, Body=body.encode())
    time.sleep(3)
    holds(len(run.executions()) == 1, "the same object twice gives one run", run.executions())


def instance_becomes_snapshot(run):
    """RDS: restore, password, login, task, deletion."""
    run.snapshot_event(INSTANCE_SNAPSHOT["DBSnapshotArn"])
    end, path = run.ended(run.started(3))
    holds(end["status"] == "SUCCEEDED", "the run of the instance", [end, path, logs(run)])
    holds("CopySnapshot" not in path, "an own snapshot is not copied", path)
    restored = made(run)[-1]["parameters"]
    holds(restored["PubliclyAccessible"] is False and restored["DBSubnetGroupName"] == "scratch", "the instance is private", restored)
    holds({tag["Key"] for tag in restored["Tags"]} == {"decant:run", "decant:workflow", "decant:expires"}, "the instance has its tags", restored)
    is_published(run, "orders")
    nothing_is_left(run)


def cluster_becomes_snapshot(run):
    """A shared snapshot of a cluster is copied with a key of this account first."""
    run.snapshot_event(CLUSTER_SNAPSHOT["DBClusterSnapshotArn"], "RDS-EVENT-0075")
    end, path = run.ended(run.started(4))
    holds(end["status"] == "SUCCEEDED", "the run of the cluster", [end, path, logs(run)])
    operations = [each["operation"] for each in made(run)[-3:]]
    holds(operations == ["CopyDBClusterSnapshot", "RestoreDBClusterFromSnapshot", "CreateDBInstance"], "the calls of RDS", operations)
    copied = made(run)[-3]["parameters"]
    holds(copied["KmsKeyId"] == arn("kms", "key/raw"), "the copy has a key of this stack", copied)
    is_published(run, "accounts")
    nothing_is_left(run)


def cluster_is_cloned(run):
    """The current data of a cluster will do, so its snapshot is not restored."""
    run.snapshot_event(CLONED_SNAPSHOT["DBClusterSnapshotArn"], "RDS-EVENT-0169")
    end, path = run.ended(run.started(5))
    holds(end["status"] == "SUCCEEDED", "the run of the clone", [end, path, logs(run)])
    operations = [each["operation"] for each in made(run)[-2:]]
    holds(operations == ["RestoreDBClusterToPointInTime", "CreateDBInstance"], "the calls of RDS", operations)
    cloned = made(run)[-2]["parameters"]
    holds(cloned["RestoreType"] == "copy-on-write" and cloned["DBSubnetGroupName"] == "scratch", "a private clone", cloned)
    is_published(run, "ledger")
    nothing_is_left(run)


def only_complete_snapshots_start_runs(run):
    """Snapshots made by hand, by a backup or by a copy start runs, but not the copies that runs of decant make."""
    ids = [f"RDS-EVENT-{number:04}" for number in range(300)]
    complete = [f"RDS-EVENT-{number}" for number in ("0042", "0060", "0075", "0091", "0169", "0197")]
    holds([each for each in ids if run.announced(each)] == complete, "the events that start a run", complete)
    before = len(run.executions())
    run.snapshot_event(f"arn:aws:rds:us-east-1:{ACCOUNT}:snapshot:decant-copy-0123456789abcdef01234567", "RDS-EVENT-0060")
    time.sleep(3)
    holds(len(run.executions()) == before, "an own copy starts no run", run.executions())


def refused_policy_leaves_nothing(run):
    """The worker ends with 10. The instance and the copy of its snapshot are deleted all the same, and one notice says why."""
    run.notices.take()
    with policy(run, POLICY.replace("{ email: email }", "{}")):
        execution = run.states.start_execution(
            stateMachineArn=run.sanitize, name="redo-1", input=json.dumps({"source": SHARED_SNAPSHOT["DBSnapshotArn"]})
        )["executionArn"]
        end, path = run.ended(execution)
    holds(end["status"] == "FAILED" and end["error"] == "decant.WorkerFailed", "the refused run", [end, path])
    holds(path.count("SanitizeOnFargate") == 1, "a refused run is not repeated", path)
    copied, restored = (each["parameters"] for each in made(run)[-2:])
    holds(copied["KmsKeyId"] == arn("kms", "key/raw"), "a shared snapshot is copied with a key of this stack", copied)
    holds(restored["DBSnapshotIdentifier"] == copied["TargetDBSnapshotIdentifier"], "the copy is restored", restored)
    holds(len(run.notices.take()) == 1, "one notice", path)
    nothing_is_left(run)


@contextlib.contextmanager
def policy(run, text):
    """Another policy for the workers, until the block ends."""
    file = run.machine.work / "policy.yaml"
    file.write_text(text)
    try:
        yield
    finally:
        file.write_text(POLICY)


def large_snapshot_is_spread_over_tasks(run):
    """A source that is too large for one task: a scratch server, a plan, a map of tasks, and a task that publishes."""
    with policy(run, LARGE_POLICY):
        run.snapshot_event(LARGE_SNAPSHOT["DBSnapshotArn"])
        end, path = run.ended(run.started(7), 300)
    holds(end["status"] == "SUCCEEDED", "the run of the large instance", [end, path, logs(run)])
    holds("SanitizeOnFargate" not in path and "ForgetChunks" not in path, "no single task", path)
    chunks = run.chunks(end["executionArn"])
    holds(chunks["succeeded"] == chunks["total"] > 2, "several chunks, and all of them succeed", chunks)
    server = made(run)[-1]
    holds(server["operation"] == "CreateDBInstance", "the scratch server is created", server)
    holds(server["parameters"]["DBInstanceIdentifier"].endswith("-verify"), "its name", server)
    holds(server["parameters"]["PubliclyAccessible"] is False, "it is private", server)
    holds(server["parameters"]["BackupRetentionPeriod"] == 0 and server["parameters"]["StorageEncrypted"], "no backup of it", server)
    holds({tag["Key"] for tag in server["parameters"]["Tags"]} == {"decant:run", "decant:workflow", "decant:expires"}, "it has its tags", server)
    is_published(run, "large", {"public.users": 1001, "public.notes": 12000})
    nothing_is_left(run)


def refused_large_snapshot_leaves_nothing(run):
    """An assertion does not hold, which shows only when all chunks are masked. Nothing of the run stays."""
    before = sorted(run.keys())
    run.notices.take()
    with policy(run, LARGE_POLICY + UNTRUE):
        execution = run.states.start_execution(
            stateMachineArn=run.sanitize, name="redo-2", input=json.dumps({"source": LARGE_SNAPSHOT["DBSnapshotArn"]})
        )["executionArn"]
        end, path = run.ended(execution, 300)
    holds(end["status"] == "FAILED" and end["error"] == "decant.WorkerFailed", "the refused run", [end, path, logs(run)])
    holds("ScaleFinish" in path and "ForgetChunks" in path, "it failed in the last task", path)
    holds("CleanupFailed" not in path and not run.notices.take()[0]["notDeleted"], "everything is deleted", path)
    keys = [key for key in sorted(run.keys()) if "/.runs/" not in key]
    holds(keys == [key for key in before if "/.runs/" not in key], "nothing is published, and no chunk is left", keys)
    nothing_is_left(run)


def is_published(run, service, rows=None, environment="production"):
    """There is a snapshot of the service, and its manifest counts the rows of the tables. Returns its text and its manifest."""
    prefix = f"sanitized-snapshots/{service}/{environment}/{service}_20260323-060000"
    holds(f"{prefix}.manifest.json" in run.keys(), "the snapshot is published", run.keys())
    manifest = json.loads(run.s3.get_object(Bucket="sanitized", Key=f"{prefix}.manifest.json")["Body"].read())
    dump = run.s3.get_object(Bucket="sanitized", Key=f"{prefix}.sql.zst")["Body"].read()
    text = subprocess.run(["zstd", "-dc"], input=dump, check=True, capture_output=True).stdout
    holds(CANARY.encode() not in text and b"COPY public.users" in text, "the dump has masked rows", [])
    for table, count in (rows or {"public.users": 1001}).items():
        counted = [each["rowsOut"] for each in manifest["tables"] if each["table"] == table]
        holds(counted == [count], f"the manifest counts the rows of {table}", manifest)
    holds(CANARY not in json.dumps(manifest), "no row is in the manifest", [])
    return text, manifest


def made(run):
    return [json.loads(line) for line in (run.machine.work / "rds/made.jsonl").read_text().splitlines()]


def nothing_is_left(run):
    rds = run.localstack.client("rds")
    left = rds.describe_db_instances()["DBInstances"] + rds.describe_db_clusters()["DBClusters"]
    holds(not left, "no instance and no cluster is left", left)
    copies = sorted(path.name for path in (run.machine.work / "rds/snapshots").glob("decant-*"))
    holds(not copies, "no copy of a snapshot is left", copies)
    secrets = run.localstack.client("secretsmanager").list_secrets()["SecretList"]
    holds(not secrets, "no secret is left", secrets)
    chunks = [key for key in run.keys() if "/.scale/" in key]
    holds(not chunks, "no chunk is left", chunks)
    uploads = run.s3.list_multipart_uploads(Bucket="sanitized").get("Uploads", [])
    holds(not uploads, "no unfinished upload is left", uploads)


def logs(run):
    return {path.name: path.read_text(errors="replace")[-800:] for path in (run.machine.work / "logs").glob("*.log")}


def nothing_is_told(run):
    """No row and no password is in a history, a notice or a log."""
    text = run.history() + "".join(path.read_text(errors="replace") for path in (run.machine.work / "logs").glob("*.log"))
    holds(CANARY not in text, "no row is in a history or a log", [])
    passwords = (run.machine.work / "rds/passwords").read_text().split()
    holds(len(set(passwords)) == 10, "each instance, cluster and server has a password of its own", len(set(passwords)))
    holds(not any(password in text for password in passwords), "no password is in a history or a log", [])
    holds('"password"' not in run.history() and "MasterUserPassword" not in run.history(), "no password is in a history", [])


STEPS = [
    dump_becomes_snapshot, refused_policy_leaves_nothing, instance_becomes_snapshot, cluster_becomes_snapshot,
    cluster_is_cloned, only_complete_snapshots_start_runs,
    refused_large_snapshot_leaves_nothing, large_snapshot_is_spread_over_tasks,
]


def run(localstack, notices, machine, steps):
    machine.entry_point(localstack.endpoint)
    with machine.functions(localstack.endpoint):
        deployed = Run(localstack, notices, machine)
        for step in steps:
            begun = time.monotonic()
            step(deployed)
            print(f"{step.__name__}: {time.monotonic() - begun:.0f} s", flush=True)
