"""Archives of pg_dump -Fd in S3 that are too large for one task, through the real workflow.

PlanRun takes an archive for too large only if its files have more than two GB. So its answer is made up here; all other states
run with real parts: the scratch server, the tasks, and the files in S3."""

import re

import workflow_mocks
import workflow_real
from workflow_real import ARCHIVES, CANARY, LARGE, as_nobody, holds, logs, nothing_is_left, policy

NAME = "crm_20260323-060000"
PARTS = ("a", "b", "c")
SCHEMA = f"""
    CREATE TABLE public.users (id bigint PRIMARY KEY, email text NOT NULL UNIQUE);
    INSERT INTO public.users SELECT i, 'user' || i || '@example.com' FROM generate_series(1, 1000) i;
    INSERT INTO public.users VALUES (0, '{CANARY}');
    CREATE TABLE public.notes (id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES public.users, body text NOT NULL);
    INSERT INTO public.notes SELECT i, i % 1000, repeat(md5(i::text), 4) FROM generate_series(1, 9000) i;
    CREATE TABLE public.events (id bigint, kind text, note text) PARTITION BY LIST (kind);
"""
EVENTS = """
    CREATE TABLE public.events_{0} PARTITION OF public.events FOR VALUES IN ('{0}');
    INSERT INTO public.events SELECT i, kind, {1} FROM generate_series(1, 12000) i, (VALUES ('{0}')) AS part(kind);
"""
# gzip does not make these texts much smaller, so each partition is a chunk.
TEXT = " || ".join(f"md5('{n}' || kind || i)" for n in range(8))
POLICY = workflow_real.LARGE_POLICY + "  public.events: { keep: [id, kind], columns: { note: text } }\n"
ROWS = {"public.users": 1001, "public.notes": 9000} | {f"public.events_{part}": 12000 for part in PARTS}
DIVISIBLE, INSERTS = "archives/crm/", "archives/inserts/"


def plan(run, source, **changes):
    """The answer of PlanRun for an archive in the bucket raw."""
    named = {"source": f"s3://raw/{source}", "service": "crm", "name": NAME, "run": run}
    return workflow_mocks.function(workflow_mocks.ARCHIVE_PLAN | named | changes)


# The archives are planned for several tasks, and one of them for one task, too.
CASES = {
    "Shared": plan("a" * 24, DIVISIBLE),
    "Alone": plan("b" * 24, DIVISIBLE, environment="alone", scale=None),
    "Inserts": plan("c" * 24, INSERTS, environment="inserts"),
}


def mocks():
    """The part of the file SFN_MOCK_CONFIG for this machine."""
    return {
        "StateMachines": {ARCHIVES: {"TestCases": {name: {"Plan": f"{ARCHIVES}-{name}"} for name in CASES}}},
        "MockedResponses": {f"{ARCHIVES}-{name}": {"0": answer} for name, answer in CASES.items()},
    }


def prepare(machine):
    """Dumps a database twice, as an archive that tasks can share, and as one with INSERT statements."""
    data = machine.work / "rds/snapshots" / LARGE.replace(":", "_")
    folder = machine.work / "dumps"
    folder.mkdir()
    folder.chmod(0o777)
    with workflow_real.running(machine, data) as psql:
        as_nobody(*psql, "-d", "postgres", "-c", "CREATE DATABASE crm")
        as_nobody(*psql, "-d", "crm", "-c", SCHEMA + "".join(EVENTS.format(part, TEXT) for part in PARTS))
        server = psql[psql.index("-h"):]
        for name, options in (("crm", ()), ("inserts", ("--inserts",))):
            as_nobody(machine.pg_dump, *server, "-d", "crm", "-Fd", "-f", folder / name, *options)
        as_nobody(*psql, "-d", "postgres", "-c", "DROP DATABASE crm")


def uploaded(run, name):
    for file in sorted((run.machine.work / "dumps" / name).iterdir()):
        run.s3.put_object(Bucket="raw", Key=f"archives/{name}/{file.name}", Body=file.read_bytes())


def ended(run, case):
    with policy(run, POLICY):
        execution = run.states.start_execution(stateMachineArn=f"{run.archives}#{case}", name=case, input="{}")["executionArn"]
        end, path = run.ended(execution, 300)
    holds(end["status"] == "SUCCEEDED", f"the run {case} of the archive", [end, path, logs(run)])
    nothing_is_left(run)
    return execution, path


def without_key(text):
    """The text of a snapshot without the key of its \\restrict, which depends on the name of the snapshot."""
    key, = set(re.findall(rb"decant_begin_([0-9a-f]{64})", text))
    return text.replace(key, b"")


def archive_is_spread_over_tasks(run):
    """Several tasks share the files of an archive. The snapshot is the one that a single task publishes."""
    uploaded(run, "crm")
    execution, path = ended(run, "Shared")
    holds("ScaleFinish" in path and "SanitizeOnFargate" not in path, "several tasks", path)
    chunks = run.chunks(execution)
    holds(chunks["succeeded"] == chunks["total"] > 3, "several chunks, and all of them succeed", chunks)
    text, manifest = workflow_real.is_published(run, "crm", ROWS)
    _, path = ended(run, "Alone")
    holds("SanitizeOnFargate" in path and "ScalePlan" not in path, "a single task", path)
    alone, manifest_alone = workflow_real.is_published(run, "crm", ROWS, "alone")
    holds(without_key(text) == without_key(alone), "the same text", [len(text), len(alone)])
    holds(manifest["tables"] == manifest_alone["tables"], "the same tables", [manifest["tables"], manifest_alone["tables"]])


def archive_of_inserts_goes_to_one_task(run):
    """The plan finds that tasks cannot share the archive, so one task sanitizes it without the shared scratch server."""
    uploaded(run, "inserts")
    _, path = ended(run, "Inserts")
    for state in ("ScalePlan", "ReleaseServer", "OneTask", "SanitizeOnFargate"):
        holds(path.count(state) == 1, f"one {state}", path)
    holds("ScaleChunks" not in path and "ForgetChunks" not in path, "no chunk", path)
    workflow_real.is_published(run, "crm", ROWS, "inserts")


STEPS = [archive_is_spread_over_tasks, archive_of_inserts_goes_to_one_task]
