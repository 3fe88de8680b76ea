"""Checks that the roles of the state machines may make the calls of their states, with the parameters that these give.

No emulator of Step Functions enforces IAM."""
import json
import pathlib

RUN = "0123456789abcdef01234567"
SNAPSHOT = "arn:aws:rds:eu-central-1:111111111111:{}:rds:shop-2026-03-23"
DEFINITIONS = {"SanitizeWorkflow": "statemachine/sanitize.asl.json", "StartRun": "statemachine/start.asl.json"}
# What the expressions of the definitions stand for. Another expression is a fault, so that none is taken for harmless.
VALUES = {"$.plan.rds.instance": f"decant-scratch-{RUN}", "$.plan.rds.cluster": f"decant-scratch-{RUN}",
          "$.plan.rds.copyName": f"decant-copy-{RUN}", "$.plan.rds.snapshot": SNAPSHOT, "$.from.snapshot": SNAPSHOT,
          "$.server.name": f"decant-scratch-{RUN}-verify", "$.run": RUN,
          "$$.StateMachine.Id": "arn:aws:states:eu-central-1:111111111111:stateMachine:decant-Sanitize",
          "$.plan.rds.sourceCluster": "shop", "$.plan.run": RUN, "$.plan.rds.expires": "2026-03-24T06:00:00Z"}
MAJOR = {"pg": "postgres17", "cluster-pg": "aurora-postgresql17"}
# Parameters of RDS that name a resource, and the kind of the resource in its ARN.
KINDS = {"DbInstanceIdentifier": "db", "DbClusterIdentifier": "cluster", "SourceDBClusterIdentifier": "cluster",
         "DbSnapshotIdentifier": "snapshot", "SourceDBSnapshotIdentifier": "snapshot",
         "TargetDBSnapshotIdentifier": "snapshot", "DbClusterSnapshotIdentifier": "cluster-snapshot",
         "SnapshotIdentifier": "cluster-snapshot", "SourceDBClusterSnapshotIdentifier": "cluster-snapshot",
         "TargetDBClusterSnapshotIdentifier": "cluster-snapshot", "DbSubnetGroupName": "subgrp",
         "DbParameterGroupName": "pg", "DbClusterParameterGroupName": "cluster-pg"}


# The states that only a stack with Scale=true enters.
SCALE = ("ScaleServer", "ScalePlan", "ReleaseServer", "ScaleChunks", "ScaleFinish", "ForgetChunks", "DeleteServer", "ForgetServer")


def tasks(states):
    for name, state in states.items():
        if "ItemReader" in state:
            yield name, "map", state["ItemReader"]["Parameters"]
        if state["Type"] == "Task":
            yield name, state["Resource"].removeprefix("arn:aws:states:::"), state.get("Parameters", {})
        for inner in state.get("Branches", []) + [state[each] for each in ("Iterator", "ItemProcessor") if each in state]:
            yield from tasks(inner["States"])


def value(expression, kind=""):
    if expression.startswith("States.Format('"):
        text = expression.split("'")[1]
        return text.replace("{}{}", MAJOR[kind]) if kind else text.replace("{}", RUN)
    return VALUES[expression].format(kind) if expression.startswith("$") else expression


def tags(parameters):
    return {f"aws:RequestTag/{each['Key']}": value(each.get("Value.$", each.get("Value", "")))
            for each in parameters.get("Tags", [])}


def rds(operation, parameters):
    """The action, the resources and the condition keys of a call of RDS."""
    context = tags(parameters)
    if "PubliclyAccessible" in parameters:
        context["rds:PubliclyAccessible"] = str(parameters["PubliclyAccessible"]).lower()
    if operation.startswith(("delete", "modify")):
        context["aws:ResourceTag/decant:run"] = RUN
    for name, expression in parameters.items():
        kind = KINDS.get(name.removesuffix(".$"))
        if kind:
            found = value(expression, kind)
            yield "rds:" + operation, found if found.startswith("arn:") else f"rds:{kind}:{found}", context
        elif name.removesuffix(".$").endswith(("Identifier", "GroupName")):
            raise ValueError(f"The parameter {name} is not known to .ci/workflow_rights.py.")
    if "KmsKeyId" in parameters:
        via = {"kms:ViaService": "rds.eu-central-1.amazonaws.com", "kms:GrantIsForAWSResource": "true"}
        yield "kms:CreateGrant", parameters["KmsKeyId"], via


def groups(stack, parameters):
    """The tasks must have the security groups of the function, or they cannot reach the scratch server that it reaches."""
    text = parameters["NetworkConfiguration"]["AwsvpcConfiguration"]["SecurityGroups.$"]
    given = text.removeprefix("States.StringSplit('").removesuffix("', ',')").split(",")
    function = stack.resolved(stack.resources["SanitizeSnapshot"]["Properties"]["VpcConfig"])["SecurityGroupIds"]
    if given != function:
        yield f"The tasks have the security groups {given}, and the function has {function}."


def fargate(stack, parameters):
    context = {"ecs:cluster": parameters["Cluster"], "ecs:enable-execute-command": "false"}
    yield "ecs:RunTask", parameters["TaskDefinition"], {**context, **tags(parameters)}
    definition = next(each for key, each in stack.resources.items()
                      if each["Type"] == "AWS::ECS::TaskDefinition" and stack.arn(key) == parameters["TaskDefinition"])
    for role in ("TaskRoleArn", "ExecutionRoleArn"):
        passed = {"iam:PassedToService": "ecs-tasks.amazonaws.com"}
        yield "iam:PassRole", stack.resolved(definition["Properties"][role]), passed
    for volume in parameters.get("VolumeConfigurations", []):
        yield "iam:PassRole", volume["ManagedEBSVolume"]["RoleArn"], {"iam:PassedToService": "ecs.amazonaws.com"}


def distributed(stack, machine, parameters):
    """The calls of a distributed map: it reads its items from S3, and starts and stops executions of its own machine."""
    yield "s3:GetObject", f"arn:aws:s3:::{parameters['Bucket']}/{value(parameters['Key.$'])}", {}
    via = {"kms:ViaService": "s3.eu-central-1.amazonaws.com"}
    yield "kms:Decrypt", stack.arn("SanitizedKey"), via
    yield "states:StartExecution", machine, {}
    for action in ("states:DescribeExecution", "states:StopExecution"):
        yield action, machine.replace(":stateMachine:", ":execution:") + "/Chunks:child", {}


def calls(stack, machine, resource, parameters):
    if resource.startswith("aws-sdk:rds:"):
        yield from rds(resource.removeprefix("aws-sdk:rds:"), parameters)
    elif resource == "map":
        yield from distributed(stack, machine, parameters)
    elif resource == "ecs:runTask.sync":
        yield from fargate(stack, parameters)
    else:
        action, parameter = {"lambda:invoke": ("lambda:InvokeFunction", "FunctionName"),
                             "sns:publish": ("sns:Publish", "TopicArn"),
                             "states:startExecution": ("states:StartExecution", "StateMachineArn")}[resource]
        yield action, parameters[parameter], {}


def refused(world):
    """The calls that IAM would refuse."""
    stack = world.stacks[""]
    for key, path in DEFINITIONS.items():
        if key not in stack.resources:
            continue
        properties = stack.resolved(stack.resources[key]["Properties"])
        text = pathlib.Path(path).read_text()
        for name, replacement in properties["DefinitionSubstitutions"].items():
            text = text.replace("${" + name + "}", replacement)
        principal = next(each for each in world.principals.values() if each.arn == properties["RoleArn"])
        for state, resource, parameters in tasks(json.loads(text)["States"]):
            if resource == "ecs:runTask.sync":
                yield from groups(stack, parameters)
            if state == "CloneCluster" and properties["DefinitionSubstitutions"]["CloneClusters"] == "none":
                continue
            if state in SCALE and stack.values["Scale"] != "true":
                continue
            for action, target, context in calls(stack, stack.arn(key), resource, parameters):
                if not world.decide(principal, action, target, dict(context)):
                    yield f"The state {state} of {path} may not call {action} on {target} with {context}."
