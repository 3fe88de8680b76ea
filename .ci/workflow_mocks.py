"""The workflow when AWS or the worker misbehaves: each task of a run answers as a case says.

LocalStack runs the real definition with its retries, catches and waits. Only the answers of the tasks are made up.
"""

import json

from workflow_machines import arn, create_machine, definition, finished, visited

RUN = "0123456789abcdef01234567"
DUMP_PLAN = {
    "worker": "fargate", "reason": "It fits into a task.", "source": "s3://raw/snapshots/shop/production/a.sql.zst",
    "service": "shop", "environment": "production", "name": "a", "bytes": 1000, "etag": "e", "run": RUN, "disk": 21,
    "volume": False, "engine": None, "engineVersion": None, "rds": None, "scale": None,
}
SNAPSHOT = arn("rds", "snapshot:rds:shop-2026-03-23-06-00")
RDS_PLAN = DUMP_PLAN | {
    "worker": "rds", "source": SNAPSHOT, "engine": "postgres", "engineVersion": "17.4",
    "rds": {
        "kind": "instance", "snapshot": SNAPSHOT, "copy": False, "copyName": f"decant-copy-{RUN}",
        "instance": f"decant-scratch-{RUN}", "cluster": None, "expires": "2026-03-26T06:00:00Z", "sourceCluster": None,
    },
}


def rds_plan(**changes):
    return RDS_PLAN | {"rds": RDS_PLAN["rds"] | changes}


SCALE = {"scale": {"major": "17", "storage": 400, "expires": "2026-03-26T06:00:00Z"}}
SCALE_PLAN = RDS_PLAN | SCALE
ARCHIVE_PLAN = DUMP_PLAN | SCALE | {"source": "s3://raw/snapshots/shop/production/a/", "etag": None}
CLUSTER_PLAN = rds_plan(kind="cluster", cluster=f"decant-scratch-{RUN}", sourceCluster="shop") | {"engine": "aurora-postgresql"}


def function(payload):
    return {"Return": {"StatusCode": 200, "Payload": payload}}


def error(name, cause="made up"):
    return {"Throw": {"Error": name, "Cause": cause}}


def function_error(code):
    """A failure of decant in a function as lambda:invoke reports it."""
    cause = {"errorMessage": f"{code}: made up.", "errorType": "dev.decant.error.DecantException", "stackTrace": []}
    return error(cause["errorType"], json.dumps(cause, separators=(",", ":")))


def worker_error(code):
    """The end of a task as ecs:runTask.sync reports it."""
    task = {"Containers": [{"ExitCode": code, "Name": "decant"}], "StopCode": "EssentialContainerExited"}
    return error("States.TaskFailed", json.dumps(task, separators=(",", ":")))


def instance(status):
    found = {"DbInstanceStatus": status, "DbName": "shop", "Endpoint": {"Address": "scratch.internal", "Port": 5432}}
    return {"Return": {"DbInstances": [found]}}


NO_INSTANCE = error("Rds.DbInstanceNotFoundException")
NO_CLUSTER = error("Rds.DbClusterNotFoundException")
THROTTLED = error("Rds.RdsException", "Rate exceeded")
OK = {"Return": {}}
TASK = {"Return": {"LastStatus": "STOPPED", "Containers": [{"ExitCode": 0, "Name": "decant"}]}}

# The answers of the states in a run without a fault.
ANSWERS = {
    "Plan": [function(RDS_PLAN)],
    "SanitizeOnLambda": [function({"status": "published"})],
    "SanitizeOnFargate": [TASK],
    "SanitizeOnVolume": [TASK],
    "CopySnapshot": [OK],
    "DescribeCopy": [{"Return": {"DbSnapshots": [{"Status": "creating"}]}}, {"Return": {"DbSnapshots": [{"Status": "available"}]}}],
    "CopyClusterSnapshot": [OK],
    "DescribeClusterCopy": [{"Return": {"DbClusterSnapshots": [{"Status": "available"}]}}],
    "RestoreInstance": [OK],
    "RestoreCluster": [OK],
    "CloneCluster": [OK],
    "DescribeCluster": [{"Return": {"DbClusters": [{"Status": "creating"}]}}, {"Return": {"DbClusters": [{"Status": "available"}]}}],
    "CreateInstance": [OK],
    "DescribeInstance": [instance("creating"), instance("available")],
    "ResetPassword": [function({"secret": f"decant/scratch/{RUN}", "user": "master"})],
    "Login": [function({"ready": False, "reason": "a change is pending"}), function({"ready": True, "reason": ""})],
    "DeleteInstance": [OK],
    "DescribeDeletion": [instance("deleting"), NO_INSTANCE],
    "DeleteCluster": [OK],
    "DescribeClusterDeletion": [{"Return": {"DbClusters": [{"Status": "deleting"}]}}, NO_CLUSTER],
    "DeleteCopy": [OK],
    "DeleteClusterCopy": [OK],
    "Forget": [function({"forgotten": True})],
    "CreateServer": [function({"secret": f"decant/scratch/{RUN}-verify", "user": "decant"})],
    "DescribeServer": [instance("creating"), instance("available")],
    "LoginToServer": [function({"ready": False, "reason": "refused"}), function({"ready": True, "reason": ""})],
    "ScalePlan": [TASK],
    "Chunk": [TASK],
    "ScaleFinish": [TASK],
    "ForgetChunks": [TASK],
    "ReleaseServer": [OK],
    "DeleteServer": [OK],
    "DescribeServerDeletion": [instance("deleting"), NO_INSTANCE],
    "ForgetServer": [function({"forgotten": True})],
}


class Case:
    """What a run must do.

    answers replaces the answers of states; the last answer of a state is repeated. through and without are states that the
    run must and must not enter. count is how often it enters a state. left is what its notice lists as not deleted.
    """

    def __init__(self, answers, error=None, status=None, through=(), without=(), count=None, notice=None, limits=None, clones=None, left=()):
        self.answers = ANSWERS | answers
        self.error = error
        self.status = status
        self.through = through
        self.without = without
        self.count = count or {}
        self.notice = error is not None if notice is None else notice
        self.limits = limits or {}
        self.left = left
        self.clones = arn("rds", f"cluster:{clones}") if clones else "none"


GONE = {"DeleteInstance": [NO_INSTANCE]}
CLEANED = ("Cleanup", "DeleteInstance", "Forget", "Outcome")
ONE_TASK = ("ScalePlan", "ReleaseServer", "OneTask")
SERVER_GONE = ("DeleteServer", "DescribeServerDeletion", "ForgetServer", "Outcome")


def scaled(answers, *arguments, **expected):
    """A case whose snapshot is spread over several tasks. Its list of chunks has one item."""
    return Case({"Plan": [function(SCALE_PLAN)]} | answers, *arguments, **expected)


CASES = {
    "SnapshotIsSanitized": Case({}, status="sanitized", through=("RestoreInstance", "Login", "SanitizeOnFargate", *CLEANED), without=("CopySnapshot",)),
    "RestoreFails": Case({"RestoreInstance": [error("Rds.InvalidSubnetException")], **GONE}, "Rds.InvalidSubnetException", through=CLEANED, without=("SanitizeOnFargate",)),
    "RestoreIsThrottled": Case({"RestoreInstance": [THROTTLED, THROTTLED, OK]}, status="sanitized", count={"RestoreInstance": 1}),
    "RestoreAnswerWasLost": Case({"RestoreInstance": [error("Rds.DbInstanceAlreadyExistsException")]}, status="sanitized", through=CLEANED),
    "WaitRunsOut": Case({"DescribeInstance": [instance("creating")]}, "RestoreLate", through=CLEANED, without=("ResetPassword",), limits={"restorePolls": 2}, count={"DescribeInstance": 3}),
    "InstanceIsIncompatible": Case({"DescribeInstance": [instance("incompatible-restore")]}, "RestoreFailed", through=CLEANED, count={"DescribeInstance": 1}),
    "InstanceIsStopped": Case({"DescribeInstance": [instance("stopped")]}, "RestoreFailed", through=CLEANED),
    "PasswordIsNeverAccepted": Case({"Login": [function({"ready": False, "reason": "refused"})]}, "PasswordLate", through=CLEANED, without=("SanitizeOnFargate",), limits={"passwordPolls": 2}),
    "PasswordCannotBeReset": Case({"ResetPassword": [error("dev.decant.error.DecantException", "STORE_DENIED")]}, "dev.decant.error.DecantException", through=CLEANED),
    "WorkerDiesOnce": Case({"SanitizeOnFargate": [worker_error(137), TASK]}, status="sanitized", through=CLEANED, count={"SanitizeOnFargate": 2}),
    "WorkerDiesTwice": Case({"SanitizeOnFargate": [worker_error(137)]}, "WorkerFailed", through=CLEANED, count={"SanitizeOnFargate": 2}),
    "PolicyRefuses": Case({"SanitizeOnFargate": [worker_error(10)]}, "WorkerFailed", through=CLEANED, count={"SanitizeOnFargate": 1}),
    "UsageIsWrong": Case({"SanitizeOnFargate": [worker_error(2)]}, "WorkerFailed", through=CLEANED, count={"SanitizeOnFargate": 1}),
    "OtherRunIsNotFinished": Case({"SanitizeOnFargate": [worker_error(16), worker_error(16), TASK]}, status="sanitized", count={"SanitizeOnFargate": 3}),
    "OtherRunNeverFinishes": Case({"SanitizeOnFargate": [worker_error(16)]}, "WorkerFailed", through=CLEANED, limits={"turns": 2}, count={"SanitizeOnFargate": 3}),
    "WorkerRunsTooLong": Case({"SanitizeOnFargate": [error("States.Timeout")]}, "States.Timeout", through=CLEANED, count={"SanitizeOnFargate": 1}),
    "DeleteIsRefusedTwice": Case({"DeleteInstance": [error("Rds.InvalidDbInstanceStateException")] * 2 + [OK]}, status="sanitized", through=("DescribeDeletion", "Forget")),
    "DeleteFails": Case({"DeleteInstance": [error("Rds.InvalidDbInstanceStateException")]}, "CleanupFailed", through=("Forget", "CleanupFailed")),
    "DeleteNeverEnds": Case({"DescribeDeletion": [instance("deleting")]}, "CleanupFailed", through=("InstanceRemains", "Forget"), limits={"deletePolls": 2}),
    "SecretCannotBeDeleted": Case({"Forget": [error("dev.decant.error.DecantException")]}, "CleanupFailed"),
    "RunAndCleanupFail": Case({"SanitizeOnFargate": [worker_error(13)], "DeleteInstance": [error("Rds.RdsException", "denied")]}, "WorkerFailed", through=CLEANED),
    "SharedSnapshotIsCopied": Case({"Plan": [function(rds_plan(copy=True))]}, status="sanitized", through=("CopySnapshot", "RestoreCopy", "RestoreInstance", "DeleteCopy"), without=("DeleteClusterCopy",)),
    "CopyFails": Case({"Plan": [function(rds_plan(copy=True))], "DescribeCopy": [{"Return": {"DbSnapshots": [{"Status": "failed"}]}}], **GONE}, "CopyFailed", through=("DeleteCopy", "Forget"), without=("RestoreInstance",)),
    "ClusterIsRestored": Case({"Plan": [function(CLUSTER_PLAN)]}, status="sanitized", through=("RestoreCluster", "CreateInstance", "DeleteInstance", "DeleteCluster"), without=("CloneCluster",)),
    "ClusterIsCloned": Case({"Plan": [function(CLUSTER_PLAN)]}, status="sanitized", through=("CloneCluster", "CreateInstance", "DeleteCluster"), without=("RestoreCluster",), clones="shop"),
    "SharedClusterIsCopied": Case({"Plan": [function(CLUSTER_PLAN | {"rds": CLUSTER_PLAN["rds"] | {"copy": True, "sourceCluster": None}})]}, status="sanitized", through=("CopyClusterSnapshot", "RestoreCluster", "DeleteClusterCopy"), clones="shop"),
    "ClusterCannotBeDeleted": Case({"Plan": [function(CLUSTER_PLAN)], "DeleteCluster": [error("Rds.RdsException")]}, "CleanupFailed", through=("Forget",)),
    "EngineIsUnknown": Case({"Plan": [function(RDS_PLAN | {"engine": "mysql"})], **GONE}, "EngineUnknown", through=CLEANED),
    "DumpGoesToTask": Case({"Plan": [function(DUMP_PLAN)]}, status="sanitized", through=("SanitizeOnFargate", "Cleanup"), without=("DeleteInstance", "Forget")),
    "LargeDumpGetsVolume": Case({"Plan": [function(DUMP_PLAN | {"volume": True, "disk": 900})]}, status="sanitized", through=("SanitizeOnVolume", "Cleanup"), without=("NameServer", "DeleteServer")),
    "SmallDumpGoesToFunction": Case({"Plan": [function(DUMP_PLAN | {"worker": "lambda"})]}, status="published", through=("SanitizeOnLambda", "Cleanup")),
    "FunctionWaitsForOtherRun": Case({"Plan": [function(DUMP_PLAN | {"worker": "lambda"})], "SanitizeOnLambda": [error("dev.decant.error.RetryableException", "BUSY"), function({"status": "duplicate"})]}, status="duplicate"),
    "FunctionFails": Case({"Plan": [function(DUMP_PLAN | {"worker": "lambda"})], "SanitizeOnLambda": [function_error("POLICY_INVALID")]}, "dev.decant.error.DecantException", through=("Cleanup",), without=("SanitizeOnFargate",)),
    "FunctionHasTooLittleDisk": Case({"Plan": [function(DUMP_PLAN | {"worker": "lambda"})], "SanitizeOnLambda": [function_error("DISK_FULL")]}, status="sanitized", through=("MoreDisk", "SanitizeOnFargate", "Cleanup"), count={"SanitizeOnLambda": 1}),
    "FunctionHasTooLittleTime": Case({"Plan": [function(DUMP_PLAN | {"worker": "lambda"})], "SanitizeOnLambda": [function_error("DEADLINE_NEAR")]}, status="sanitized", through=("SanitizeOnFargate",), count={"SanitizeOnLambda": 1}),
    "FunctionIsEndedTwice": Case({"Plan": [function(DUMP_PLAN | {"worker": "lambda"})], "SanitizeOnLambda": [error("Sandbox.Timedout")]}, status="sanitized", through=("SanitizeOnFargate",)),
    "TaskFailsAfterFunction": Case({"Plan": [function(DUMP_PLAN | {"worker": "lambda"})], "SanitizeOnLambda": [function_error("DISK_FULL")], "SanitizeOnFargate": [worker_error(11)]}, "WorkerFailed", through=("SanitizeOnFargate", "Cleanup")),
    "OwnCopyIsSkipped": Case({"Plan": [function(DUMP_PLAN | {"worker": "skip", "reason": "own copy"})]}, status="skipped", through=("Cleanup",)),
    "SnapshotIsScaled": scaled({}, status="sanitized", through=("ScalePlan", "ScaleChunks", "ScaleFinish", *CLEANED, *SERVER_GONE), without=("SanitizeOnFargate", "ForgetChunks")),
    "ArchiveIsScaled": scaled({"Plan": [function(ARCHIVE_PLAN)]}, status="sanitized", through=("ChunksOfArchive", "ScalePlan", "ScaleChunks", "ScaleFinish", "Cleanup", *SERVER_GONE), without=("ScratchInstance", "SanitizeOnFargate", "ForgetChunks", "DeleteInstance")),
    "ArchiveCannotBeShared": scaled({"Plan": [function(ARCHIVE_PLAN)], "ScalePlan": [worker_error(17)]}, status="sanitized", through=(*ONE_TASK, "SanitizeOnFargate", "Cleanup", *SERVER_GONE), without=("ScaleChunks", "ForgetChunks", "DeleteInstance"), count={"ScalePlan": 1, "SanitizeOnFargate": 1}),
    "LargeArchiveCannotBeShared": scaled({"Plan": [function(ARCHIVE_PLAN | {"volume": True, "disk": 900})], "ScalePlan": [worker_error(17)]}, status="sanitized", through=(*ONE_TASK, "SanitizeOnVolume", *SERVER_GONE), without=("ScaleChunks", "SanitizeOnFargate")),
    "DatabaseCannotBeShared": scaled({"ScalePlan": [worker_error(16), worker_error(137), worker_error(17)]}, status="sanitized", through=(*ONE_TASK, "SanitizeOnFargate", *CLEANED, *SERVER_GONE), without=("ScaleChunks", "ForgetChunks"), count={"ScalePlan": 3}),
    "OneTaskWaitsForItsTurn": scaled({"Plan": [function(ARCHIVE_PLAN)], "ScalePlan": [worker_error(17)], "SanitizeOnFargate": [worker_error(16), worker_error(137), TASK]}, status="sanitized", count={"ScalePlan": 1, "SanitizeOnFargate": 3, "ReleaseServer": 1}),
    "OneTaskFails": scaled({"ScalePlan": [worker_error(17)], "SanitizeOnFargate": [worker_error(13)]}, "WorkerFailed", through=(*CLEANED, *SERVER_GONE), without=("ForgetChunks",)),
    "ServerIsReleasedLate": scaled({"ScalePlan": [worker_error(17)], "ReleaseServer": [error("Rds.InvalidDbInstanceStateException")]}, status="sanitized", through=("OneTask", "SanitizeOnFargate", *SERVER_GONE)),
    "ReleasedServerIsGone": scaled({"ScalePlan": [worker_error(17)], "DeleteServer": [NO_INSTANCE]}, status="sanitized", through=("ReleaseServer", "DeleteServer", "ForgetServer"), without=("DescribeServerDeletion",)),
    "DamagedArchiveFails": scaled({"Plan": [function(ARCHIVE_PLAN)], "ScalePlan": [worker_error(11)]}, "WorkerFailed", through=("ForgetChunks", "Cleanup", *SERVER_GONE), without=("ScaleChunks", "DeleteInstance", "ReleaseServer"), count={"ScalePlan": 1}),
    "ChunkOfArchiveDies": scaled({"Plan": [function(ARCHIVE_PLAN)], "Chunk": [worker_error(137)]}, "ChunksFailed", through=("ForgetChunks", *SERVER_GONE), without=("ScaleFinish", "DeleteInstance")),
    "ServerCannotBeCreated": scaled({"CreateServer": [error("dev.decant.error.DecantException", "DATABASE_FAILED")], "DeleteServer": [NO_INSTANCE]}, "dev.decant.error.DecantException", through=(*CLEANED, "DeleteServer", "ForgetServer"), without=("ScalePlan", "ForgetChunks")),
    "ServerHasNoCapacityAtFirst": scaled({"CreateServer": [error("dev.decant.error.RetryableException"), ANSWERS["CreateServer"][0]]}, status="sanitized", through=SERVER_GONE),
    "ServerIsNeverAvailable": scaled({"DescribeServer": [instance("creating")]}, "ServerLate", through=(*CLEANED, *SERVER_GONE), without=("LoginToServer", "ScalePlan", "ForgetChunks"), limits={"serverPolls": 2}),
    "ServerIsIncompatible": scaled({"DescribeServer": [instance("incompatible-parameters")]}, "ServerFailed", through=(*CLEANED, *SERVER_GONE), without=("ScalePlan", "ForgetChunks")),
    "ServerNeverLetsIn": scaled({"LoginToServer": [function({"ready": False, "reason": "refused"})]}, "ServerLate", through=SERVER_GONE, without=("ScalePlan",), limits={"serverPolls": 2}),
    "PlanWaitsForItsTurn": scaled({"ScalePlan": [worker_error(16), worker_error(16), TASK]}, status="sanitized", count={"ScalePlan": 3}),
    "PlanDiesOnce": scaled({"ScalePlan": [worker_error(137), TASK]}, status="sanitized", count={"ScalePlan": 2}),
    "PolicyRefusesPlan": scaled({"ScalePlan": [worker_error(10)]}, "WorkerFailed", through=("ForgetChunks", *CLEANED, *SERVER_GONE), without=("ScaleChunks",), count={"ScalePlan": 1}),
    "ChunkDiesTwice": scaled({"Chunk": [worker_error(137), worker_error(137), TASK]}, status="sanitized", through=("ScaleFinish", *SERVER_GONE)),
    "ChunkDiesThreeTimes": scaled({"Chunk": [worker_error(137)]}, "ChunksFailed", through=("ForgetChunks", *CLEANED, *SERVER_GONE), without=("ScaleFinish",)),
    "FinishFails": scaled({"ScaleFinish": [worker_error(13)]}, "WorkerFailed", through=("ForgetChunks", *CLEANED, *SERVER_GONE), count={"ScaleFinish": 1}),
    "FinishDies": scaled({"ScaleFinish": [worker_error(137)]}, "WorkerFailed", through=("ForgetChunks", *CLEANED, *SERVER_GONE), count={"ScaleFinish": 1}),
    "ForgetFails": scaled({"ScaleFinish": [worker_error(13)], "ForgetChunks": [worker_error(14)]}, "WorkerFailed", through=(*CLEANED, *SERVER_GONE), left=("chunks",)),
    "ServerCannotBeDeleted": scaled({"DeleteServer": [error("Rds.InvalidDbInstanceStateException")]}, "CleanupFailed", through=(*CLEANED, "ForgetServer"), left=("server",)),
    "ServerIsNeverDeleted": scaled({"DescribeServerDeletion": [instance("deleting")]}, "CleanupFailed", through=(*CLEANED, "ServerRemains", "ForgetServer"), limits={"deletePolls": 2}, left=("server",)),
    "SecretOfServerCannotBeDeleted": scaled({"ForgetServer": [error("dev.decant.error.DecantException")]}, "CleanupFailed", through=SERVER_GONE, left=("serverSecret",)),
    "WorkerIsUnknown": Case({"Plan": [function(DUMP_PLAN | {"worker": "moon"})]}, "WorkerUnknown", through=("Cleanup",)),
    "PlanFails": Case({"Plan": [error("dev.decant.error.DecantException", "SOURCE_NOT_FOUND")]}, "dev.decant.error.DecantException", through=("Cleanup",), without=("DeleteInstance",)),
    "NoticeCannotBeSent": Case({"Plan": [error("dev.decant.error.DecantException")], "Notify": [error("Sns.AuthorizationErrorException")]}, "dev.decant.error.DecantException", notice=False),
}


def machine_of(case):
    """The name of the machine that a case runs on. Cases with the same limits share one."""
    return "-".join(["Sanitize", case.clones.split(":")[-1], *(f"{name}{value}" for name, value in case.limits.items())])


def config():
    """The content of the file SFN_MOCK_CONFIG."""
    machines, responses = {}, {}
    for name, case in CASES.items():
        states = {}
        for state, answers in case.answers.items():
            states[state] = f"{name}-{state}"
            numbered = {str(i): answer for i, answer in enumerate(answers[:-1])}
            # The last answer holds for all later calls.
            responses[states[state]] = numbered | {f"{len(answers) - 1}-{len(answers) + 20}": answers[-1]}
        machines.setdefault(machine_of(case), {"TestCases": {}})["TestCases"][name] = states
    return {"StateMachines": machines, "MockedResponses": responses}


def run(localstack, notices):
    """Runs all cases side by side, and returns what was not as designed, as sentences."""
    states, s3 = localstack.client("stepfunctions"), localstack.client("s3")
    s3.create_bucket(Bucket="mocks")
    s3.put_object(Bucket="mocks", Key=f"sanitized-snapshots/.scale/{RUN}/items.json", Body=b'[{"item": 0}]')
    machines, executions = {}, {}
    for name, case in CASES.items():
        machine = machine_of(case)
        if machine not in machines:
            text = definition("sanitize", case.limits, CloneClusters=case.clones, Notices=notices.topic, StoreBucket="mocks")
            machines[machine] = create_machine(states, machine, text)
        started = states.start_execution(stateMachineArn=f"{machines[machine]}#{name}", name=name, input="{}")
        executions[name] = started["executionArn"]
    ends = {name: finished(states, execution, 120) for name, execution in executions.items()}
    sent = [(notice["execution"].split(":")[-1], notice) for notice in notices.take()]
    problems = []
    for name, case in CASES.items():
        path = visited(states, executions[name])
        problems += [f"{name}: {problem}" for problem in judge(case, ends[name], path, [each for to, each in sent if to == name])]
    return problems


def judge(case, end, path, sent):
    if case.error is None:
        if end["status"] != "SUCCEEDED":
            yield f"it ended with {end['status']} {end.get('error')} {end.get('cause')}; states: {path}"
        elif json.loads(end["output"])["status"] != case.status:
            yield f"its output is {end['output']}"
    elif (end["status"], end.get("error")) != ("FAILED", f"decant.{case.error}"):
        yield f"it ended with {end['status']} {end.get('error')} {end.get('cause')}; states: {path}"
    for state in case.through:
        if state not in path:
            yield f"it did not enter {state}; states: {path}"
    for state in case.without:
        if state in path:
            yield f"it entered {state}"
    for state, count in case.count.items():
        if path.count(state) != count:
            yield f"it entered {state} {path.count(state)} times"
    if len(sent) != case.notice:
        yield f"{len(sent)} notices were sent"
    for notice in sent:
        if notice["error"] != case.error or notice["run"] not in (RUN, None) or not set(case.left) <= set(notice["notDeleted"]):
            yield f"its notice is {notice}"
