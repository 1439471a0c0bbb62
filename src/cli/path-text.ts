import type {
  ExplainedCheck,
  ExplainedPlace,
  ExplainedTarget,
  PathExplanation,
} from '../protocol/generated/pergola.ts';
import { formatEndpoint } from './endpoint.ts';
import { printableValues } from './printable.ts';
import type { Paint } from './style.ts';
import { wrap } from './wrap.ts';

const WIDTH = 80;

/**
 * A path for a terminal of 80 columns, one text a line, without line feeds: the verdict, from where to
 * where, each check with the rules that it looked at when it fails, the targets, and what would have to
 * change.
 */
export const pathLines = (explanation: PathExplanation, paint: Paint): readonly string[] => {
  const path = printableValues(explanation);
  const sections = [
    verdictLines(path, paint),
    factLines(path, paint),
    path.checks.flatMap((check) => checkLines(check, paint)),
    path.targets.flatMap((target) => targetLines(target, paint)),
    adviceLines(path, paint),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
};

const verdictLines = ({ isOpen, to }: PathExplanation, paint: Paint): readonly string[] => {
  const verdict = isOpen ? 'OPEN' : 'CLOSED';
  const what = isOpen
    ? 'clients there get a connection; what policies say of a request: simulate'
    : 'clients there get no connection: what they send is dropped, or there is nobody to send it to';
  const text = `${formatEndpoint(to.host, to.port)}: ${what}`;
  const rest = ' '.repeat(verdict.length + 2);
  return wrap(text, { width: WIDTH, first: `${verdict}  `, rest }).map((line, index) =>
    index === 0 ? `${paint(isOpen ? 'green' : 'red', verdict)}${line.slice(verdict.length)}` : line,
  );
};

const factLines = ({ from, to }: PathExplanation, paint: Paint): readonly string[] => {
  const service =
    to.serviceId === undefined ? 'no service' : `${to.serviceId} of account ${to.accountId}`;
  return [
    ...factLine('From', placeText(from), paint),
    ...factLine('To', `port ${to.port} of ${to.host}, ${service}`, paint),
  ];
};

const factLine = (name: string, text: string, paint: Paint): readonly string[] =>
  wrap(text, { width: WIDTH, first: name.padEnd(6), rest: ' '.repeat(6) }).map((line, index) =>
    index === 0 ? `${paint('dim', name)}${line.slice(name.length)}` : line,
  );

const placeText = (from: ExplainedPlace): string => {
  const { vpcId, accountId, address, subnetId, networkInterfaceId, securityGroupIds } = from;
  return [
    `${vpcId} of account ${accountId}`,
    address === undefined ? 'somewhere' : `address ${address}`,
    ...(subnetId === undefined ? [] : [subnetId]),
    networkInterfaceId ?? 'no network interface',
    ...(securityGroupIds.length === 0 ? [] : [`in ${securityGroupIds.join(', ')}`]),
  ].join(', ');
};

/** Rules are told where none of them helps. */
const checkLines = (
  { check, message, passes, rules }: ExplainedCheck,
  paint: Paint,
): readonly string[] => [
  ...wrap(`${check}: ${message}`, { width: WIDTH, first: `  `, rest: '    ' }).map((line, index) =>
    index === 0 ? `${passes ? paint('green', '✓') : paint('red', '✗')}${line.slice(1)}` : line,
  ),
  ...(passes ? [] : rules).flatMap(({ applies, mismatches, name, text }) => [
    ...wrap(`${name} ${text}`, {
      width: WIDTH,
      first: applies ? '  ✗ ' : '  - ',
      rest: '      ',
    }),
    ...mismatches.flatMap((one) => wrap(one, { width: WIDTH, first: '      ', rest: '        ' })),
  ]),
];

const targetLines = (target: ExplainedTarget, paint: Paint): readonly string[] => {
  const { targetGroupId, targetId, port, isOpen, checks } = target;
  const name = `target ${formatEndpoint(targetId, port)} of ${targetGroupId}`;
  if (isOpen) return [`${paint('green', '✓')} ${name}: can be reached`];
  return [
    `${paint('red', '✗')} ${name}: cannot be reached`,
    ...checks
      .filter(({ passes }) => !passes)
      .flatMap((check) => checkLines(check, paint).map((line) => `  ${line}`)),
  ];
};

const adviceLines = ({ checks, targets }: PathExplanation, paint: Paint): readonly string[] => {
  const all = [...checks, ...targets.flatMap((target) => target.checks)].flatMap(
    ({ advice }) => advice,
  );
  if (all.length === 0) return [];
  return [
    paint('bold', 'What would have to change'),
    ...[...new Set(all)].flatMap((text) =>
      wrap(text, { width: WIDTH, first: '  • ', rest: '    ' }),
    ),
  ];
};
