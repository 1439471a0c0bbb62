import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CliError } from '../cli-error.ts';
import { dataFolder } from '../data-folder.ts';
import { nextCommand } from '../next-command.ts';
import type { Output } from '../style.ts';
import { authorityFile } from '../trust.ts';

export interface CaOptions {
  readonly data?: string;
  readonly path?: boolean;
  readonly json?: boolean;
}

/** Shows the certificate of the instance's authority, or where it is; the instance need not run. */
export const runCa = (options: CaOptions, output: Output): void => {
  const dataDir = dataFolder(options.data);
  const file = resolve(authorityFile(dataDir));
  const pem = read(file, dataDir);
  if (options.json === true) {
    const certificate = parse(pem, file);
    const facts = {
      path: file,
      subject: certificate.subject.split('\n').join(','),
      fingerprint256: certificate.fingerprint256,
      notAfter: certificate.validToDate.toISOString(),
      certificate: pem,
    };
    output.write(`${JSON.stringify(facts)}\n`);
  } else {
    output.write(options.path === true ? `${file}\n` : pem);
  }
};

const read = (file: string, dataDir: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new CliError(
      isMissing
        ? `there is no certificate authority in \`${dataDir}\` yet; it is made by \`${nextCommand(dataDir, 'up')}\`, or name another data folder with --data DIR or PERGOLA_DATA`
        : `cannot read \`${file}\`: ${(error as Error).message}`,
      { cause: error },
    );
  }
};

const parse = (pem: string, file: string): X509Certificate => {
  try {
    return new X509Certificate(pem);
  } catch (error) {
    throw new CliError(`\`${file}\` is damaged; stop pergola and start it again to hear more`, {
      cause: error,
    });
  }
};
