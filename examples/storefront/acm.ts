import type { ApiClient } from '../../src/cli/api-client.ts';

/** The few calls of the ACM API that the storefront is built with. */

/** ARNs of the certificates for a name, the oldest first. */
export const findCertificates = async (
  client: ApiClient,
  domainName: string,
): Promise<string[]> => {
  const found: string[] = [];
  let nextToken: string | undefined;
  do {
    const page: {
      CertificateSummaryList: { CertificateArn: string; DomainName: string }[];
      NextToken?: string;
    } = await client.callJson('acm', 'ListCertificates', { NextToken: nextToken });
    for (const { CertificateArn: arn, DomainName: name } of page.CertificateSummaryList) {
      if (name === domainName) found.push(arn);
    }
    nextToken = page.NextToken;
  } while (nextToken !== undefined);
  return found;
};

/** A new certificate for a name, issued at once by the authority of this installation; answers its ARN. */
export const requestCertificate = async (
  client: ApiClient,
  domainName: string,
): Promise<string> => {
  const { CertificateArn: arn } = await client.callJson<{ CertificateArn: string }>(
    'acm',
    'RequestCertificate',
    { DomainName: domainName, ValidationMethod: 'DNS' },
  );
  return arn;
};

export const deleteCertificate = (client: ApiClient, arn: string): Promise<unknown> =>
  client.callJson('acm', 'DeleteCertificate', { CertificateArn: arn });
