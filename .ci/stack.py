"""Reads a SAM template as CloudFormation would deploy it with given parameters, without AWS."""
import ipaddress
import re

from samtranslator.translator.managed_policy_translator import ManagedPolicyLoader
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

REGION = "eu-central-1"
NONE = object()
ARNS = {"AWS::S3::Bucket": "arn:aws:s3:::{name}",
        "AWS::KMS::Key": "arn:aws:kms:{region}:{account}:key/{name}",
        "AWS::Lambda::Function": "arn:aws:lambda:{region}:{account}:function:{name}",
        "AWS::Logs::LogGroup": "arn:aws:logs:{region}:{account}:log-group:{name}:*",
        "AWS::SNS::Topic": "arn:aws:sns:{region}:{account}:{name}",
        "AWS::SQS::Queue": "arn:aws:sqs:{region}:{account}:{name}",
        "AWS::IAM::Role": "arn:aws:iam::{account}:role/{name}",
        "AWS::ECS::Cluster": "arn:aws:ecs:{region}:{account}:cluster/{name}",
        "AWS::ECS::TaskDefinition": "arn:aws:ecs:{region}:{account}:task-definition/{name}:1",
        "AWS::Events::Rule": "arn:aws:events:{region}:{account}:rule/{name}",
        "AWS::StepFunctions::StateMachine": "arn:aws:states:{region}:{account}:stateMachine:{name}"}
NAMES = ("BucketName", "FunctionName", "LogGroupName", "QueueName", "TopicName", "RoleName", "ClusterName", "Family",
         "StateMachineName", "DBSubnetGroupName", "Name")
REF_IS_ARN = ("AWS::SNS::Topic", "AWS::ECS::TaskDefinition", "AWS::StepFunctions::StateMachine")


class NoManagedPolicies(ManagedPolicyLoader):
    def __init__(self):
        pass

    def load(self):
        return {}


def cloudformation(path, parameters=None):
    """The template that SAM generates."""
    template = yaml_parse(path.read_text())
    for resource in template["Resources"].values():
        properties = resource.get("Properties") or {}
        for code in ("CodeUri", "DefinitionUri"):
            if isinstance(properties.get(code), str):
                properties[code] = {"Bucket": "bucket", "Key": "key"} if code == "DefinitionUri" else "s3://bucket/key"
    return transform(template, {"AWS::Region": REGION, **(parameters or {})}, NoManagedPolicies())


class Stack:
    """A template with the values of its parameters. Its resources are those whose conditions hold."""

    def __init__(self, path, parameters, account, name="decant"):
        self.template = cloudformation(path, parameters)
        self.account = account
        self.values = {"AWS::Partition": "aws", "AWS::Region": REGION, "AWS::AccountId": account,
                       "AWS::StackName": name, "AWS::URLSuffix": "amazonaws.com", "AWS::NoValue": NONE}
        declared = self.template["Parameters"]
        unknown = set(parameters) - set(declared)
        if unknown:
            raise ValueError(f"{path} does not have the parameters {sorted(unknown)}.")
        for key, parameter in declared.items():
            text = parameters.get(key, parameter.get("Default"))
            if text is None:
                raise ValueError(f"{path} needs a value of the parameter {key}.")
            is_list = parameter["Type"] == "CommaDelimitedList"
            self.values[key] = [each.strip() for each in str(text).split(",")] if is_list else str(text)
        self.broken_rules = list(self.broken(self.template.get("Rules", {})))
        self.resources = {key: each for key, each in self.template["Resources"].items() if self.exists(each)}

    def exists(self, item):
        return "Condition" not in item or self.holds(self.template["Conditions"][item["Condition"]])

    def holds(self, condition):
        function, argument = next(iter(condition.items()))
        if function == "Condition":
            return self.holds(self.template["Conditions"][argument])
        if function == "Fn::Equals":
            return self.resolved(argument[0]) == self.resolved(argument[1])
        if function == "Fn::Not":
            return not self.holds(argument[0])
        if function == "Fn::And":
            return all(self.holds(each) for each in argument)
        if function == "Fn::Or":
            return any(self.holds(each) for each in argument)
        if function == "Fn::EachMemberEquals":
            return all(each == self.resolved(argument[1]) for each in self.resolved(argument[0]))
        raise ValueError(f"The condition {function} is not known.")

    def broken(self, rules):
        for rule in rules.values():
            if "RuleCondition" not in rule or self.holds(rule["RuleCondition"]):
                for each in rule["Assertions"]:
                    if not self.holds(each["Assert"]):
                        yield each["AssertDescription"]

    def name(self, key):
        properties = self.template["Resources"][key].get("Properties", {})
        given = next((properties[each] for each in NAMES if each in properties), None)
        return self.resolved(given) if given is not None else f"{self.values['AWS::StackName']}-{key}".lower()

    def arn(self, key):
        kind = self.template["Resources"][key]["Type"]
        return ARNS[kind].format(name=self.name(key), region=REGION, account=self.account)

    def resolved(self, node):
        """The node with all its functions evaluated."""
        if isinstance(node, list):
            items = (self.resolved(each) for each in node)
            return [each for each in items if each is not NONE]
        if not isinstance(node, dict):
            return node
        if len(node) == 1:
            function, argument = next(iter(node.items()))
            if function == "Ref":
                return self.ref(argument)
            if function.startswith("Fn::"):
                return self.call(function[4:], argument)
        pairs = ((key, self.resolved(each)) for key, each in node.items())
        return {key: each for key, each in pairs if each is not NONE}

    def ref(self, key):
        if key in self.values:
            return self.values[key]
        if key not in self.resources:
            raise ValueError(f"A resource that exists refers to {key}, which does not exist with these parameters.")
        return self.arn(key) if self.resources[key]["Type"] in REF_IS_ARN else self.name(key)

    def call(self, function, argument):
        if function == "If":
            return self.resolved(argument[1 if self.holds({"Condition": argument[0]}) else 2])
        if function == "GetAtt":
            key, attribute = argument.split(".", 1) if isinstance(argument, str) else argument
            if key not in self.resources:
                raise ValueError(f"A resource that exists refers to {key}, which does not exist with these parameters.")
            return self.arn(key) if attribute == "Arn" else f"{self.name(key)}-{attribute}"
        if function == "Sub":
            text, names = argument if isinstance(argument, list) else (argument, {})
            return re.sub(r"\$\{([^!}]+)\}", lambda found: self.substitute(found[1], names), text)
        if function == "Join":
            return argument[0].join(self.resolved(argument[1]))
        if function == "Split":
            return self.resolved(argument[1]).split(argument[0])
        if function == "Select":
            return self.resolved(argument[1])[int(argument[0])]
        if function == "FindInMap":
            name, first, second = self.resolved(argument)
            return self.template["Mappings"][name][first][second]
        if function == "GetAZs":
            return [REGION + zone for zone in "abc"]
        if function == "Cidr":
            block, count, bits = self.resolved(argument)
            parts = ipaddress.ip_network(block).subnets(new_prefix=32 - int(bits))
            return [str(next(parts)) for _ in range(int(count))]
        raise ValueError(f"The function {function} is not known.")

    def substitute(self, key, names):
        if key in names:
            return self.resolved(names[key])
        return self.resolved({"Fn::GetAtt": key} if "." in key else {"Ref": key})

    def deployed(self):
        """The template without parameters and conditions. References to resources stay, so that cfn-lint can check them."""
        kept = {key: self.literal({name: each for name, each in resource.items() if name != "Condition"})
                for key, resource in self.resources.items()}
        outputs = {key: self.literal({name: each for name, each in output.items() if name != "Condition"})
                   for key, output in self.template["Outputs"].items() if self.exists(output)}
        return {"AWSTemplateFormatVersion": "2010-09-09", "Resources": kept, "Outputs": outputs}

    def literal(self, node):
        if isinstance(node, list):
            items = (self.literal(each) for each in node)
            return [each for each in items if each is not NONE]
        if not isinstance(node, dict):
            return node
        if len(node) == 1:
            function, argument = next(iter(node.items()))
            if function == "Ref" and argument in self.template["Parameters"] or argument == "AWS::NoValue":
                return self.values[argument]
            if function == "Fn::If":
                return self.literal(argument[1 if self.holds({"Condition": argument[0]}) else 2])
            if function == "Fn::Sub":
                text, names = argument if isinstance(argument, list) else (argument, {})
                text = re.sub(r"\$\{(\w+)\}", lambda found: self.parameter(found[1], found[0]), text)
                names = {key: self.literal(each) for key, each in names.items()}
                return {"Fn::Sub": [text, names] if names else text} if "${" in text else text
            if function in ("Fn::Split", "Fn::Cidr", "Fn::Join", "Fn::FindInMap") and not self.resources_in(argument):
                return self.resolved(node)
        pairs = ((key, self.literal(each)) for key, each in node.items())
        return {key: each for key, each in pairs if each is not NONE}

    def parameter(self, key, text):
        return self.values[key] if key in self.template["Parameters"] else text

    def resources_in(self, node):
        """Whether the node depends on a resource, or on a pseudo parameter."""
        if isinstance(node, dict) and len(node) == 1 and next(iter(node)) == "Ref":
            return next(iter(node.values())) not in self.template["Parameters"]
        if isinstance(node, dict):
            return any(key in ("Fn::GetAtt", "Fn::Sub") or self.resources_in(each) for key, each in node.items())
        return isinstance(node, list) and any(self.resources_in(each) for each in node)
