import type {
  ExplainedLayer,
  ExplainedResource,
  ExplainedSignature,
  ExplainedStatement,
  Explanation,
} from '../protocol/generated/pergola.ts';
import { printable, printableValues } from './printable.ts';
import type { Format, Paint } from './style.ts';
import { wrap } from './wrap.ts';

const WIDTH = 80;

/**
 * An explanation for a terminal of 80 columns, one text a line, without line feeds: the verdict, who
 * and where, what each layer of policies says, the signature when it failed, and what would have to
 * change. Every text in it is someone else's, so all are made printable.
 *
 * @param others how many more there are with the same request id
 */
export const explanationLines = (
  explanation: Explanation,
  paint: Paint,
  others = 0,
): readonly string[] => {
  const { signature, ...rest } = explanation;
  const shown = printableValues(rest);
  const sections = [
    verdictLines(shown, paint),
    factLines(shown, paint),
    ...shown.layers.map((layer) => layerLines(layer, paint)),
    signature === undefined || signature.isValid ? [] : signatureLines(signature, paint),
    adviceLines(explanation, paint),
    othersLines(others),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
};

const verdictLines = ({ allowed, outcome }: Explanation, paint: Paint): readonly string[] => {
  const { statusCode, message } = outcome;
  const text = statusCode === undefined ? message : `${statusCode} ${message}`;
  const verdict = allowed ? 'ALLOWED' : 'REFUSED';
  const lines = wrap(text, { width: WIDTH, first: `${verdict}  `, rest: '         ' });
  const format: Format = allowed ? 'green' : 'red';
  return lines.map((line, index) =>
    index === 0 ? `${paint(format, verdict)}${line.slice(verdict.length)}` : line,
  );
};

const factLines = (explanation: Explanation, paint: Paint): readonly string[] => {
  const { requestId, at, request, source, network, service } = explanation;
  const { method, target, authority, protocol } = request;
  const facts: readonly (readonly [name: string, text: string | undefined])[] = [
    ['Request', `${method} ${protocol}://${authority}${target}`],
    ['Id', requestId],
    ['At', at],
    ['Caller', callerText(explanation)],
    ['From', `${source.vpcId}${ofAccount(source.accountId)}, address ${source.address}`],
    ['Network', network && resourceText(network)],
    ['Service', service && resourceText(service)],
    ['Route', routeText(explanation)],
  ];
  return facts.flatMap(([name, text]) => {
    if (text === undefined) return [];
    const label = name.padEnd(9);
    return wrap(text, { width: WIDTH, first: label, rest: ' '.repeat(9) }).map((line, index) =>
      index === 0 ? `${paint('dim', label)}${line.slice(label.length)}` : line,
    );
  });
};

const callerText = ({ caller, request }: Explanation): string => {
  const { kind, arn, accessKeyId } = caller;
  const key = accessKeyId === undefined ? '' : `, access key ${accessKeyId}`;
  switch (kind) {
    case 'anonymous':
      return request.method === 'CONNECT'
        ? 'anonymous (nobody looks into what is passed through)'
        : 'anonymous (the request has no signature)';
    case 'verified':
      return `${arn ?? 'unknown'}${key}`;
    case 'unverified':
      return arn === undefined
        ? `not known${key}`
        : `whoever used the access key ${accessKeyId ?? ''} of ${arn}; not verified`;
  }
};

const resourceText = ({ id, accountId, authType }: ExplainedResource): string =>
  `${id}${ofAccount(accountId)}, auth type ${authType}`;

const ofAccount = (accountId: string | undefined): string =>
  accountId === undefined ? '' : ` of account ${accountId}`;

const routeText = ({ allowed, outcome }: Explanation): string | undefined => {
  const { listenerPort, ruleId, rulePriority, targetGroupIds } = outcome;
  if (listenerPort === undefined) return undefined;
  const rule = ruleId === undefined ? 'the default action' : `rule ${ruleId}`;
  const priority = rulePriority === undefined ? '' : ` (priority ${rulePriority})`;
  const groups = targetGroupIds.length === 0 ? '' : `, to ${targetGroupIds.join(' or ')}`;
  return `port ${listenerPort}, ${allowed ? '' : 'would have been '}${rule}${priority}${groups}`;
};

const VERDICTS: Readonly<
  Record<ExplainedLayer['says'], { mark: string; format: Format; text: string }>
> = {
  allow: { mark: '✓', format: 'green', text: 'allows' },
  explicitDeny: { mark: '✗', format: 'red', text: 'denies' },
  implicitDeny: { mark: '✗', format: 'red', text: 'does not allow' },
  notAsked: { mark: '-', format: 'dim', text: 'not asked' },
};

const layerLines = (
  { layer, accountId, says, note, statements, isHidden }: ExplainedLayer,
  paint: Paint,
): readonly string[] => {
  const { mark, format, text } = VERDICTS[says];
  const notes = wrapped(note === undefined ? [] : [note], '  ');
  const owner = paint('dim', `(account ${accountId})`);
  return [
    `${paint(format, mark)} ${paint('bold', layer)}: ${text} ${owner}`,
    ...notes,
    ...(isHidden === true ? [] : statements.flatMap((one) => statementLines(one, paint))),
  ];
};

/** What a statement does when it applies is good for an Allow and bad for a Deny. */
const statementLines = (
  { policy, number, sid, effect, applies, mismatches, matches }: ExplainedStatement,
  paint: Paint,
): readonly string[] => {
  const isDenied = applies && effect === 'Deny';
  const mark = applies ? (isDenied ? paint('red', '✗') : paint('green', '✓')) : paint('dim', '-');
  const does = applies ? (isDenied ? 'denies' : 'allows') : 'does not apply';
  const name = sid === undefined ? '' : ` \`${sid}\``;
  const text = `${effect} statement ${number}${name} of ${policy}: ${does}`;
  const [first = '', ...rest] = wrap(text, { width: WIDTH, first: '    ', rest: '    ' });
  return [
    `  ${mark}${first.slice(3)}`,
    ...rest,
    // That a Deny does not apply is as it should be, for whatever reason.
    ...wrapped(matches ?? (effect === 'Deny' ? [] : mismatches), '      '),
  ];
};

const signatureLines = (
  { findings, canonicalRequest, stringToSign }: ExplainedSignature,
  paint: Paint,
): readonly string[] => [
  `${paint('red', '✗')} ${paint('bold', 'signature')}: not accepted`,
  ...findings.flatMap((text) =>
    wrap(printable(text), { width: WIDTH, first: '  • ', rest: '    ' }),
  ),
  ...verbatim('the canonical request, as Pergola computed it', canonicalRequest, paint),
  ...verbatim('the string to sign', stringToSign, paint),
];

/** Line by line as it is, to be compared with what a client says that it signed. */
const verbatim = (title: string, text: string | undefined, paint: Paint): readonly string[] =>
  text === undefined
    ? []
    : [
        `  ${paint('dim', `${title}:`)}`,
        ...text.split('\n').map((line) => `    ${printable(line)}`.trimEnd()),
      ];

const adviceLines = ({ allowed, advice, layers }: Explanation, paint: Paint): readonly string[] => {
  const all = [...advice, ...layers.flatMap((layer) => layer.advice)];
  if (allowed || all.length === 0) return [];
  return [
    paint('bold', 'What would have to change'),
    ...all.flatMap((text) => wrap(printable(text), { width: WIDTH, first: '  • ', rest: '    ' })),
  ];
};

const othersLines = (others: number): readonly string[] => {
  if (others === 0) return [];
  const what = others === 1 ? 'older request with this id was' : 'older requests with this id were';
  return wrapped(
    [`${others} ${what} refused, too: clients choose ids, and this is the newest`],
    '',
  );
};

const wrapped = (texts: readonly string[], indent: string): readonly string[] =>
  texts.flatMap((text) => wrap(text, { width: WIDTH, first: indent, rest: `${indent}  ` }));
