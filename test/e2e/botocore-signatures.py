"""Signs requests to services with unmodified botocore, as its users do, and prints them as JSON."""

import json
from datetime import datetime, timezone

from botocore.auth import SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

HOST = "rates-0123456789abcdef0.7d67968.vpc-lattice-svcs.us-west-2.on.aws"
SERVICE, REGION = "vpc-lattice-svcs", "us-west-2"


class PathAsIsAuth(SigV4Auth):
    """As botocore signs for S3: the path is neither normalised nor encoded once more."""

    def _normalize_url_path(self, path):
        return path


CASES = [
    ("plain", "GET", "/", {}),
    ("query", "GET", "/rates?to=EUR&from=USD&from=GBP", {}),
    ("escaped query", "GET", "/rates?name=a%20b%2Fc&empty=", {}),
    ("escaped path", "PUT", "/rates/a%20b/%E2%98%83", {}),
    ("path to be normalised", "DELETE", "/rates//./old/../new/", {}),
    ("special characters in the path", "GET", "/a:b@c,(d);e=f'!*~", {}),
    ("headers", "POST", "/orders", {"X-Note": "  a   b "}),
    ("port", "GET", "/", {"Host": f"{HOST}:8080"}),
]
CREDENTIALS = {
    "long": Credentials("AKIAEXAMPLE234567ABC", "a/secret+with40"),
    "session": Credentials("ASIAEXAMPLE234567ABC", "another/secret", "FwoGZXIvYXdzEXAMPLE//token=="),
}
SIGNERS = {
    "header": lambda credentials: SigV4Auth(credentials, SERVICE, REGION),
    "header, path as it is": lambda credentials: PathAsIsAuth(credentials, SERVICE, REGION),
    "query": lambda credentials: SigV4QueryAuth(credentials, SERVICE, REGION, expires=300),
}


def signed(sign, method, target, headers):
    request = AWSRequest(
        method=method,
        url=f"http://{HOST}{target}",
        headers={"X-Amz-Content-SHA256": "UNSIGNED-PAYLOAD", **headers},
    )
    sign.add_auth(request)
    sent = request.prepare()
    names = dict(sent.headers.items())
    names.setdefault("Host", HOST)
    return {
        "method": sent.method,
        "target": sent.url.split(HOST, 1)[1],
        "headers": {
            name: value.decode() if isinstance(value, bytes) else str(value)
            for name, value in names.items()
        },
    }


print(
    json.dumps(
        {
            "at": datetime.now(timezone.utc).isoformat(),
            "requests": [
                {
                    "name": f"{name}, {how}, {caller}",
                    "caller": caller,
                    **signed(signer(credentials), method, target, headers),
                }
                for name, method, target, headers in CASES
                for how, signer in SIGNERS.items()
                for caller, credentials in CREDENTIALS.items()
            ],
        }
    )
)
