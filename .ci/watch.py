"""Checks that nothing fails in silence: dead-letter queues, alarms, and what roles and logs need."""

# The alarm NoNewSnapshot goes off when the newest snapshot is older than this.
MOST_HOURS = 26
# These functions are called by another resource alone, whose failure has an alarm.
CALLED = {"ScratchInstance": "SanitizeWorkflow", "PlanRun": "SanitizeWorkflow"}
# The metrics that need an alarm, and the dimension that names the resource.
WATCHED = {"AWS::Lambda::Function": ("FunctionName", ("Errors", "Throttles", "Duration")),
           "AWS::Events::Rule": ("RuleName", ("FailedInvocations",)),
           "AWS::StepFunctions::StateMachine": ("StateMachineArn", ("ExecutionsFailed", "ExecutionsTimedOut"))}
# Services that send aws:SourceAccount when they assume a role.
SERVICES = ("lambda.amazonaws.com", "ecs-tasks.amazonaws.com", "ecs.amazonaws.com", "states.amazonaws.com",
            "scheduler.amazonaws.com", "events.amazonaws.com")


def alarms(stack):
    """Pairs of a metric and the name of a resource that has an alarm."""
    for resource in stack.resources.values():
        if resource["Type"] == "AWS::CloudWatch::Alarm":
            properties = stack.resolved(resource["Properties"])
            if properties.get("AlarmActions"):
                metrics = [each["MetricStat"]["Metric"] for each in properties.get("Metrics", []) if "MetricStat" in each]
                for metric in metrics or [properties]:
                    for dimension in metric.get("Dimensions", []):
                        yield metric["MetricName"], dimension["Value"]


def unwatched(stack):
    """The faults of a stack."""
    watched = set(alarms(stack))
    dead_letters = set()
    for key, resource in stack.resources.items():
        properties, kind = stack.resolved(resource.get("Properties", {})), resource["Type"]
        for metric in WATCHED.get(kind, ("", ()))[1]:
            name = stack.arn(key) if kind == "AWS::StepFunctions::StateMachine" else stack.name(key)
            if key not in CALLED and (metric, name) not in watched:
                yield f"{key} has no alarm on {metric}."
        if kind == "AWS::Lambda::EventInvokeConfig" and ("DestinationDeliveryFailures", properties["FunctionName"]) not in watched:
            yield f"{key} has no alarm on DestinationDeliveryFailures, so that a notice can be lost."
        if kind in ("AWS::Events::Rule", "AWS::Scheduler::Schedule"):
            targets = properties["Targets"] if kind == "AWS::Events::Rule" else [properties["Target"]]
            for target in targets:
                if "DeadLetterConfig" not in target:
                    yield f"{key} has a target without a dead-letter queue, so that it loses what it cannot deliver."
                else:
                    dead_letters.add(target["DeadLetterConfig"]["Arn"])
        if kind == "AWS::SQS::Queue" and "RedrivePolicy" in properties:
            dead_letters.add(properties["RedrivePolicy"]["deadLetterTargetArn"])
        if kind == "AWS::IAM::Role":
            yield from trusting(key, properties)
        if kind == "AWS::Lambda::EventSourceMapping":
            yield from dropping(stack, properties)
        if kind == "AWS::CloudWatch::Alarm" and properties.get("MetricName") == "SnapshotAgeHours":
            yield from late(key, properties)
        if kind == "AWS::Logs::LogGroup" and not ("RetentionInDays" in properties and "KmsKeyId" in properties):
            yield f"The log group {key} needs a retention time and a key."
    for key, resource in stack.resources.items():
        if resource["Type"] == "AWS::SQS::Queue" and stack.arn(key) in dead_letters:
            if ("ApproximateNumberOfMessagesVisible", f"{stack.name(key)}-QueueName") not in watched:
                yield f"The dead-letter queue {key} has no alarm."


def dropping(stack, mapping):
    """Lambda stops a message after 16 calls if the function sends it to the queue that it reads."""
    function = next(each["Properties"] for key, each in stack.resources.items() if stack.name(key) == mapping["FunctionName"])
    role = stack.resolved(function["Role"]).split("/")[-1]
    policies = (stack.resolved(each["Properties"]) for each in stack.resources.values() if each["Type"] == "AWS::IAM::RolePolicy")
    sends = any(each["Resource"] == mapping["EventSourceArn"] and "sqs:SendMessage" in each["Action"]
                for policy in policies if policy["RoleName"] == role for each in policy["PolicyDocument"]["Statement"])
    if sends and function.get("RecursiveLoop") != "Allow":
        yield f"{mapping['FunctionName']} sends to the queue that it reads. Without RecursiveLoop=Allow, Lambda drops a message after 16 calls."


def late(key, alarm):
    """An age grows by an hour each hour, so the alarm goes off when the last of its periods has the age of the limit."""
    age = alarm["Threshold"] + (alarm["EvaluationPeriods"] - 1) * alarm["Period"] / 3600
    if age != MOST_HOURS:
        yield f"{key} goes off at {age:.0f} hours in place of {MOST_HOURS}."


def trusting(key, properties):
    for statement in properties["AssumeRolePolicyDocument"]["Statement"]:
        service = statement["Principal"].get("Service")
        keys = {each for condition in statement.get("Condition", {}).values() for each in condition}
        if service not in SERVICES:
            yield f"{key} trusts {service}, which .ci/watch.py does not know."
        elif "aws:SourceAccount" not in keys or "aws:SourceArn" not in keys:
            yield f"{key} trusts {service} on behalf of every account. It needs aws:SourceAccount and aws:SourceArn."
