"""Tests of the evaluator of IAM policies, against the rules that AWS documents."""
import unittest

from iam import Request, allowed

ROLE = "arn:aws:iam::111111111111:role/worker"
STRANGER = "arn:aws:iam::333333333333:role/stranger"
KEY = "arn:aws:kms:eu-central-1:111111111111:key/raw"


def statement(effect="Allow", action="s3:GetObject", resource="arn:aws:s3:::raw/*", **more):
    return {"Effect": effect, "Action": action, "Resource": resource, **more}


def policy(*statements):
    return {"Version": "2012-10-17", "Statement": list(statements)}


def decide(*identity, principal=ROLE, action="s3:GetObject", resource="arn:aws:s3:::raw/a.sql", bucket=None,
           owner="111111111111", endpoint=None, **context):
    keys = {key.replace("__", ":").replace("_", "/").lower(): value for key, value in context.items()}
    request = Request(principal, action, resource, keys, [policy(*identity)] if identity else [])
    return allowed(request, bucket, owner, endpoint)


class EvaluatorTest(unittest.TestCase):
    def test_nothing_is_allowed_without_a_statement(self):
        self.assertFalse(decide())

    def test_allow_counts_for_its_action_and_resource_only(self):
        self.assertTrue(decide(statement()))
        self.assertTrue(decide(statement(action="S3:get*")))
        self.assertFalse(decide(statement(), action="s3:PutObject"))
        self.assertFalse(decide(statement(), resource="arn:aws:s3:::other/a.sql"))
        self.assertFalse(decide(statement(resource="arn:aws:s3:::raw/snapshots/*")))

    def test_not_action_allows_all_other_actions(self):
        rest = {"Effect": "Allow", "NotAction": "s3:Put*", "Resource": "*"}
        self.assertTrue(decide(rest))
        self.assertFalse(decide(rest, action="s3:PutObject"))

    def test_deny_wins_in_every_policy(self):
        deny = statement("Deny")
        self.assertFalse(decide(statement(), deny))
        self.assertFalse(decide(statement(), bucket=policy({**deny, "Principal": "*"})))

    def test_a_bucket_policy_allows_a_role_of_its_account(self):
        bucket = policy(statement(Principal={"AWS": ROLE}))
        self.assertTrue(decide(bucket=bucket))
        self.assertFalse(decide(bucket=policy(statement(Principal={"AWS": "arn:aws:iam::111111111111:root"}))))

    def test_another_account_needs_both_sides(self):
        bucket = policy(statement(Principal={"AWS": "333333333333"}))
        self.assertTrue(decide(statement(), principal=STRANGER, bucket=bucket))
        self.assertFalse(decide(principal=STRANGER, bucket=bucket))
        self.assertFalse(decide(statement(), principal=STRANGER, bucket=policy()))

    def test_a_key_counts_iam_only_if_its_policy_says_so(self):
        use = statement(action="kms:Decrypt", resource=KEY)
        call = dict(action="kms:Decrypt", resource=KEY)
        self.assertFalse(decide(use, bucket=policy(), **call))
        root = {"Principal": {"AWS": "arn:aws:iam::111111111111:root"}}
        self.assertTrue(decide(use, bucket=policy(statement(action="kms:*", resource="*", **root)), **call))
        self.assertFalse(decide(bucket=policy(statement(action="kms:*", resource="*", **root)), **call))
        self.assertTrue(decide(bucket=policy(statement(action="kms:Decrypt", resource="*", Principal={"AWS": ROLE})), **call))

    def test_a_missing_key_fails_a_positive_and_passes_a_negative_operator(self):
        def when(operator, value="x"):
            return statement(Condition={operator: {"aws:RequestTag/decant:run": value}})
        run = {"aws:requesttag/decant:run": "x"}
        for operator in ("StringEquals", "StringLike"):
            self.assertFalse(decide(when(operator)))
            self.assertTrue(decide(when(operator + "IfExists")))
        self.assertTrue(decide(when("StringNotEquals")))
        self.assertFalse(decide(when("StringNotEquals"), **run))
        self.assertFalse(decide(when("Null", "false")))
        self.assertTrue(decide(when("Null", "false"), **run))
        self.assertTrue(decide(when("StringLike", "?*"), **run))
        self.assertFalse(decide(when("StringLike", "?*"), **{"aws:requesttag/decant:run": ""}))

    def test_values_of_a_key_are_alternatives_and_keys_are_all_needed(self):
        both = statement(Condition={"StringEquals": {"a:b": ["x", "y"]}, "Bool": {"c:d": "false"}})
        self.assertTrue(decide(both, **{"a:b": "y", "c:d": "false"}))
        self.assertFalse(decide(both, **{"a:b": "y", "c:d": "true"}))
        self.assertFalse(decide(both, **{"a:b": "z", "c:d": "false"}))

    def test_arn_wildcards_stay_in_their_part(self):
        like = statement(Condition={"ArnLike": {"aws:SourceArn": "arn:aws:lambda:*:111111111111:function:decant-*"}})
        self.assertTrue(decide(like, **{"aws:sourcearn": "arn:aws:lambda:eu:111111111111:function:decant-x"}))
        self.assertFalse(decide(like, **{"aws:sourcearn": "arn:aws:lambda:eu:333333333333:function:decant-x"}))
        unequal = statement("Deny", Condition={"ArnNotEquals": {"aws:PrincipalArn": [ROLE, STRANGER]}})
        self.assertTrue(decide(statement(), unequal, **{"aws:principalarn": STRANGER}))
        self.assertFalse(decide(statement(), unequal, **{"aws:principalarn": ROLE + "2"}))

    def test_an_endpoint_must_let_the_request_through(self):
        through = policy(statement(Principal="*"))
        self.assertTrue(decide(statement(resource="*"), endpoint=through))
        self.assertFalse(decide(statement(resource="*"), resource="arn:aws:s3:::other/a", endpoint=through))

    def test_a_service_assumes_a_role_only_by_its_trust_policy(self):
        trust = policy({"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"},
                        "Condition": {"StringEquals": {"aws:SourceAccount": "111111111111"}}})
        call = dict(principal="lambda.amazonaws.com", action="sts:AssumeRole", resource=ROLE, bucket=trust)
        self.assertTrue(decide(**call, **{"aws:sourceaccount": "111111111111"}))
        self.assertFalse(decide(**call, **{"aws:sourceaccount": "333333333333"}))
        self.assertFalse(decide(**{**call, "principal": "ecs.amazonaws.com"}, **{"aws:sourceaccount": "111111111111"}))

    def test_what_is_not_known_stops(self):
        with self.assertRaises(ValueError):
            decide(statement(Condition={"DateGreaterThan": {"aws:CurrentTime": "2026-01-01"}}))
        with self.assertRaises(ValueError):
            decide({**statement(), "NotResource": "*"})
        with self.assertRaises(ValueError):
            decide(bucket=policy(statement(Principal={"Federated": "x"})))


if __name__ == "__main__":
    unittest.main()
