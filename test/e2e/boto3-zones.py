"""Route 53 with unmodified boto3; the environment says where the API is.

Prints one line of JSON with what it saw; any failed expectation ends it with a traceback.
"""

import json

import boto3
from botocore.exceptions import ClientError

route53 = boto3.client("route53")
ec2 = boto3.client("ec2")
tagging = boto3.client("resourcegroupstaggingapi")


def refused(call, **parameters):
    try:
        call(**parameters)
    except ClientError as error:
        return f"{error.response['Error']['Code']}: {error.response['Error']['Message']}"
    raise AssertionError(f"{call.__name__} was not refused")


def change(zone, action, name, *values, kind="A"):
    record_set = {"Name": name, "Type": kind, "TTL": 60}
    record_set["ResourceRecords"] = [{"Value": value} for value in values]
    batch = {"Comment": "a & b", "Changes": [{"Action": action, "ResourceRecordSet": record_set}]}
    return route53.change_resource_record_sets(HostedZoneId=zone, ChangeBatch=batch)["ChangeInfo"]


vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
where = {"VPCRegion": "us-west-2", "VPCId": vpc}
created = route53.create_hosted_zone(Name="boto.example", CallerReference="1", VPC=where)
zone = created["HostedZone"]["Id"]
assert created["ResponseMetadata"]["HTTPStatusCode"] == 201
assert created["Location"].endswith(zone), created["Location"]
assert created["ChangeInfo"]["SubmittedAt"].year >= 2026

info = change(zone, "CREATE", "www.boto.example", "10.0.0.1", "10.0.0.2")
route53.get_waiter("resource_record_sets_changed").wait(Id=info["Id"])
for number in range(25):
    change(zone, "UPSERT", f"n{number:02}.boto.example", f'"<{number}> & more"', kind="TXT")

pages = route53.get_paginator("list_resource_record_sets").paginate(
    HostedZoneId=zone, PaginationConfig={"PageSize": 10}
)
records = [record for page in pages for record in page["ResourceRecordSets"]]
assert records[2]["ResourceRecords"] == [{"Value": '"<0> & more"'}], records[2]

short_id = zone.split("/")[-1]
route53.change_tags_for_resource(
    ResourceType="hostedzone", ResourceId=short_id, AddTags=[{"Key": "team", "Value": "shop"}]
)
tags = route53.list_tags_for_resource(ResourceType="hostedzone", ResourceId=short_id)
tagged = tagging.get_resources(TagFilters=[{"Key": "team", "Values": ["shop"]}])

print(
    json.dumps(
        {
            "records": len(records),
            "byVpc": [
                summary["Name"]
                for summary in route53.list_hosted_zones_by_vpc(VPCId=vpc, VPCRegion="us-west-2")[
                    "HostedZoneSummaries"
                ]
            ],
            "tags": tags["ResourceTagSet"]["Tags"],
            "taggedArns": [item["ResourceARN"] for item in tagged["ResourceTagMappingList"]],
            "zoneId": short_id,
            "notEmpty": refused(route53.delete_hosted_zone, Id=zone),
            "twice": refused(
                route53.change_resource_record_sets,
                HostedZoneId=zone,
                ChangeBatch={
                    "Changes": [
                        {
                            "Action": "CREATE",
                            "ResourceRecordSet": {
                                "Name": "www.boto.example",
                                "Type": "A",
                                "TTL": 1,
                                "ResourceRecords": [{"Value": "10.0.0.1"}],
                            },
                        }
                    ]
                },
            ),
            "public": refused(
                route53.create_hosted_zone, Name="public.example", CallerReference="2"
            ),
            "notBuilt": refused(route53.list_health_checks),
        }
    )
)
