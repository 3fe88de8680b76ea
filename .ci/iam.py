"""Evaluates IAM policies as AWS documents it: an explicit Deny wins, and everything that no statement allows is denied.

It knows identity policies, the policies of buckets, keys, queues, topics and VPC endpoints, and the trust policies of
roles. It stops at each condition operator and element that it does not know, so that none is taken for harmless."""
import dataclasses
import re

NEGATED = ("StringNotEquals", "StringNotEqualsIgnoreCase", "StringNotLike", "ArnNotEquals", "ArnNotLike")
# In these policies another account, or the own account, is allowed to delegate by its own IAM policies.
ROOT = re.compile(r"arn:aws:iam::(\d{12}):root$")
ACCOUNT = re.compile(r"\d{12}$")


@dataclasses.dataclass
class Request:
    """A call of an action on a resource. The context has the condition keys, in lower case."""
    principal: str           # the ARN of a role, or a service such as lambda.amazonaws.com
    action: str
    resource: str
    context: dict
    identity: list           # the identity policies of the principal

    @property
    def account(self):
        found = re.match(r"arn:aws:iam::(\d{12}):", self.principal)
        return found[1] if found else None


def listed(value):
    return value if isinstance(value, list) else [value]


def wildcard(pattern, text, ignore_case=False):
    expression = "".join({"*": ".*", "?": "."}.get(each, re.escape(each)) for each in pattern)
    return re.fullmatch(expression, text, re.DOTALL | (re.IGNORECASE if ignore_case else 0)) is not None


def arn_like(pattern, text):
    """Each of the six parts of an ARN may have wildcards, which do not reach beyond the part."""
    parts, texts = pattern.split(":", 5), text.split(":", 5)
    return len(parts) == len(texts) and all(wildcard(one, other) for one, other in zip(parts, texts))


def compare(operator, wanted, actual):
    wanted, actual = str(wanted), str(actual)
    if operator in ("StringEquals", "StringNotEquals"):
        return wanted == actual
    if operator in ("StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "Bool"):
        return wanted.lower() == actual.lower()
    if operator in ("StringLike", "StringNotLike"):
        return wildcard(wanted, actual)
    if operator in ("ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"):
        return arn_like(wanted, actual)
    if operator.startswith("Numeric"):
        return {"NumericEquals": float(actual) == float(wanted), "NumericLessThan": float(actual) < float(wanted),
                "NumericLessThanEquals": float(actual) <= float(wanted),
                "NumericGreaterThan": float(actual) > float(wanted),
                "NumericGreaterThanEquals": float(actual) >= float(wanted)}[operator]
    raise ValueError(f"The condition operator {operator} is not known.")


def condition_holds(operator, key, wanted, context):
    quantifier, _, plain = operator.rpartition(":")
    if_exists = plain.endswith("IfExists")
    plain = plain.removesuffix("IfExists")
    actual = context.get(key.lower())
    if plain == "Null":
        return all((actual is None) == (str(each).lower() == "true") for each in listed(wanted))
    compare(plain, "0", "0")
    if actual is None:
        return if_exists or plain in NEGATED or quantifier == "ForAllValues"
    if quantifier not in ("", "ForAnyValue", "ForAllValues"):
        raise ValueError(f"The condition operator {operator} is not known.")
    matches = [any(compare(plain, each, one) for each in listed(wanted)) != (plain in NEGATED) for one in listed(actual)]
    return any(matches) if quantifier == "ForAnyValue" else all(matches)


def conditions_hold(statement, context):
    return all(condition_holds(operator, key, wanted, context)
               for operator, keys in statement.get("Condition", {}).items() for key, wanted in keys.items())


def principal_matches(statement, request):
    """None if the statement does not name the principal, 'itself' if it does, 'account' if it names the whole account."""
    principal = statement["Principal"]
    if principal == "*":
        return "itself"
    for kind, names in principal.items():
        for name in listed(names):
            if kind == "AWS" and name in ("*", request.principal):
                return "itself"
            if kind == "Service" and name == request.principal:
                return "itself"
            account = ROOT.match(name) or ACCOUNT.match(name)
            if kind == "AWS" and account and (account[1] if account.groups() else account[0]) == request.account:
                return "account"
            if kind not in ("AWS", "Service"):
                raise ValueError(f"The kind of principal {kind} is not known.")
    return None


def matches(statement, request):
    for unknown in set(statement) - {"Sid", "Effect", "Principal", "Action", "NotAction", "Resource", "Condition"}:
        raise ValueError(f"The element {unknown} of a statement is not known.")
    if "NotAction" in statement:
        if any(wildcard(each, request.action, ignore_case=True) for each in listed(statement["NotAction"])):
            return False
    elif not any(wildcard(each, request.action, ignore_case=True) for each in listed(statement["Action"])):
        return False
    resources = listed(statement.get("Resource", "*"))
    return any(wildcard(each, request.resource) for each in resources) and conditions_hold(statement, request.context)


def effects(policies, request):
    """The effects of the identity statements that match."""
    return {each["Effect"] for policy in policies for each in listed(policy["Statement"]) if matches(each, request)}


def resource_effects(policy, request):
    """Pairs of an effect and 'itself' or 'account' of the resource's statements that match."""
    found = set()
    for statement in listed(policy["Statement"]) if policy else []:
        named = principal_matches(statement, request)
        if named and matches(statement, request):
            found.add((statement["Effect"], named))
    return found


def allowed(request, resource_policy=None, owner=None, endpoint_policy=None):
    """Whether AWS allows the request. The owner is the account of the resource."""
    identity = effects(request.identity, request)
    resource = resource_effects(resource_policy, request)
    if "Deny" in identity or any(effect == "Deny" for effect, _ in resource):
        return False
    if endpoint_policy is not None:
        through = resource_effects(endpoint_policy, request)
        if any(effect == "Deny" for effect, _ in through) or not any(effect == "Allow" for effect, _ in through):
            return False
    itself, account = ("Allow", "itself") in resource, ("Allow", "account") in resource
    if request.account is None:                                  # a service has no identity policies
        return itself
    if request.action == "sts:AssumeRole":
        return itself
    if owner is not None and request.account != owner:           # another account: both sides must allow
        return "Allow" in identity and (itself or account)
    if request.action.startswith("kms:") and resource_policy:    # a key: IAM counts only if the key's policy says so
        return itself or (account and "Allow" in identity)
    return itself or "Allow" in identity
