"""template.py TEMPLATE FOLDER checks the IAM policies of a SAM template.

It writes the CloudFormation template that SAM generates to FOLDER/cloudformation.json, and each IAM
policy to a file in FOLDER/policies. It exits with 1 if parliament has a finding, or if a role other than
the sanitizing role can reach raw dumps or the masking key."""
import fnmatch
import json
import pathlib
import re
import sys

from parliament import analyze_policy_string
from samtranslator.translator.managed_policy_translator import ManagedPolicyLoader
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

PSEUDO = {"AWS::Partition": "aws", "AWS::Region": "us-east-1", "AWS::AccountId": "123456789012",
          "AWS::StackName": "decant"}
ARNS = {"AWS::S3::Bucket": "arn:aws:s3:::{0}",
        "AWS::KMS::Key": "arn:aws:kms:us-east-1:123456789012:key/{0}",
        "AWS::Lambda::Function": "arn:aws:lambda:us-east-1:123456789012:function:{0}",
        "AWS::Logs::LogGroup": "arn:aws:logs:us-east-1:123456789012:log-group:{0}:*",
        "AWS::SNS::Topic": "arn:aws:sns:us-east-1:123456789012:{0}",
        "AWS::SQS::Queue": "arn:aws:sqs:us-east-1:123456789012:{0}",
        "AWS::IAM::Role": "arn:aws:iam::123456789012:role/{0}"}
PARAMETERS = {"FunctionArns": "arn:aws:lambda:us-east-1:123456789012:function:{0}",
              "ServiceArns": "arn:aws:ecs:us-east-1:123456789012:service/cluster/{0}",
              "SecretArns": "arn:aws:secretsmanager:us-east-1:123456789012:secret:{0}",
              "SecretArn": "arn:aws:secretsmanager:us-east-1:123456789012:secret:{0}",
              "KeyArn": "arn:aws:kms:us-east-1:123456789012:key/{0}"}
# Pairs of action and resource that only the sanitizing role may use.
SECRET = (("s3:GetObject", "arn:aws:s3:::rawbucket/snapshots/a.sql"),
          ("s3:GetObject", "arn:aws:s3:::existingrawbucket/snapshots/a.sql"),
          ("kms:Decrypt", "arn:aws:kms:us-east-1:123456789012:key/rawkey"),
          ("secretsmanager:GetSecretValue",
           "arn:aws:secretsmanager:us-east-1:123456789012:secret:MaskingKeySecretArn"))
NONE = object()


class NoManagedPolicies(ManagedPolicyLoader):
    def __init__(self):
        pass

    def load(self):
        return {}


def cloudformation(path):
    template = yaml_parse(path.read_text())
    for resource in template["Resources"].values():
        properties = resource.get("Properties") or {}
        for code in ("CodeUri", "DefinitionUri"):
            if isinstance(properties.get(code), str):
                properties[code] = "s3://bucket/key"
    return transform(template, {"AWS::Region": "us-east-1"}, NoManagedPolicies())


def value_of(name, template):
    """A plausible value of !Ref NAME, which is an ARN for resources and parameters that have one."""
    if name == "AWS::NoValue":
        return NONE
    if name in PSEUDO:
        return PSEUDO[name]
    if name in template["Resources"]:
        kind = template["Resources"][name]["Type"]
        return ARNS[kind].format(name) if kind == "AWS::SNS::Topic" else name.lower()
    for ending, arn in PARAMETERS.items():
        if name.endswith(ending):
            return arn.format(name)
    return template["Parameters"][name].get("Default") or name.lower()


def resolved(node, template):
    """The node with its functions evaluated. Conditions are assumed to be true."""
    if isinstance(node, list):
        items = (resolved(each, template) for each in node)
        return [each for each in items if each is not NONE]
    if not isinstance(node, dict):
        return node
    if len(node) == 1:
        function, argument = next(iter(node.items()))
        if function == "Ref":
            return value_of(argument, template)
        if function == "Fn::If":
            return resolved(argument[1], template)
        if function == "Fn::GetAtt":
            name = argument.split(".")[0] if isinstance(argument, str) else argument[0]
            return ARNS[template["Resources"][name]["Type"]].format(name.lower())
        if function == "Fn::Sub":
            text, names = argument if isinstance(argument, list) else (argument, {})
            return re.sub(r"\$\{([^}]+)\}", lambda m: str(substitute(m[1], names, template)), text)
    pairs = ((key, resolved(each, template)) for key, each in node.items())
    return {key: each for key, each in pairs if each is not NONE}


def substitute(name, names, template):
    if name in names:
        return resolved(names[name], template)
    return resolved({"Fn::GetAtt": name} if "." in name else {"Ref": name}, template)


def listed(value):
    return value if isinstance(value, list) else [value]


def reached(policy):
    """The pairs of SECRET that a policy allows, whatever its conditions are."""
    for action, resource in SECRET:
        for statement in listed(policy["Statement"]):
            names = (fnmatch.fnmatchcase(action.lower(), each.lower()) for each in listed(statement["Action"]))
            places = (fnmatch.fnmatchcase(resource.lower(), each.lower()) for each in listed(statement["Resource"]))
            if statement["Effect"] == "Allow" and any(names) and any(places):
                yield f"{action} on {resource}"


def main():
    template = cloudformation(pathlib.Path(sys.argv[1]))
    folder = pathlib.Path(sys.argv[2])
    (folder / "cloudformation.json").write_text(json.dumps(template, indent=1))
    policies = folder / "policies"
    policies.mkdir()
    faults = 0
    for name, resource in template["Resources"].items():
        if resource["Type"] in ("AWS::IAM::ManagedPolicy", "AWS::IAM::RolePolicy"):
            document = resolved(resource["Properties"]["PolicyDocument"], template)
            allowed = list(reached(document))
            if allowed and name != "SanitizeSnapshotRights":
                faults += 1
                print(f"{name} allows {allowed}. Only SanitizeSnapshotRights must allow these actions.", file=sys.stderr)
            policy = json.dumps(document, indent=1)
            (policies / (name + ".json")).write_text(policy)
            for finding in analyze_policy_string(policy).findings:
                faults += 1
                print(f"{name}: {finding}", file=sys.stderr)
        if resource["Type"] == "AWS::IAM::Role" and resource["Properties"].get("Policies"):
            faults += 1
            print(f"{name} has inline policies, which are not checked. Move them to a policy resource.", file=sys.stderr)
    documented = pathlib.Path("docs/aws.md").read_text()
    for name in template["Parameters"]:
        if f"| `{name}` |" not in documented:
            faults += 1
            print(f"docs/aws.md does not describe the parameter {name}.", file=sys.stderr)
    if not list(policies.iterdir()):
        sys.exit("The template has no policies to check.")
    sys.exit(1 if faults else 0)


main()
