"""Lambda for LocalStack: an invocation goes to a handler that runs under Lambda's runtime interface emulator.

RIE_FUNCTIONS has the address of the emulator of each function, as a JSON object. An emulator serves one call at a time.
"""

import json
import os
import threading
import urllib.request

from localstack.services.plugins import Service, aws_provider


@aws_provider(api="lambda", name="rie")
def functions():
    from localstack.aws.api import CommonServiceException
    from localstack.aws.skeleton import Skeleton
    from localstack.aws.spec import load_service

    addresses = json.loads(os.environ.get("RIE_FUNCTIONS", "{}"))
    locks = {name: threading.Lock() for name in addresses}

    def invoke(_context, request):
        name = request["FunctionName"].split(":function:")[-1].split(":")[0]
        if name not in addresses:
            raise CommonServiceException("ResourceNotFoundException", f"Function not found: {name}", 404)
        payload = request.get("Payload")
        body = payload.read() if hasattr(payload, "read") else (payload or b"{}")
        call = urllib.request.Request(
            addresses[name] + "/2015-03-31/functions/function/invocations", data=body, method="POST"
        )
        with locks[name]:
            out = urllib.request.urlopen(call, timeout=900).read()
        answer = {"StatusCode": 200, "Payload": out, "ExecutedVersion": "$LATEST"}
        if b'"errorType"' in out or out.startswith(b"Task timed out"):
            answer["FunctionError"] = "Unhandled"
            if not out.startswith(b"{"):
                error = {"errorMessage": out.decode(), "errorType": "Sandbox.Timedout"}
                answer["Payload"] = json.dumps(error).encode()
        return answer

    return Service(name="lambda", skeleton=Skeleton(load_service("lambda"), {"Invoke": invoke}))
