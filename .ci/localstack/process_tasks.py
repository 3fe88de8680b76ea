"""ECS for LocalStack: a task is a process on this machine.

ECS_ENTRY_POINT is the entry point of each image's container, as a JSON object of lists by the container's name. It brings
the environment of the task definition. The command and the rest of the environment come from the overrides of the call.
The log of a task is ECS_LOGS/TASK.log.
"""

import json
import os
import subprocess
import threading
import uuid

from localstack.services.plugins import Service, aws_provider

CLUSTER = "arn:aws:ecs:us-east-1:000000000000:cluster/"


@aws_provider()
def ecs():
    from localstack.aws.api import CommonServiceException
    from localstack.aws.skeleton import Skeleton
    from localstack.aws.spec import load_service

    entry_points = json.loads(os.environ.get("ECS_ENTRY_POINT", "{}"))
    logs = os.environ.get("ECS_LOGS", "/tmp")
    tasks = {}
    processes = {}

    def run(_context, request):
        identity = uuid.uuid4().hex
        cluster = request["cluster"].split("/")[-1]
        override = request["overrides"]["containerOverrides"][0]
        arn = f"arn:aws:ecs:us-east-1:000000000000:task/{cluster}/{identity}"
        task = {
            "taskArn": arn,
            "clusterArn": CLUSTER + cluster,
            "taskDefinitionArn": request["taskDefinition"],
            "lastStatus": "RUNNING",
            "desiredStatus": "RUNNING",
            "launchType": request.get("launchType", "FARGATE"),
            "startedBy": request.get("startedBy", ""),
            "overrides": request["overrides"],
            "tags": request.get("tags", []),
            "containers": [{"name": override["name"], "lastStatus": "RUNNING", "taskArn": arn}],
        }
        environment = {each["name"]: each["value"] for each in override.get("environment", [])}
        with open(f"{logs}/{identity}.log", "wb") as log:
            process = subprocess.Popen(
                entry_points[override["name"]] + override["command"],
                env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            )
        tasks[arn] = task
        processes[arn] = process
        threading.Thread(target=ended, args=(task, process), daemon=True).start()
        return {"tasks": [task], "failures": []}

    def ended(task, process):
        code = process.wait()
        # Like ECS, which reports a killed container as 128 plus the signal.
        task["containers"][0].update(lastStatus="STOPPED", exitCode=code if code >= 0 else 128 - code)
        task.update(
            desiredStatus="STOPPED", stopCode="EssentialContainerExited",
            stoppedReason="Essential container in task exited", lastStatus="STOPPED",
        )

    def describe(_context, request):
        return {"tasks": [tasks[arn] for arn in request["tasks"] if arn in tasks], "failures": []}

    def stop(_context, request):
        arn = request["task"]
        if arn not in tasks:
            raise CommonServiceException("InvalidParameterException", "The referenced task was not found.", 400)
        processes[arn].terminate()
        return {"task": tasks[arn]}

    table = {"RunTask": run, "DescribeTasks": describe, "StopTask": stop}
    return Service(name="ecs", skeleton=Skeleton(load_service("ecs"), table))
