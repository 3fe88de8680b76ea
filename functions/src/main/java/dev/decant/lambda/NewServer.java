package dev.decant.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.decant.aws.RunResources;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.Tag;

/**
 * The scratch server that the tasks of a run share, as the event of {@code ScratchInstance}
 * describes it: {@code {"class": "db.r6g.2xlarge", "major": "17", "storage": 400, "tags":
 * {"decant:workflow": "arn:aws:states:…", "decant:expires": "2026-03-27T06:00:00Z"}, "subnets":
 * "decant-scratch", "group": "sg-…", "parameters": "decant-postgres17", "key": "arn:aws:kms:…"}}.
 *
 * @param major the major version of PostgreSQL; RDS chooses the minor version
 * @param storage the GiB of its volume
 * @param tags the workflow of the run, and the time after which the sweeper deletes the server
 * @param subnets the name of a subnet group of RDS
 * @param group the ID of a security group
 * @param parameters the name of a parameter group
 * @param key the ARN of the KMS key of the volume
 */
record NewServer(
    String instanceClass,
    String major,
    int storage,
    Map<String, String> tags,
    String subnets,
    String group,
    String parameters,
    String key) {
  /** The master user. It has CREATEDB and is not a superuser, as all master users of RDS. */
  static final String USER = "decant";

  static NewServer read(JsonNode server) {
    int storage = server.path("storage").asInt();
    if (storage <= 0) {
      throw ScratchEvent.unknown("its server has no storage");
    }
    return new NewServer(
        text(server, "class"),
        text(server, "major"),
        storage,
        tags(server.path("tags")),
        text(server, "subnets"),
        text(server, "group"),
        text(server, "parameters"),
        text(server, "key"));
  }

  private static Map<String, String> tags(JsonNode tags) {
    return Stream.of(RunResources.WORKFLOW, RunResources.EXPIRES)
        .collect(Collectors.toUnmodifiableMap(key -> key, key -> text(tags, key)));
  }

  private static String text(JsonNode server, String field) {
    String text = server.path(field).asText();
    if (text.isEmpty()) {
      throw ScratchEvent.unknown("its server has no " + field);
    }
    return text;
  }

  /** The request that creates the server. It has no public address, no backups and no standby. */
  CreateDbInstanceRequest request(String instance, String run, String password) {
    return CreateDbInstanceRequest.builder()
        .dbInstanceIdentifier(instance)
        .dbInstanceClass(instanceClass)
        .engine("postgres")
        .engineVersion(major)
        .masterUsername(USER)
        .masterUserPassword(password)
        .storageType("gp3")
        .allocatedStorage(storage)
        .storageEncrypted(true)
        .kmsKeyId(key)
        .dbSubnetGroupName(subnets)
        .vpcSecurityGroupIds(group)
        .dbParameterGroupName(parameters)
        .port(5432)
        .publiclyAccessible(false)
        .multiAZ(false)
        .backupRetentionPeriod(0)
        .autoMinorVersionUpgrade(false)
        .deletionProtection(false)
        .copyTagsToSnapshot(false)
        .enableIAMDatabaseAuthentication(false)
        .tags(
            Stream.concat(Stream.of(Map.entry(RunResources.TAG, run)), tags.entrySet().stream())
                .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList())
        .build();
  }
}
