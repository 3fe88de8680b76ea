"""Makes LocalStack's Step Functions behave as AWS does, where a workflow depends on it.

- Errors of RDS have the names of the exceptions of the AWS SDK for Java: DBInstanceNotFoundFault is
  Rds.DbInstanceNotFoundException, and an error that the API's model does not have is Rds.RdsException.
- ecs:runTask.sync fails if a container ends with another exit code than 0. The cause is the task as JSON.
- ecs:runTask accepts the parameters Tags and VolumeConfigurations.
- A mocked task can fail with an error of Step Functions itself, such as States.TaskFailed.
- A distributed map fails with States.ExceedToleratedFailureThreshold if more of its children fail than it tolerates.
"""

import re

from localstack.runtime import hooks


def exception_name(service, exception):
    """The name of an exception of boto3 in Step Functions, for instance Rds.InvalidDbInstanceStateException."""
    service = service.capitalize() if service.isupper() else service
    name = type(exception).__name__
    if name == "ClientError":
        return f"{service}.{service}Exception"
    name = re.sub("(Fault|Exception)$", "", name)
    # The SDK for Java writes acronyms as words.
    name = re.sub("([A-Z]+)([A-Z][a-z])", lambda parts: parts[1].capitalize() + parts[2], name)
    return f"{service}.{name}Exception"


@hooks.on_infra_start()
def as_step_functions():
    from localstack.aws.api.stepfunctions import HistoryEventType, MapRunFailedEventDetails, TaskFailedEventDetails
    from localstack.services.stepfunctions.asl.component.common.error_name import (
        failure_event,
        states_error_name,
        states_error_name_type,
    )
    from localstack.services.stepfunctions.asl.component.state.state_execution.state_map.iteration import (
        distributed_iteration_component as maps,
    )
    from localstack.services.stepfunctions.asl.component.state.state_execution.state_task import (
        local_mock_eval_utils as mocks,
    )
    from localstack.services.stepfunctions.asl.component.state.state_execution.state_task.service import (
        state_task_service_aws_sdk as sdk,
        state_task_service_ecs as ecs,
    )
    from localstack.services.stepfunctions.asl.eval.event.event_detail import EventDetails
    from localstack.services.stepfunctions.asl.utils.encoding import to_json_str

    sdk.StateTaskServiceAwsSdk._normalise_exception_name = staticmethod(exception_name)
    ecs._SUPPORTED_API_PARAM_BINDINGS["runtask"] |= {"Tags", "VolumeConfigurations"}

    def mocked_error(error_name):
        own = states_error_name_type.StatesErrorNameType
        return states_error_name.StatesErrorName(own.from_name(error_name)) if error_name.startswith("States.") else custom(error_name)

    custom = mocks.CustomErrorName
    mocks.CustomErrorName = mocked_error

    map_run_of = maps.DistributedIterationComponent._map_run

    def map_run(self, env, eval_input):
        map_run_of(self, env, eval_input)
        counter = eval_input.map_run_record.item_counter
        failed = counter.failed.get() + counter.timed_out.get()
        if failed > eval_input.tolerated_failure_count:
            name = states_error_name_type.StatesErrorNameType.StatesExceedToleratedFailureThreshold
            cause = "The specified tolerated failure threshold was exceeded"
            raise failure_event.FailureEventException(
                failure_event.FailureEvent(
                    env=env,
                    error_name=states_error_name.StatesErrorName(typ=name),
                    event_type=HistoryEventType.MapRunFailed,
                    event_details=EventDetails(
                        mapRunFailedEventDetails=MapRunFailedEventDetails(error=name.to_name(), cause=cause)
                    ),
                )
            )

    maps.DistributedIterationComponent._map_run = map_run

    resolver_of = ecs.StateTaskServiceEcs._build_sync_resolver

    def build_sync_resolver(self, env, resource_runtime_part, normalised_parameters, state_credentials):
        resolver = resolver_of(self, env, resource_runtime_part, normalised_parameters, state_credentials)

        def resolve():
            task = resolver()
            if task is not None and any(each.get("ExitCode") != 0 for each in task["Containers"]):
                name = states_error_name_type.StatesErrorNameType.StatesTaskFailed
                raise failure_event.FailureEventException(
                    failure_event.FailureEvent(
                        env=env,
                        error_name=states_error_name.StatesErrorName(typ=name),
                        event_type=HistoryEventType.TaskFailed,
                        event_details=EventDetails(
                            taskFailedEventDetails=TaskFailedEventDetails(
                                resource=self._get_sfn_resource(),
                                resourceType=self._get_sfn_resource_type(),
                                error=name.to_name(),
                                cause=to_json_str(task, separators=(",", ":")),
                            )
                        ),
                    )
                )
            return task

        return resolve

    ecs.StateTaskServiceEcs._build_sync_resolver = build_sync_resolver
