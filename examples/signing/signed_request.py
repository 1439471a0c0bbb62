"""A signed request to a service of VPC Lattice, in Python:

    python3 signed_request.py [METHOD] URL [BODY]

Needs botocore. Credentials and region are found as every AWS tool finds them. Writes the answer to
standard output; exits with 1 when it is an error.
"""

import sys
import urllib.error
import urllib.parse
import urllib.request

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.session import Session


class LatticeAuth(SigV4Auth):
    """Signs the path as the URL has it; SigV4Auth would encode it a second time."""

    def _normalize_url_path(self, path):
        return path or "/"


def signed_headers(method: str, url: str) -> dict[str, str]:
    session = Session()
    credentials = session.get_credentials()
    region = session.get_config_variable("region")
    if credentials is None or region is None:
        sys.exit("no credentials or no region; set AWS_PROFILE and AWS_REGION")
    # The header must be sent and signed. Over plain http botocore would otherwise sign a hash of the
    # body, which VPC Lattice refuses.
    request = AWSRequest(method, url, headers={"X-Amz-Content-SHA256": "UNSIGNED-PAYLOAD"})
    frozen = credentials.get_frozen_credentials()
    LatticeAuth(frozen, "vpc-lattice-svcs", region).add_auth(request)
    return dict(request.headers.items())


def main(words: list[str]) -> int:
    method = words.pop(0) if len(words) > 1 else "GET"
    url, *rest = words
    body = rest[0].encode() if rest else None
    request = urllib.request.Request(
        url, data=body, method=method, headers=signed_headers(method, url)
    )
    try:
        with urllib.request.urlopen(request) as response:
            sys.stdout.write(response.read().decode())
            return 0
    except urllib.error.HTTPError as error:
        sys.stdout.write(error.read().decode())
        return 1
    except urllib.error.URLError as error:
        sys.exit(f"no answer from {urllib.parse.urlsplit(url).netloc}: {error.reason}")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: signed_request.py [METHOD] URL [BODY]")
    sys.exit(main(sys.argv[1:]))
