import { lint } from '../../policy/lint/lint-policy.ts';
import type { PolicyWarning } from '../../policy/lint/vocabulary.ts';
import { vpcLatticeSvcs } from '../../policy/lint/vpc-lattice-svcs.ts';
import {
  type PolicyDocument,
  type PolicyStatement,
  parseIdentityPolicy,
  parseResourcePolicy,
  statementsOf,
} from '../../policy/policy-document.ts';
import { CliError } from '../cli-error.ts';
import { printableValues } from '../printable.ts';
import { readText } from '../read-text.ts';
import { type Output, type Paint, painter } from '../style.ts';
import { wrap } from '../wrap.ts';

export interface LintOptions {
  readonly identity?: boolean;
  readonly json?: boolean;
}

const WARNED = 3;

/**
 * Looks for what a policy does not do though it seems to; answers the exit code: 0 nothing found,
 * 3 warnings. A text that could not be stored at all is a CliError.
 */
export const runLint = (file: string, options: LintOptions, output: Output): number => {
  const isIdentity = options.identity === true;
  const parsed = (isIdentity ? parseIdentityPolicy : parseResourcePolicy)(readText(file, 'policy'));
  if ('problem' in parsed) {
    const place = parsed.place === '' ? '' : ` (${parsed.place})`;
    const hint = isIdentity ? '' : '; for a policy of a user or role give --identity';
    const needsPrincipal = parsed.problem.endsWith('needs a Principal');
    throw new CliError(
      `\`${file}\` is no policy: ${parsed.problem}${place}${needsPrincipal ? hint : ''}`,
    );
  }
  const { document } = parsed;
  const warnings = lint(document, vpcLatticeSvcs).filter(
    ({ place }) => !isIdentity || isAboutServices(document, place),
  );
  output.write(
    options.json === true
      ? `${JSON.stringify({ warnings }, undefined, 2)}\n`
      : renderWarnings(file, warnings, painter(output)),
  );
  return warnings.length === 0 ? 0 : WARNED;
};

/** Whether a warning is of a statement about requests to services alone; the others are for other APIs to ask. */
const isAboutServices = (document: PolicyDocument, place: string): boolean => {
  const index = Number(/^Statement\[(\d+)\]/.exec(place)?.[1] ?? 0);
  const { Action } = statementsOf(document)[index] as PolicyStatement;
  const actions = [Action ?? []].flat();
  return actions.length > 0 && actions.every((action) => /^vpc-lattice-svcs:/i.test(action));
};

const renderWarnings = (file: string, warnings: readonly PolicyWarning[], paint: Paint): string => {
  const { name, found } = printableValues({ name: file, found: warnings });
  if (found.length === 0) return `${paint('green', '✓')} ${name}: nothing to warn of\n`;
  const count = `${found.length} warning${found.length === 1 ? '' : 's'}`;
  const lines = found.flatMap(({ place, text }) => [
    '',
    paint('bold', place),
    ...wrap(text, { width: 80, first: '  ', rest: '  ' }),
  ]);
  return `${[`${paint('yellow', '!')} ${name}: ${count}`, ...lines].join('\n')}\n`;
};
