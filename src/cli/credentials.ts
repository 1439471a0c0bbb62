import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { CliError } from './cli-error.ts';
import { nextCommand } from './next-command.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** An INI file as the AWS tools write it: section name -> key -> value. Keys are lower-cased. */
export const parseIni = (text: string): Map<string, Map<string, string>> => {
  const sections = new Map<string, Map<string, string>>();
  let section: Map<string, string> | undefined;
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
    if (line.startsWith('[') && line.endsWith(']')) {
      const name = line.slice(1, -1).trim();
      section = sections.get(name) ?? new Map();
      sections.set(name, section);
      continue;
    }
    const equals = line.indexOf('=');
    if (equals < 1 || section === undefined) continue;
    section.set(line.slice(0, equals).trim().toLowerCase(), line.slice(equals + 1).trim());
  }
  return sections;
};

/** The keys of one profile of an AWS credentials file; a CliError names the profiles that there are. */
export const loadCredentials = (file: string, profile: string): Credentials => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    throw new CliError(`cannot read the credentials file \`${file}\` (${reason})`, {
      cause: error,
    });
  }
  const profiles = parseIni(text);
  const keys = profiles.get(profile);
  const accessKeyId = keys?.get('aws_access_key_id');
  const secretAccessKey = keys?.get('aws_secret_access_key');
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    const known = [...profiles.keys()].map((name) => `\`${name}\``).join(', ') || 'none';
    throw new CliError(
      `no account \`${profile}\` in ${file}; there are: ${known} (create one with: ${nextCommand(dirname(file), 'account create', profile)})`,
    );
  }
  const sessionToken = keys?.get('aws_session_token');
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
};
