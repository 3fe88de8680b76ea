"""The state machines of statemachine/ as AWS deploys them, but with short waits, on a LocalStack that is a process."""

import json
import pathlib
import re
import socket
import subprocess
import time
import urllib.request

import boto3
import botocore.config
import yaml

ROOT = pathlib.Path(__file__).parent.parent
ACCOUNT = "000000000000"
REGION = "us-east-1"


def arn(service, rest):
    return f"arn:aws:{service}:{REGION}:{ACCOUNT}:{rest}"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


SUBSTITUTIONS = {
    "PlanRun": arn("lambda", "function:PlanRun"),
    "SanitizeSnapshot": arn("lambda", "function:SanitizeSnapshot"),
    "ScratchInstance": arn("lambda", "function:ScratchInstance"),
    "Workers": arn("ecs", "cluster/Workers"),
    "SanitizeTask": arn("ecs", "task-definition/SanitizeTask:1"),
    "SanitizeTaskLarge": arn("ecs", "task-definition/SanitizeTaskLarge:1"),
    "VolumeRole": f"arn:aws:iam::{ACCOUNT}:role/volume",
    "WorkerSubnets": "subnet-1,subnet-2",
    "WorkerGroups": "sg-worker,sg-further",
    "ScratchSubnets": "scratch",
    "ScratchGroup": "sg-scratch",
    "ParameterGroups": "decant",
    "ScratchInstanceClass": "db.r6g.large",
    "Clusters": arn("rds", "cluster:"),
    "CloneClusters": "none",
    "SourceDatabase": "",
    "ScaleConcurrency": "2",
    "ScaleServerClass": "db.r6g.2xlarge",
    "StoreBucket": "sanitized",
    "StorePrefix": "sanitized-snapshots",
    "ScratchKey": arn("kms", "key/raw"),
    "Notices": arn("sns", "notices"),
    "Sanitize": arn("states", "stateMachine:Sanitize"),
}


def definition(name, limits=None, **changes):
    """The definition with its substitutions, one second for each wait, and at most three retries.

    limits replaces values of the state Settings, for instance the number of polls.
    """
    text = (ROOT / "statemachine" / f"{name}.asl.json").read_text()
    values = SUBSTITUTIONS | changes
    used = set(re.findall(r"\$\{(\w+)\}", text))
    if used - values.keys():
        raise SystemExit(f"{name}.asl.json uses {sorted(used - values.keys())}, which have no value.")
    for key in used:
        text = text.replace("${" + key + "}", values[key])
    machine = json.loads(text)
    shorten(machine)
    if name == "sanitize":
        short = {"chunks": {"bytes": "1MB", "disk": 50}, "archiveChunks": {"bytes": "1MB", "disk": 200}, "pollSeconds": 1, "turnSeconds": 1, "copyPolls": 60, "restorePolls": 60, "passwordPolls": 60, "serverPolls": 60, "deletePolls": 60}
        machine["States"]["Settings"]["Result"]["settings"].update(short | (limits or {}))
    return json.dumps(machine)


def event_pattern(rule, **values):
    """The event pattern of a rule of template.yaml. values has its parameters and resources; each condition is true."""

    class Template(yaml.SafeLoader):
        pass

    def function(loader, name, node):
        if name == "Ref":
            return values.get(node.value)
        if name == "Sub" and isinstance(node, yaml.ScalarNode):
            return re.sub(r"\$\{(\w+)\}", lambda found: str(values.get(found[1])), node.value)
        if name == "If":
            return loader.construct_sequence(node, deep=True)[1]
        return None

    Template.add_multi_constructor("!", function)
    template = yaml.load((ROOT / "template.yaml").read_text(), Template)
    return json.dumps(template["Resources"][rule]["Properties"]["EventPattern"])


def shorten(node):
    if isinstance(node, list):
        for each in node:
            shorten(each)
    elif isinstance(node, dict):
        if "ErrorEquals" in node and "IntervalSeconds" in node:
            node["IntervalSeconds"] = 1
            node["BackoffRate"] = 1
            node["MaxAttempts"] = min(node["MaxAttempts"], 3)
            node.pop("MaxDelaySeconds", None)
        for each in node.values():
            shorten(each)


class LocalStack:
    """A LocalStack on a port of the loopback address, until it is closed."""

    def __init__(self, program, folder, port, environment):
        self.endpoint = f"http://127.0.0.1:{port}"
        self.log = folder / "localstack.log"
        settings = {
            "PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin",
            "HOME": str(folder),
            "OVERRIDE_IN_DOCKER": "0",
            "GATEWAY_SERVER": "hypercorn",
            "GATEWAY_LISTEN": f"127.0.0.1:{port}",
            "FILESYSTEM_ROOT": str(folder / "localstack"),
            "DISABLE_EVENTS": "1",
            "SKIP_SSL_CERT_DOWNLOAD": "1",
            "PROVIDER_OVERRIDE_LAMBDA": "rie",
        }
        self.process = subprocess.Popen(
            [program, "-m", "localstack.runtime.main"], env=settings | environment, stdin=subprocess.DEVNULL,
            stdout=self.log.open("wb"), stderr=subprocess.STDOUT, start_new_session=True,
        )
        self._await()

    def _await(self):
        end = time.monotonic() + 120
        while time.monotonic() < end and self.process.poll() is None:
            try:
                urllib.request.urlopen(self.endpoint + "/_localstack/health", timeout=2)
                return
            except OSError:
                time.sleep(0.2)
        self.close()
        raise SystemExit("LocalStack did not start:\n" + self.log.read_text()[-3000:])

    def client(self, service):
        return boto3.client(
            service, endpoint_url=self.endpoint, region_name=REGION, aws_access_key_id="test", aws_secret_access_key="test",
            config=botocore.config.Config(s3={"addressing_style": "path"}),
        )

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()


class Notices:
    """The topic of notices, with a queue that gets each of them."""

    def __init__(self, localstack):
        self.queue_client = localstack.client("sqs")
        topics = localstack.client("sns")
        self.topic = topics.create_topic(Name="notices")["TopicArn"]
        self.queue = self.queue_client.create_queue(QueueName="notices")["QueueUrl"]
        topics.subscribe(TopicArn=self.topic, Protocol="sqs", Endpoint=arn("sqs", "notices"))

    def take(self):
        """All notices that have arrived, as objects."""
        found = []
        while True:
            messages = self.queue_client.receive_message(QueueUrl=self.queue, MaxNumberOfMessages=10).get("Messages", [])
            if not messages:
                return found
            for message in messages:
                found.append(json.loads(json.loads(message["Body"])["Message"]))
                self.queue_client.delete_message(QueueUrl=self.queue, ReceiptHandle=message["ReceiptHandle"])


def create_machine(states, name, text, kind="STANDARD"):
    return states.create_state_machine(
        name=name, definition=text, roleArn=f"arn:aws:iam::{ACCOUNT}:role/workflow", type=kind
    )["stateMachineArn"]


def finished(states, execution, seconds):
    """Waits until an execution ends, and returns its description."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = states.describe_execution(executionArn=execution)
        if found["status"] != "RUNNING":
            return found
        time.sleep(0.3)
    return states.describe_execution(executionArn=execution)


def visited(states, execution):
    """The names of the states that an execution entered, in order."""
    pages = states.get_paginator("get_execution_history").paginate(executionArn=execution)
    return [
        event["stateEnteredEventDetails"]["name"]
        for page in pages for event in page["events"] if "stateEnteredEventDetails" in event
    ]
