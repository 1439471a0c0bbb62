import { text } from 'node:stream/consumers';
import type { ApiClient } from '../../src/cli/api-client.ts';
import { assumeRole } from '../../src/cli/signing/assume-role.ts';
import { parseCall } from '../../src/cli/signing/parse-call.ts';
import { PortalClient } from '../../src/cli/signing/portal-client.ts';
import { sendCall } from '../../src/cli/signing/send-call.ts';
import { fieldOf } from '../../src/cli/signing/service-request.ts';
import { signRequest } from '../../src/cli/signing/sign-request.ts';
import type { Role } from './iam.ts';
import type { Payments } from './payments.ts';

export interface CallAnswer {
  readonly status: number;
  readonly body: string;
  readonly requestId: string;
}

/** Calls the protected service as a role, as `pergola call --role` does. */
export const callAs = async (
  client: ApiClient,
  portal: string,
  role: Role,
  { host, serviceArn }: Payments,
  method: string,
): Promise<CallAnswer> => {
  const call = parseCall(`http://${host}/charges`, { request: method });
  const credentials = await assumeRole(client, { roleArn: role.arn });
  // An ARN names the region.
  const region = serviceArn.split(':')[3] ?? '';
  const signature = signRequest(call, credentials, region, new Date());
  const services = new PortalClient({ portalUrl: portal });
  const { answer } = await sendCall(services, call, signature);
  return {
    status: answer.statusCode,
    body: await text(answer.body),
    requestId: String(fieldOf(answer.headers, 'x-amzn-requestid')),
  };
};
