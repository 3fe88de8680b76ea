"""Runs the workflow on a LocalStack that is a process. The script workflow describes the set-up."""

import argparse
import json
import pathlib
import socket
import sys
import time

import workflow_mocks
from workflow_machines import LocalStack, Notices


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--work", type=pathlib.Path, required=True)
    options = arguments.parse_args()
    started = time.monotonic()
    mocks = options.work / "mocks.json"
    mocks.write_text(json.dumps(workflow_mocks.config()))
    localstack = LocalStack(sys.executable, options.work, free_port(), {"SFN_MOCK_CONFIG": str(mocks)})
    try:
        notices = Notices(localstack)
        problems = workflow_mocks.run(localstack, notices)
    finally:
        localstack.close()
    for problem in problems:
        print(problem, file=sys.stderr)
    cases = len(workflow_mocks.CASES)
    print(f"workflow: {cases} cases in {time.monotonic() - started:.0f} s, {len(problems)} problems")
    sys.exit(1 if problems else 0)


main()
