"""ACM with unmodified boto3; the environment says where the API is, the arguments where test certificates are.

Prints one line of JSON with what it saw; any failed expectation ends it with a traceback.
"""

import json
import pathlib
import sys

import boto3
from botocore.exceptions import ClientError

files = pathlib.Path(sys.argv[1])
acm = boto3.client("acm")
lattice = boto3.client("vpc-lattice")
tagging = boto3.client("resourcegroupstaggingapi")


def read(name):
    return (files / f"{name}.pem").read_bytes()


def refused(call, **parameters):
    try:
        call(**parameters)
    except ClientError as error:
        return f"{error.response['Error']['Code']}: {error.response['Error']['Message']}"
    raise AssertionError(f"{call.__name__} was not refused")


chain = {
    "Certificate": read("leaf.cert"),
    "PrivateKey": read("leaf.key"),
    "CertificateChain": read("intermediate.cert") + read("root.cert"),
}
imported = acm.import_certificate(**chain, Tags=[{"Key": "team", "Value": "shop"}])["CertificateArn"]
requested = acm.request_certificate(
    DomainName="*.example.com", ValidationMethod="DNS", IdempotencyToken="boto"
)["CertificateArn"]
acm.get_waiter("certificate_validated").wait(
    CertificateArn=requested, WaiterConfig={"Delay": 1, "MaxAttempts": 2}
)

detail = acm.describe_certificate(CertificateArn=imported)["Certificate"]
assert detail["NotAfter"].tzinfo is not None, detail
assert acm.get_certificate(CertificateArn=imported)["Certificate"].encode() == chain["Certificate"]
listed = [
    summary["CertificateArn"]
    for page in acm.get_paginator("list_certificates").paginate(PaginationConfig={"PageSize": 1})
    for summary in page["CertificateSummaryList"]
]
assert listed == [imported, requested], listed

acm.add_tags_to_certificate(CertificateArn=requested, Tags=[{"Key": "team", "Value": "pay"}])
found = tagging.get_resources(ResourceTypeFilters=["acm:certificate"])["ResourceTagMappingList"]
assert [item["ResourceARN"] for item in found] == [imported, requested], found
tagging.untag_resources(ResourceARNList=[requested], TagKeys=["team"])
assert acm.list_tags_for_certificate(CertificateArn=requested)["Tags"] == []

service = lattice.create_service(
    name="orders", customDomainName="orders.example.com", certificateArn=requested
)
in_use = refused(acm.delete_certificate, CertificateArn=requested)
unmatched = refused(
    lattice.update_service, serviceIdentifier=service["id"], certificateArn=imported
)
lattice.delete_service(serviceIdentifier=service["id"])
acm.delete_certificate(CertificateArn=requested)

key = read("leaf.key")
refusals = {
    "gone": refused(acm.describe_certificate, CertificateArn=requested),
    "inUse": in_use,
    "unmatched": unmatched,
    "noChain": refused(acm.import_certificate, Certificate=chain["Certificate"], PrivateKey=key),
    "longKey": refused(
        acm.import_certificate, Certificate=chain["Certificate"], PrivateKey=key * 4
    ),
    "noKey": refused(acm.import_certificate, Certificate=chain["Certificate"], PrivateKey=b"x"),
    "notBuilt": refused(acm.renew_certificate, CertificateArn=imported),
}
print(json.dumps({"imported": imported, "requested": requested, "refusals": refusals}))
