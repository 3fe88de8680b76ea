"""Checks the calls of the state machines against the models of the APIs: the names and types of the parameters, required
parameters, and the names of the errors that a state handles.

Step Functions finds such a mistake only when a run reaches the state. A mocked state gets no parameters at all."""

import json
import re

import botocore.loaders
import botocore.model

from workflow_machines import ROOT

LOADER = botocore.loaders.Loader()
SERVICES = {"states": "stepfunctions"}
TYPES = {"string": str, "boolean": bool, "integer": int, "long": int, "float": (int, float), "double": (int, float)}
# Errors that no model has: the common error of the SDK for Java, and that of its client.
COMMON = {"Rds.RdsException", "Rds.SdkClientException"}


def words(name):
    """The name as the SDK for Java writes it: DBInstanceNotFound becomes DbInstanceNotFound."""
    return re.sub("([A-Z]+)([A-Z][a-z])", lambda parts: parts[1].capitalize() + parts[2], name)


def member(name):
    """The name of a parameter in Step Functions. Only an acronym at its beginning is a word there."""
    return re.sub("^([A-Z]+)(?=[A-Z][a-z])", lambda part: part[0].capitalize(), name[0].upper() + name[1:])


def tasks(states):
    """The name, the resource and the parameters of each call, and the errors that its state handles."""
    for name, state in states.items():
        handled = [error for each in state.get("Retry", []) + state.get("Catch", []) for error in each["ErrorEquals"]]
        if state["Type"] == "Task":
            yield name, state["Resource"], state.get("Parameters", {}), handled
        if "ItemReader" in state:
            yield name, state["ItemReader"]["Resource"], state["ItemReader"]["Parameters"], []
        for inner in state.get("Branches", []) + [state[each] for each in ("ItemProcessor",) if each in state]:
            yield from tasks(inner["States"])


def operation(resource):
    """The model of the call that a resource names, such as arn:aws:states:::aws-sdk:rds:deleteDBInstance."""
    service, call = resource.removesuffix(".sync").split(":")[-2:]
    name = SERVICES.get(service, service)
    model = botocore.model.ServiceModel(LOADER.load_service_model(name, "service-2"), name)
    return model.operation_model(call[0].upper() + call[1:])


def wrong(shape, value, place):
    """What the value has that the shape of the API does not allow, as sentences."""
    if shape.type_name == "structure" and isinstance(value, dict):
        members = {member(each): inner for each, inner in shape.members.items()}
        given = {each.removesuffix(".$"): None if each.endswith(".$") else inner for each, inner in value.items()}
        for each in given.keys() - members.keys():
            yield f"{place} has no parameter {each}. It has {', '.join(sorted(members))}."
        for each in {member(name) for name in shape.required_members} - given.keys():
            yield f"{place} needs the parameter {each}."
        for each in given.keys() & members.keys():
            if given[each] is not None:
                yield from wrong(members[each], given[each], f"{place}.{each}")
    elif shape.type_name == "list" and isinstance(value, list):
        for each in value:
            yield from wrong(shape.member, each, place)
    elif shape.type_name not in ("blob", "map") and type(value) is not TYPES.get(shape.type_name):
        yield f"{place} is of the type {shape.type_name}, and its value is {value!r}."


def faults():
    """All wrong calls of the state machines, as sentences."""
    for file in sorted((ROOT / "statemachine").glob("*.asl.json")):
        for name, resource, parameters, handled in tasks(json.loads(file.read_text())["States"]):
            model = operation(resource)
            yield from wrong(model.input_shape, parameters, f"{file.name}: {name}: {model.name}")
            known = {f"Rds.{words(re.sub('(Fault|Exception)$', '', each.name))}Exception" for each in model.service_model.error_shapes}
            for error in {each for each in handled if each.startswith("Rds.")} - known - COMMON:
                yield f"{file.name}: {name} handles {error}, which RDS does not have."
