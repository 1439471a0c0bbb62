import { statSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { createSecureContext } from 'node:tls';
import { usageError } from '../cli-error.ts';
import { connect, type DataOption } from '../connect.ts';
import { declaredPortal } from '../declared-portal.ts';
import { explanationLines } from '../explanation-text.ts';
import { choosePortal, listPortals, networkWarning, portalUrlOf } from '../portals.ts';
import { chooseCredentials, type IdentityOptions } from '../signing/choose-credentials.ts';
import { type CallFlags, parseCall } from '../signing/parse-call.ts';
import { passedThrough } from '../signing/passed-through.ts';
import { PortalClient } from '../signing/portal-client.ts';
import { sendCall } from '../signing/send-call.ts';
import { signRequest } from '../signing/sign-request.ts';
import { type AnswerOptions, takeAnswer, verboseText } from '../signing/take-answer.ts';
import { type Output, painter } from '../style.ts';
import { trustedCertificates } from '../trust.ts';

export interface CallOptions extends DataOption, IdentityOptions, CallFlags, AnswerOptions {
  readonly vpc?: string;
  /** Of the VPC, or the id of an instance or network interface in it. */
  readonly address?: string;
  readonly insecure?: boolean;
}

/**
 * Signs a request and sends it as a client in a VPC; the body of the answer goes to `out`, everything
 * else to `err`. Answers 0 when an answer came, 22 with --fail when it was an error.
 */
export const runCall = async (
  url: string,
  options: CallOptions,
  out: Writable,
  err: Output,
  env: NodeJS.ProcessEnv = process.env,
): Promise<number> => {
  const call = parseCall(url, options);
  if (call.body === undefined) refuseBodyAsFolder(options.data);
  const { instance, client } = connect(options);
  const portal = choosePortal(await listPortals(client), options.vpc);
  const portalUrl = portalUrlOf(portal);
  const warning = networkWarning(portal);
  if (warning !== undefined) err.write(warning);
  const connection = await passedThrough(client, portal, call);
  const isUnsigned = connection !== undefined || options.anonymous === true;
  if (connection !== undefined && options.anonymous !== true) {
    err.write(
      `pergola: TLS of \`${call.host}\` is passed through, where nobody asks for a signature; the request is not signed\n`,
    );
  }
  const signature = isUnsigned
    ? {}
    : signRequest(
        call,
        await chooseCredentials(options, instance, env).current(),
        instance.region,
        new Date(),
      );
  const services = new PortalClient({
    portalUrl: declaredPortal(portalUrl, options.address),
    trust: () => ({
      context: createSecureContext({ ca: trustedCertificates(instance.dataDir, env) }),
      isInsecure: options.insecure ?? false,
    }),
  });
  try {
    const sent = await sendCall(services, call, signature);
    if (options.verbose === true)
      err.write(verboseText(call, sent, { url: portalUrl, vpcId: portal.vpcId }));
    return await takeAnswer(sent.answer, options, client, out, err);
  } catch (error) {
    // All that its client sees of a connection that policies refuse is that it ends.
    if (connection?.allowed === false) {
      err.write(`${explanationLines(connection, painter(err)).join('\n')}\n\n`);
    }
    throw error;
  } finally {
    services.destroy();
  }
};

/** For curl `--data` is the long form of -d, and many write it so. */
const refuseBodyAsFolder = (data: string | undefined): void => {
  if (data === undefined || isFolder(data)) return;
  throw usageError(
    `there is no folder \`${data}\`, and --data names the data folder; for the body of the request give -d`,
  );
};

const isFolder = (path: string): boolean => {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
};
