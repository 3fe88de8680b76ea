"""template.py FOLDER checks the SAM templates of this repository without AWS.

It writes the CloudFormation template of each combination of stacks.yaml to FOLDER, for cfn-lint. It exits with 1 if
parliament has a finding in a policy, if a state machine lacks a substitution or a right that its states need, if
something can fail in silence (watch.py), if a new account would refuse a resource, if a row of rights.csv does not
hold, if a refused combination is accepted, or if docs/aws-reference.md does not
describe a parameter or a resource, if docs/aws-operations.md has no advice for an alarm, or if samconfig.toml.example lets one stack deploy what was built for the other."""
import collections
import fnmatch
import json
import pathlib
import re
import sys
import tomllib

import yaml
from parliament import analyze_policy_string
from samtranslator.yaml_helper import yaml_parse

from rights import ACCOUNTS, World, check
from stack import Stack
from watch import unwatched
from workflow_rights import refused

# Parliament's definitions are older than these condition keys.
NEWER_KEYS = ("rds:PubliclyAccessible", "ec2:Encrypted")
# Parliament wants each resource of an action in the same statement.
# - Volumes and instances are in two statements, because only volumes have the tag of ECS.
# - A cluster's snapshot is left out on purpose: without it, no cluster can be deleted with a final snapshot.
# - The source of a clone is in a statement of its own, because it is a list of ARNs.
# - Executions are listed for a state machine, not for the map runs of one. Those of an express machine are not described.
SPLIT_STATEMENTS = {"VolumeRights": ("ec2:AttachVolume", "ec2:DetachVolume"), "RestoreRights": ("rds:DeleteDBCluster", "rds:RestoreDBClusterToPointInTime"),
                    "ScaleRights": ("states:DescribeExecution",), "SweepRunsRights": ("rds:DeleteDBCluster", "states:ListExecutions")}
# Tasks of Fargate have no container instance. The condition ecs:cluster limits the action.
STARS = {"SweepRunsRights": ["ecs:ListTasks"]}


def is_known(key, finding):
    if finding.issue == "RESOURCE_MISMATCH":
        return all(each["action"] in SPLIT_STATEMENTS.get(key, ()) for each in finding.detail)
    if finding.issue == "RESOURCE_STAR":
        return finding.detail == STARS.get(key)
    return any(each in str(finding.detail) for each in NEWER_KEYS)


def stack(template, combination, common):
    name = "decant" if template == "template.yaml" else "decant-refresh"
    account = ACCOUNTS["template.yaml" if combination.get("one-account") else template]
    return Stack(pathlib.Path(template), {**common[template], **combination[template]}, account, name)


def policy_faults(name, stack):
    inline = collections.Counter()
    for key, resource in stack.resources.items():
        if resource["Type"] in ("AWS::IAM::ManagedPolicy", "AWS::IAM::RolePolicy"):
            document = json.dumps(stack.resolved(resource["Properties"]["PolicyDocument"]), indent=1)
            for finding in analyze_policy_string(document).findings:
                if not is_known(key, finding):
                    yield f"{key}, with the parameters of '{name}': {finding}"
            size = len("".join(document.split()))
            if resource["Type"] == "AWS::IAM::RolePolicy":
                inline[stack.resolved(resource["Properties"]["RoleName"])] += size
            elif size > 6144:
                yield f"{key} is longer than the 6144 characters that IAM allows."
    for role, size in inline.items():
        if size > 10240:
            yield f"The policies of {role} have {size} characters, and IAM allows 10240 for all inline policies of a role."


# The greatest length of a name, by the property that has it. These are the shortest limits of AWS in the templates.
LONGEST = {"FunctionName": 64, "Name": 64, "StateMachineName": 80}


def stack_name_faults(stack):
    """docs/aws.md says how long the name of a stack may be. With such a name, the names of the resources must not be too long."""
    allowed = int(re.search(r"at most (\d+) characters", pathlib.Path("docs/aws.md").read_text())[1])
    for key, resource in stack.resources.items():
        for name in set(resource.get("Properties", {})) & set(LONGEST):
            length = len(stack.resolved(resource["Properties"][name])) - len(stack.values["AWS::StackName"]) + allowed
            if length > LONGEST[name]:
                yield f"With a stack name of {allowed} characters, {name} of {key} has {length}, and AWS allows {LONGEST[name]}."


def replaced_faults(stack):
    """A run that is at work starts its tasks by the definition that it began with."""
    for key, resource in stack.resources.items():
        if resource["Type"] == "AWS::ECS::TaskDefinition" and resource.get("UpdateReplacePolicy") != "Retain":
            yield f"An update deletes the old revision of {key}, so that a run at work cannot start its task."


def build_faults():
    """Both stacks would be built in .aws-sam/build, and sam deploy takes what is there."""
    refresh = tomllib.loads(pathlib.Path("samconfig.toml.example").read_text())["refresh"]
    folder = refresh["build"]["parameters"].get("build_dir")
    if folder is None or refresh["deploy"]["parameters"].get("template_file") != f"{folder}/template.yaml":
        yield "In samconfig.toml.example, the refresh stack must be built in a folder of its own and deployed from there."


def undescribed(template):
    """The resources that the tables of docs/aws-reference.md or docs/terraform.md do not name, where a star stands for any
    text, and the outputs that docs/aws-reference.md does not name."""
    reference = pathlib.Path("docs/aws-reference.md").read_text()
    for output in yaml_parse(pathlib.Path(template).read_text())["Outputs"]:
        if f"`{output}`" not in reference:
            yield f"docs/aws-reference.md does not name the output {output} of {template}."
    for document in ("docs/aws-reference.md", "docs/terraform.md"):
        names = re.findall(r"`([A-Za-z0-9]+\*?)`", pathlib.Path(document).read_text())
        for resource in yaml_parse(pathlib.Path(template).read_text())["Resources"]:
            if not any(fnmatch.fnmatchcase(resource, name) for name in names):
                yield f"{document} does not name the resource {resource} of {template}."


def alarms_without_advice(template):
    """The alarms that docs/aws-operations.md does not name. Its reader has been paged by one of them."""
    rows = [line.split("|")[1] for line in pathlib.Path("docs/aws-operations.md").read_text().splitlines() if line.startswith("| `")]
    known = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    for name, resource in yaml_parse(pathlib.Path(template).read_text())["Resources"].items():
        if resource["Type"] == "AWS::CloudWatch::Alarm" and name not in known:
            yield f"docs/aws-operations.md does not say what to do after the alarm {name} of {template}."


def unknown_in_example(template, parameters):
    """The parameters in samconfig.toml.example that the template does not have."""
    sanitize, refresh = pathlib.Path("samconfig.toml.example").read_text().split("[refresh.build.parameters]")
    for name in re.findall(r"""["'](\w+)=""", sanitize if template == "template.yaml" else refresh):
        if name not in parameters:
            yield f"samconfig.toml.example sets {name}, which is not a parameter of {template}."


def substitution_faults():
    """A name that CloudFormation does not replace would stand in the deployed definition."""
    for name, resource in yaml_parse(pathlib.Path("template.yaml").read_text())["Resources"].items():
        if resource["Type"] == "AWS::Serverless::StateMachine":
            file = resource["Properties"]["DefinitionUri"]
            used = set(re.findall(r"\$\{(\w+)\}", pathlib.Path(file).read_text()))
            given = set(resource["Properties"]["DefinitionSubstitutions"])
            if used != given:
                yield f"{name} gives {file} the substitutions {sorted(given)}, and the file uses {sorted(used)}."


def quota_faults(stack):
    """What a new account refuses. Its quota of concurrency is 10, and Lambda wants to keep that many unreserved."""
    for key, resource in stack.resources.items():
        if "ReservedConcurrentExecutions" in resource.get("Properties", {}):
            yield f"{key} reserves concurrency, so that a new account cannot deploy the stack."


def main():
    folder = pathlib.Path(sys.argv[1])
    combinations = yaml.safe_load((pathlib.Path(__file__).parent / "stacks.yaml").read_text())
    worlds, faults, policies = {}, [*substitution_faults(), *build_faults()], 0
    for name, combination in combinations["stacks"].items():
        stacks = {template: stack(template, combination, combinations["common"]) for template in ACCOUNTS}
        worlds[name] = World(*stacks.values())
        faults += [f"With the parameters of '{name}': {each}" for each in refused(worlds[name])]
        for template, one in stacks.items():
            faults += [f"'{name}' is refused: {each}" for each in one.broken_rules]
            faults += policy_faults(name, one)
            faults += [f"{template}: {each}" for each in [*quota_faults(one), *replaced_faults(one), *stack_name_faults(one)]]
            faults += [f"{template}, with the parameters of '{name}': {each}" for each in unwatched(one)]
            one.resolved({key: each for key, each in one.resources.items()})
            (folder / f"{name}-{pathlib.Path(template).stem}.json").write_text(json.dumps(one.deployed(), indent=1))
            policies += sum(each["Type"] in ("AWS::IAM::ManagedPolicy", "AWS::IAM::RolePolicy") for each in one.resources.values())
    for name, combination in combinations["refused"].items():
        reasons = stack("template.yaml", combination, combinations["common"]).broken_rules
        if not any(combination["reason"] in each for each in reasons):
            faults.append(f"'{name}' is not refused because of '{combination['reason']}'. The reasons are: {reasons}.")
    found, decisions = check(worlds)
    documented = pathlib.Path("docs/aws-reference.md").read_text()
    for template in ACCOUNTS:
        parameters = yaml_parse(pathlib.Path(template).read_text())["Parameters"]
        faults += unknown_in_example(template, parameters)
        for parameter in parameters:
            if f"| `{parameter}` |" not in documented:
                faults.append(f"docs/aws-reference.md does not describe the parameter {parameter} of {template}.")
        faults += [*undescribed(template), *alarms_without_advice(template)]
    for fault in sorted(set(faults + found)):
        print(fault, file=sys.stderr)
    if faults or found:
        sys.exit(1)
    print(f"rights: {decisions} decisions as expected, {policies} policies without findings, {len(worlds)} combinations")


main()
