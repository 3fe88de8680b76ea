"""RDS for LocalStack: restored instances and clusters are real PostgreSQL servers on this machine.

A snapshot is a data directory RDS_ROOT/snapshots/NAME with its description, the fields of DescribeDBSnapshots or
DescribeDBClusterSnapshots, in NAME.json. RDS_BIN is the bin folder of the server, and each change of a state takes RDS_STEP
seconds. The instances are as strict as those of AWS: in their states, pending values, final snapshots, and tags. The
first request to delete an instance is refused, as AWS does during a backup. The superuser of the data directories is
rdsadmin, who logs in without a password, but only by the socket. An instance that is created without a snapshot begins
with the data directory RDS_ROOT/new. If RDS_READ_RATE is set, each connection to a restored instance reads at most so
many bytes in a second. Autovacuum is off, as in the parameter groups of the stack.
"""

import datetime
import json
import os
import shutil
import socket
import subprocess
import threading
import time

import slow_reads
from localstack.services.plugins import Service, aws_provider

ARN = "arn:aws:rds:us-east-1:000000000000:"


@aws_provider()
def rds():
    from localstack.aws.api import CommonServiceException as Fault
    from localstack.aws.skeleton import Skeleton
    from localstack.aws.spec import load_service

    root = os.environ["RDS_ROOT"]
    bin_folder = os.environ["RDS_BIN"]
    step = float(os.environ.get("RDS_STEP", "1"))
    rate = float(os.environ.get("RDS_READ_RATE", "0"))
    instances, clusters = {}, {}
    # The instances that were ever made, with their parameters, for the tests.
    made = f"{root}/made.jsonl"

    def run(*command):
        drop = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.getuid() == 0 else []
        subprocess.run([*drop, *command], check=True, capture_output=True, stdin=subprocess.DEVNULL)

    def later(work):
        threading.Thread(target=work, daemon=True).start()

    def shown(thing):
        return {key: value for key, value in thing.items() if not key.startswith("_")}

    def get(things, name, kind):
        if name not in things:
            raise Fault(f"DB{kind}NotFound" + ("Fault" if kind == "Cluster" else ""), f"DB{kind} {name} not found.", 404)
        return things[name]

    def in_state(thing, field, *states):
        if thing[field] not in states:
            code = "InvalidDBInstanceState" if field == "DBInstanceStatus" else "InvalidDBClusterStateFault"
            raise Fault(code, f"It is in the state {thing[field]}.", 400)

    def note(operation, request):
        request = {key: value for key, value in request.items() if key != "MasterUserPassword"}
        with open(made, "a") as lines:
            lines.write(json.dumps({"operation": operation, "parameters": request}, default=str) + "\n")

    def start_server(folder, name):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        data = f"{root}/instances/{name}"
        shutil.copytree(f"{root}/{folder}", data)
        os.chmod(data, 0o700)
        if os.getuid() == 0:
            subprocess.run(["chown", "-R", "nobody", data], check=True)
        options = f"-p {port} -k {root}/sockets -c listen_addresses=127.0.0.1 -c fsync=off -c autovacuum=off"
        run(f"{bin_folder}/pg_ctl", "-D", data, "-o", options, "-l", f"{data}/log", "-w", "start")
        return {"data": data, "port": port}

    def stop_server(server):
        run(f"{bin_folder}/pg_ctl", "-D", server["data"], "-m", "immediate", "stop")
        shutil.rmtree(server["data"])

    def remember(password):
        """Keeps a password that a function set. A test looks for it in whatever must not have it."""
        with open(f"{root}/passwords", "a") as lines:
            lines.write(password + "\n")

    def execute(server, statement):
        run("psql", "-X", "-h", f"{root}/sockets", "-p", str(server["port"]), "-U", "rdsadmin", "-d", "postgres", "-c", statement)

    # ---- snapshots ----
    def describe_snapshot(name, kind):
        name = name.split("snapshot:")[-1]
        try:
            with open(f"{root}/snapshots/{name.replace(':', '_')}.json") as file:
                snapshot = json.load(file)
        except FileNotFoundError:
            snapshot = {}
        if f"DB{kind}SnapshotIdentifier" not in snapshot:
            code = "DBClusterSnapshotNotFoundFault" if kind == "Cluster" else "DBSnapshotNotFound"
            raise Fault(code, f"DB{kind}Snapshot {name} not found.", 404)
        snapshot["SnapshotCreateTime"] = datetime.datetime(2026, 3, 23, 6, tzinfo=datetime.timezone.utc)
        return snapshot

    def copy_snapshot(kind):
        def copy(_context, request):
            note(f"CopyDB{kind}Snapshot", request)
            source = describe_snapshot(request[f"SourceDB{kind}SnapshotIdentifier"], kind)
            target = request[f"TargetDB{kind}SnapshotIdentifier"]
            field = f"DB{kind}SnapshotIdentifier"
            copied = source | {
                field: target, f"DB{kind}SnapshotArn": source[f"DB{kind}SnapshotArn"].rsplit(":", 1)[0] + ":" + target,
                "Status": "creating", "Encrypted": True, "KmsKeyId": request["KmsKeyId"], "SnapshotType": "manual",
                "TagList": request.get("Tags", []),
            }
            del copied["SnapshotCreateTime"]
            shutil.copytree(f"{root}/snapshots/{source[field].replace(':', '_')}", f"{root}/snapshots/{target}")
            save(target, copied)
            later(lambda: (time.sleep(step), save(target, copied | {"Status": "available"})))
            return {f"DB{kind}Snapshot": copied}

        return copy

    def save(name, snapshot):
        with open(f"{root}/snapshots/{name}.json.new", "w") as file:
            json.dump(snapshot, file)
        os.rename(f"{root}/snapshots/{name}.json.new", f"{root}/snapshots/{name}.json")

    def delete_snapshot(kind):
        def delete(_context, request):
            snapshot = describe_snapshot(request[f"DB{kind}SnapshotIdentifier"], kind)
            os.remove(f"{root}/snapshots/{snapshot[f'DB{kind}SnapshotIdentifier']}.json")
            shutil.rmtree(f"{root}/snapshots/{snapshot[f'DB{kind}SnapshotIdentifier']}")
            return {f"DB{kind}Snapshot": snapshot}

        return delete

    # ---- instances ----
    def new_instance(request, snapshot, cluster=None):
        name = request["DBInstanceIdentifier"]
        if name in instances:
            raise Fault("DBInstanceAlreadyExists", "DB instance already exists", 400)
        instances[name] = {
            "DBInstanceIdentifier": name, "DBInstanceStatus": "creating", "Engine": snapshot["Engine"],
            "EngineVersion": snapshot["EngineVersion"], "MasterUsername": snapshot["MasterUsername"],
            "DBName": snapshot.get("_database", "postgres"), "PendingModifiedValues": {}, "BackupRetentionPeriod": 7,
            "PubliclyAccessible": bool(request.get("PubliclyAccessible")), "TagList": request.get("Tags", []),
            "DBInstanceArn": f"{ARN}db:{name}",
        }
        if cluster:
            instances[name]["DBClusterIdentifier"] = cluster["DBClusterIdentifier"]

        def work():
            instance = instances[name]
            server = cluster["_server"] if cluster else start_server(request["_folder"], name)
            if "_password" in request:
                remember(request["_password"])
                execute(server, f"CREATE ROLE {request['MasterUsername']} LOGIN CREATEDB PASSWORD '{request['_password']}'")
            time.sleep(step)
            instance["_server"] = server
            port = slow_reads.start(server["port"], rate) if rate and "_password" not in request else server["port"]
            instance["Endpoint"] = {"Address": "127.0.0.1", "Port": port}
            instance["DBInstanceStatus"] = "available"

        later(work)
        return {"DBInstance": shown(instances[name])}

    def restore_instance(_context, request):
        note("RestoreDBInstanceFromDBSnapshot", request)
        snapshot = describe_snapshot(request["DBSnapshotIdentifier"], "")
        if request.get("ManageMasterUserPassword"):
            raise Fault("InvalidParameterCombination", "ManageMasterUserPassword is for Oracle only.", 400)
        folder = "snapshots/" + snapshot["DBSnapshotIdentifier"].replace(":", "_")
        return new_instance(dict(request) | {"_folder": folder}, snapshot)

    def create_server(request):
        for required in ("AllocatedStorage", "MasterUsername", "MasterUserPassword"):
            if required not in request:
                raise Fault("InvalidParameterValue", f"The parameter {required} must be provided.", 400)
        server = {key: request[key] for key in ("Engine", "EngineVersion", "MasterUsername")}
        return new_instance(dict(request) | {"_folder": "new", "_password": request["MasterUserPassword"]}, server)

    def create_instance(_context, request):
        note("CreateDBInstance", request)
        if "DBClusterIdentifier" not in request:
            return create_server(request)
        cluster = get(clusters, request["DBClusterIdentifier"], "Cluster")
        in_state(cluster, "Status", "available")
        return new_instance(request, cluster["_snapshot"], cluster)

    def pending(thing, user, password):
        thing["PendingModifiedValues"] = {"MasterUserPassword": "****"}

        def work():
            time.sleep(step)  # as in AWS, the status stays available for a moment
            remember(password)
            execute(thing["_server"], f"ALTER ROLE {user} PASSWORD '{password}'")
            thing["PendingModifiedValues"] = {}

        later(work)

    def modify_instance(_context, request):
        instance = get(instances, request["DBInstanceIdentifier"], "Instance")
        in_state(instance, "DBInstanceStatus", "available")
        if "MasterUserPassword" in request:
            if "DBClusterIdentifier" in instance:
                raise Fault("InvalidParameterCombination", "Modify the password of the cluster.", 400)
            pending(instance, instance["MasterUsername"], request["MasterUserPassword"])
        if "BackupRetentionPeriod" in request:
            instance["BackupRetentionPeriod"] = request["BackupRetentionPeriod"]
        return {"DBInstance": shown(instance)}

    def describe_instances(_context, request):
        name = request.get("DBInstanceIdentifier")
        found = [get(instances, name, "Instance")] if name else list(instances.values())
        return {"DBInstances": [shown(instance) for instance in found]}

    def delete_instance(_context, request):
        instance = get(instances, request["DBInstanceIdentifier"], "Instance")
        in_state(instance, "DBInstanceStatus", "available")
        if not request.get("SkipFinalSnapshot") and not request.get("FinalDBSnapshotIdentifier"):
            message = "FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified."
            raise Fault("InvalidParameterCombination", message, 400)
        if not instance.get("_refused"):
            instance["_refused"] = True
            raise Fault("InvalidDBInstanceState", "Instance is currently backing-up.", 400)
        instance["DBInstanceStatus"] = "deleting"

        def work():
            if "DBClusterIdentifier" not in instance:
                stop_server(instance["_server"])
            time.sleep(step)
            instances.pop(instance["DBInstanceIdentifier"])

        later(work)
        return {"DBInstance": shown(instance)}

    # ---- clusters ----
    def new_cluster(request, snapshot):
        name = request["DBClusterIdentifier"]
        if name in clusters:
            raise Fault("DBClusterAlreadyExistsFault", "DB cluster already exists", 400)
        clusters[name] = cluster = {
            "DBClusterIdentifier": name, "Status": "creating", "Engine": snapshot["Engine"],
            "MasterUsername": snapshot["MasterUsername"], "TagList": request.get("Tags", []), "_snapshot": snapshot,
            "DBClusterArn": f"{ARN}cluster:{name}",
        }

        def work():
            cluster["_server"] = start_server("snapshots/" + snapshot["DBClusterSnapshotIdentifier"].replace(":", "_"), name)
            time.sleep(step)
            cluster["Status"] = "available"

        later(work)
        return {"DBCluster": shown(cluster)}

    def restore_cluster(_context, request):
        note("RestoreDBClusterFromSnapshot", request)
        return new_cluster(request, describe_snapshot(request["SnapshotIdentifier"], "Cluster"))

    def clone_cluster(_context, request):
        note("RestoreDBClusterToPointInTime", request)
        # The current data of a cluster is a snapshot here, too.
        return new_cluster(request, describe_snapshot(request["SourceDBClusterIdentifier"] + "-current", "Cluster"))

    def modify_cluster(_context, request):
        cluster = get(clusters, request["DBClusterIdentifier"], "Cluster")
        in_state(cluster, "Status", "available")
        if "MasterUserPassword" in request:
            pending(cluster, cluster["MasterUsername"], request["MasterUserPassword"])
        return {"DBCluster": shown(cluster)}

    def describe_clusters(_context, request):
        name = request.get("DBClusterIdentifier")
        found = [get(clusters, name, "Cluster")] if name else list(clusters.values())
        return {"DBClusters": [shown(cluster) for cluster in found]}

    def delete_cluster(_context, request):
        cluster = get(clusters, request["DBClusterIdentifier"], "Cluster")
        in_state(cluster, "Status", "available")
        if any(each.get("DBClusterIdentifier") == cluster["DBClusterIdentifier"] for each in instances.values()):
            raise Fault("InvalidDBClusterStateFault", "Cluster cannot be deleted, it still contains DB instances.", 400)
        if not request.get("SkipFinalSnapshot"):
            raise Fault("InvalidParameterCombination", "FinalDBSnapshotIdentifier is required.", 400)
        cluster["Status"] = "deleting"

        def work():
            stop_server(cluster["_server"])
            time.sleep(step)
            clusters.pop(cluster["DBClusterIdentifier"])

        later(work)
        return {"DBCluster": shown(cluster)}

    table = {
        "CopyDBSnapshot": copy_snapshot(""),
        "CopyDBClusterSnapshot": copy_snapshot("Cluster"),
        "DescribeDBSnapshots": lambda _, r: {"DBSnapshots": [describe_snapshot(r["DBSnapshotIdentifier"], "")]},
        "DescribeDBClusterSnapshots": lambda _, r: {
            "DBClusterSnapshots": [describe_snapshot(r["DBClusterSnapshotIdentifier"], "Cluster")]
        },
        "DeleteDBSnapshot": delete_snapshot(""),
        "DeleteDBClusterSnapshot": delete_snapshot("Cluster"),
        "RestoreDBInstanceFromDBSnapshot": restore_instance,
        "RestoreDBClusterFromSnapshot": restore_cluster,
        "RestoreDBClusterToPointInTime": clone_cluster,
        "CreateDBInstance": create_instance,
        "ModifyDBInstance": modify_instance,
        "ModifyDBCluster": modify_cluster,
        "DescribeDBInstances": describe_instances,
        "DescribeDBClusters": describe_clusters,
        "DeleteDBInstance": delete_instance,
        "DeleteDBCluster": delete_cluster,
    }
    return Service(name="rds", skeleton=Skeleton(load_service("rds"), table))
