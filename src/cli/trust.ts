import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { CliError } from './cli-error.ts';

/** Variables that replace what a program trusts otherwise: OpenSSL's and Go's, requests', curl's, gRPC's. */
const REPLACING = [
  'SSL_CERT_FILE',
  'REQUESTS_CA_BUNDLE',
  'CURL_CA_BUNDLE',
  'GRPC_DEFAULT_SSL_ROOTS_FILE_PATH',
] as const;

/** Node's adds to it. */
const ADDING = 'NODE_EXTRA_CA_CERTS';

/** Where systems keep whom they trust: Debian and Arch, Fedora, openSUSE, Alpine and macOS. */
const SYSTEM_FILES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
] as const;

export const authorityFile = (dataDir: string): string => join(dataDir, 'ca', 'ca.pem');

/**
 * The variables by which programs trust the certificates of an instance, beside all that they trust
 * in `env`. For those that replace what is trusted there are files in the data folder with both.
 * Empty when the instance has no authority.
 * @throws CliError when such a file cannot be written
 */
export const trustEnvironment = (
  dataDir: string,
  env: NodeJS.ProcessEnv,
): Record<string, string> => {
  const own = authorityFile(dataDir);
  const authority = readIfThere(own);
  if (authority === undefined) return {};
  const extra = env[ADDING];
  const add = extra === undefined || extra === own ? own : withAuthority(dataDir, authority, extra);
  const environment: Record<string, string> = { [ADDING]: add };
  for (const name of REPLACING) {
    environment[name] = withAuthority(dataDir, authority, env[name]);
  }
  return environment;
};

/**
 * PEM: the certificates that a client of our own trusts, which are those that SSL_CERT_FILE names, or
 * else the system's, and the authority of an instance.
 */
export const trustedCertificates = (dataDir: string, env: NodeJS.ProcessEnv): string => {
  const named = env['SSL_CERT_FILE'];
  const base = named === undefined || named === '' ? undefined : readIfThere(named);
  return `${(base ?? systemCertificates()).trimEnd()}\n${readIfThere(authorityFile(dataDir)) ?? ''}`;
};

/** A file that holds what `base` does, or else what the system trusts, and the authority. */
const withAuthority = (dataDir: string, authority: string, base: string | undefined): string => {
  const trusted = base === undefined || base === '' ? undefined : readIfThere(base);
  // Such as a file that we wrote, where one shell is started in another.
  if (base !== undefined && trusted?.includes(authority) === true) return base;
  // Named after what it is made from, so that there are only as many as there are different ones.
  const source = trusted === undefined ? 'system' : (base ?? '');
  const digest = createHash('sha256').update(source).digest('hex').slice(0, 8);
  const file = join(dataDir, 'ca', `trust-${digest}.pem`);
  const text = `${(trusted ?? systemCertificates()).trimEnd()}\n${authority}`;
  if (readIfThere(file) !== text) write(file, text);
  return file;
};

const systemCertificates = (): string => {
  for (const file of SYSTEM_FILES) {
    const text = readIfThere(file);
    if (text !== undefined) return text;
  }
  return rootCertificates.join('\n');
};

const readIfThere = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
};

/** Others may be reading the one that is there. */
const write = (file: string, text: string): void => {
  const draft = `${file}.${process.pid}`;
  try {
    writeFileSync(draft, text, { mode: 0o600 });
    renameSync(draft, file);
  } catch (error) {
    throw new CliError(
      `cannot write \`${file}\`, by which programs are to trust the services here: ${(error as Error).message}`,
      { cause: error },
    );
  }
};
