"""Checks who can do what: evaluates the rows of rights.csv over the templates, for each combination of stacks.yaml.

rights.csv says what the columns mean."""
import csv
import dataclasses
import pathlib
import re

from iam import Request, allowed
from stack import REGION

FOLDER = pathlib.Path(__file__).parent
ACCOUNTS = {"template.yaml": "111111111111", "template-refresh.yaml": "222222222222"}
EVERYTHING = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
# Roles of nobody's template, whose account allows them everything.
OTHERS = {"administrator": "arn:aws:iam::111111111111:role/administrator",
          "staging/administrator": "arn:aws:iam::222222222222:role/administrator",
          "backup": "arn:aws:iam::444444444444:role/backup",
          "stranger": "arn:aws:iam::333333333333:role/stranger"}
ORGANIZATION = {"111111111111": "o-abcdefghij", "222222222222": "o-abcdefghij", "444444444444": "o-abcdefghij"}
RESOURCE_POLICIES = {"AWS::S3::BucketPolicy": ("Bucket", "PolicyDocument"), "AWS::SQS::QueuePolicy": ("Queues", "PolicyDocument"),
                     "AWS::SNS::TopicPolicy": ("Topics", "PolicyDocument")}


@dataclasses.dataclass
class Principal:
    arn: str
    identity: list


class World:
    """The sanitize stack and the refresh stack of one combination."""

    def __init__(self, sanitize, refresh):
        self.stacks = {"": sanitize, "staging/": refresh}
        self.principals = {name: Principal(arn, [EVERYTHING]) for name, arn in OTHERS.items()}
        self.policies = {}          # the ARN of a bucket, key, queue, topic or role: the resource's policy
        self.owners = {}            # the ARN of a bucket: its account
        for prefix, stack in self.stacks.items():
            self.read_roles(prefix, stack)
            self.read_resources(stack)

    def read_roles(self, prefix, stack):
        for key, resource in stack.resources.items():
            if resource["Type"] == "AWS::IAM::Role":
                if resource["Properties"].get("Policies") or resource["Properties"].get("ManagedPolicyArns"):
                    raise ValueError(f"{key} has policies of its own, which are not checked. Move them to a policy resource.")
                self.principals[prefix + key] = Principal(stack.arn(key), [])
                self.policies[stack.arn(key)] = stack.resolved(resource["Properties"]["AssumeRolePolicyDocument"])
        for key, resource in stack.resources.items():
            if resource["Type"] in ("AWS::IAM::RolePolicy", "AWS::IAM::ManagedPolicy"):
                properties = resource["Properties"]
                document = stack.resolved(properties["PolicyDocument"])
                roles = properties.get("Roles") or [properties.get("RoleName")]
                for name in (stack.resolved(each) for each in roles if each):
                    for principal in self.principals.values():
                        if name is not None and principal.arn == f"arn:aws:iam::{stack.account}:role/{name}":
                            principal.identity.append(document)
                if key == "DeveloperRead":
                    arn = f"arn:aws:iam::{stack.account}:role/developer"
                    self.principals[prefix + "developer"] = Principal(arn, [document])

    def read_resources(self, stack):
        for key, resource in stack.resources.items():
            properties, kind = resource.get("Properties", {}), resource["Type"]
            if kind == "AWS::S3::Bucket":
                self.owners[stack.arn(key)] = stack.account
            if kind == "AWS::KMS::Key":
                self.policies[stack.arn(key)] = stack.resolved(properties["KeyPolicy"])
            if kind in RESOURCE_POLICIES:
                subjects, document = (stack.resolved(properties[each]) for each in RESOURCE_POLICIES[kind])
                for subject in subjects if isinstance(subjects, list) else [subjects]:
                    self.policies[self.arn_of(stack, subject)] = document

    @staticmethod
    def arn_of(stack, name):
        """The ARN of a resource that a policy names by its name, its ARN or its URL."""
        for key, resource in stack.resources.items():
            if resource["Type"] in ("AWS::S3::Bucket", "AWS::SQS::Queue", "AWS::SNS::Topic") and name in (stack.name(key), stack.arn(key)):
                return stack.arn(key)
        raise ValueError(f"A policy names {name}, which the template does not have.")

    def filled(self, text):
        """The text with {LogicalId} and {Parameter} replaced, or None if something does not exist in this combination."""
        for token in re.findall(r"\{([^}]+)\}", text):
            prefix, key = ("staging/", token[8:]) if token.startswith("staging/") else ("", token)
            stack = self.stacks[prefix]
            if key in stack.resources:
                value = stack.arn(key)
            elif key in stack.template["Parameters"]:
                value = stack.values[key]
                value = value[0] if isinstance(value, list) else value
            elif key in stack.template["Resources"]:
                value = ""
            else:
                raise ValueError(f"{token} is neither a resource nor a parameter.")
            if not value:
                return None
            text = text.replace("{" + token + "}", value)
        return text

    def decide(self, principal, action, resource, context):
        """Whether the principal can do it, or None if the resource does not exist in this combination."""
        arn = self.filled(resource)
        context = {key: self.filled(value) for key, value in context.items()}
        if arn is None or None in context.values():
            return None
        if not arn.startswith("arn:") and arn != "*":
            service, rest = arn.split(":", 1)
            arn = f"arn:aws:{service}:{REGION}:111111111111:{rest}"
        endpoint = context.pop("through", None)
        if endpoint is not None:
            if endpoint not in self.stacks[""].resources:
                return None
            endpoint = self.stacks[""].resolved(self.stacks[""].resources[endpoint]["Properties"]["PolicyDocument"])
        bucket = arn.split("/")[0] if arn.startswith("arn:aws:s3:::") else arn
        owner = self.owner(bucket)
        request = Request(principal.arn, action, arn, {}, principal.identity)
        given = {"aws:SecureTransport": "true", "aws:PrincipalArn": principal.arn}
        if request.account:
            given |= {"aws:PrincipalAccount": request.account,
                      "aws:PrincipalOrgID": ORGANIZATION.get(request.account, "o-zzzzzzzzzz")}
        request.context = {key.lower(): value for key, value in (given | context).items()}
        return allowed(request, self.policies.get(bucket), owner, endpoint)

    def owner(self, arn):
        """The account of a resource. None if no template has the resource: its policy is unknown, and is taken to allow."""
        parts = arn.split(":")
        account = self.owners.get(arn) or (parts[4] if len(parts) > 4 else None)
        return account if account in ACCOUNTS.values() else None

    def named(self, text):
        """Pairs of a name and a principal that a row means."""
        if text.startswith("service "):
            return [(text, Principal(text.removeprefix("service "), []))]
        group, _, exceptions = text.partition(" but ")
        if group in ("roles", "everybody"):
            without = exceptions.split()
            for each in without:
                self.check_name(each)
            return [(name, each) for name, each in self.principals.items()
                    if name not in without and (group == "everybody" or name not in OTHERS)]
        return [(each, self.principals[each]) for each in text.split() if self.check_name(each)]

    def check_name(self, name):
        if name in self.principals:
            return True
        prefix, key = ("staging/", name[8:]) if name.startswith("staging/") else ("", name)
        if key not in self.stacks[prefix].template["Resources"]:
            raise ValueError(f"{name} is neither a role of a template nor a name that rights.csv explains.")
        return False


def rows():
    lines = (FOLDER / "rights.csv").read_text().splitlines()
    kept = [(number, line) for number, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    reader = csv.DictReader((line for _, line in kept), skipinitialspace=True)
    for (number, _), row in zip(kept[1:], reader):
        if None in row or None in row.values() or row["expected"] not in ("allowed", "denied", "forbidden"):
            raise ValueError(f"Line {number} of rights.csv has not the columns of its first line.")
        yield number, {key: value.strip() for key, value in row.items()}


def check(worlds):
    """The faults of all combinations, which are pairs of a name and a World."""
    faults, evaluated, can_something = [], {}, set()
    for number, row in rows():
        evaluated[number] = 0
        context = dict(pair.strip().split("=", 1) for pair in row["context"].split(";") if pair.strip())
        for combination, world in worlds.items():
            if row["stacks"] not in ("*", combination):
                continue
            for name, principal in world.named(row["principal"]):
                if row["expected"] == "forbidden":
                    principal = Principal(principal.arn, [*principal.identity, EVERYTHING])
                for action in row["action"].split():
                    answer = world.decide(principal, action, row["resource"], dict(context))
                    if answer is None:
                        continue
                    evaluated[number] += 1
                    if answer:
                        can_something.add(name)
                    if answer != (row["expected"] == "allowed"):
                        faults.append(f"rights.csv:{number}: with the parameters of '{combination}', {name} "
                                      f"{'can' if answer else 'cannot'} {action} on {row['resource']} ({row['context'] or 'no condition keys'}). "
                                      f"The table says that this is {row['expected']}.")
    faults += [f"rights.csv:{number}: no combination has this principal and this resource." for number, count in evaluated.items() if not count]
    roles = {name for world in worlds.values() for name in world.principals if name not in OTHERS}
    faults += [f"rights.csv has no row that allows {name} something. Say what it is for." for name in sorted(roles - can_something)]
    return faults, sum(evaluated.values())
