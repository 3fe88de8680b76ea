"""Runs the workflow on a LocalStack that is a process. The script workflow describes the set-up."""

import argparse
import json
import pathlib
import sys
import time

import workflow_archive
import workflow_calls
import workflow_mocks
import workflow_real
from workflow_machines import LocalStack, Notices, free_port


def main():
    arguments = argparse.ArgumentParser()
    for name in ("work", "java-home", "emulator", "runtime", "jar", "postgres", "pg-dump"):
        arguments.add_argument("--" + name, type=pathlib.Path, required=True)
    options = arguments.parse_args()
    wrong = list(workflow_calls.faults())
    if wrong:
        sys.exit("\n".join(wrong))
    started = time.monotonic()
    machine = workflow_real.Machine(options)
    workflow_real.prepare(machine)
    workflow_archive.prepare(machine)
    mocks = options.work / "mocks.json"
    config, archives = workflow_mocks.config(), workflow_archive.mocks()
    mocks.write_text(json.dumps({part: config[part] | archives[part] for part in config}))
    localstack = LocalStack(
        sys.executable, options.work, free_port(), machine.localstack() | {"SFN_MOCK_CONFIG": str(mocks)}
    )
    try:
        notices = Notices(localstack)
        problems = workflow_mocks.run(localstack, notices)
        for problem in problems:
            print(problem, file=sys.stderr)
        print(f"workflow: {len(workflow_mocks.CASES)} cases, {len(problems)} problems, {time.monotonic() - started:.0f} s", flush=True)
        if not problems:
            steps = [*workflow_real.STEPS, *workflow_archive.STEPS, workflow_real.nothing_is_told]
            workflow_real.run(localstack, notices, machine, steps)
            print(f"workflow: all steps in {time.monotonic() - started:.0f} s")
    finally:
        localstack.close()
        machine.stop_servers()
    sys.exit(1 if problems else 0)


main()
