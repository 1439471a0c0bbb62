import { quoted } from './common-errors.ts';
import { decodeScalar } from './decode-parameters.ts';
import type { FailureList } from './failures.ts';
import { parseParameters } from './parameters.ts';
import type { RouteMatch } from './rest-router.ts';
import type { ServiceError } from './service-error.ts';
import type { ResolvedMember, ResolvedOperation } from './service-table.ts';
import { formatTimestamp } from './timestamp.ts';
import type { ProtocolRequest } from './wire.ts';

/** The protocol's error for what cannot be read at all. */
export type Unreadable = (message: string) => ServiceError;

export const wireName = (member: ResolvedMember): string => member.locationName ?? member.name;

/**
 * Reads the members of a REST request that travel in its path, query and headers into `input`; wrong
 * types are added to `failures`.
 * @throws ServiceError what `unreadable` makes of it
 */
export const readLocations = (
  { operation, labels }: RouteMatch,
  request: ProtocolRequest,
  failures: FailureList,
  input: Record<string, unknown>,
  unreadable: Unreadable,
): void => {
  readLabels(operation, labels, failures, input, unreadable);
  readQuery(operation, request, failures, input, unreadable);
  readHeaders(operation, request, failures, input);
};

/** The members of an answer that travel as header fields, by name in lower case. */
export const headerMembers = (
  members: readonly ResolvedMember[],
  value: unknown,
): Record<string, string> => {
  const headers: Record<string, string> = {};
  for (const member of members) {
    const memberValue = (value as Readonly<Record<string, unknown>>)[member.name];
    if (member.location !== 'header' || memberValue === undefined || memberValue === null) continue;
    headers[wireName(member).toLowerCase()] =
      member.target.type === 'timestamp'
        ? String(formatTimestamp(memberValue as Date | string, member.target.format))
        : String(memberValue);
  }
  return headers;
};

const readLabels = (
  operation: ResolvedOperation,
  labels: ReadonlyMap<string, string>,
  failures: FailureList,
  input: Record<string, unknown>,
  unreadable: Unreadable,
) => {
  for (const member of operation.input.members) {
    const raw = member.location === 'uri' ? labels.get(wireName(member)) : undefined;
    if (raw === undefined) continue;
    let text: string;
    try {
      text = decodeURIComponent(raw);
    } catch {
      throw unreadable(
        `the path segment \`${quoted(raw)}\` has a percent-escape that is broken or not UTF-8`,
      );
    }
    input[member.name] = readScalar(member, text, failures);
  }
};

const readQuery = (
  operation: ResolvedOperation,
  request: ProtocolRequest,
  failures: FailureList,
  input: Record<string, unknown>,
  unreadable: Unreadable,
) => {
  const members = operation.input.members.filter((member) => member.location === 'querystring');
  if (members.length === 0) return;
  const values = new Map<string, string[]>();
  for (const [name, value] of readParameters(request.query, unreadable)) {
    const known = values.get(name);
    if (known) known.push(value);
    else values.set(name, [value]);
  }
  for (const member of members) {
    const texts = values.get(wireName(member));
    if (!texts) continue;
    if (member.target.type === 'list') {
      const { item } = member.target;
      input[member.name] = texts.map((text, index) => {
        failures.inMember(wireName(member));
        failures.inItem(index);
        const value = isScalar(item) ? decodeScalar(item, text, failures) : undefined;
        failures.leave();
        failures.leave();
        return value;
      });
    } else if (texts.length > 1) {
      failures.inMember(wireName(member));
      failures.add('type', 'must not come more than once');
      failures.leave();
    } else {
      const value = readScalar(member, texts[0] ?? '', failures);
      if (value !== undefined) input[member.name] = value;
    }
  }
};

const readParameters = (query: string, unreadable: Unreadable) => {
  try {
    return parseParameters(query);
  } catch (error) {
    throw unreadable((error as Error).message);
  }
};

const readHeaders = (
  operation: ResolvedOperation,
  request: ProtocolRequest,
  failures: FailureList,
  input: Record<string, unknown>,
) => {
  for (const member of operation.input.members) {
    if (member.location !== 'header') continue;
    const text = request.headers[wireName(member).toLowerCase()];
    if (text === undefined) continue;
    const value = readScalar(member, text, failures);
    if (value !== undefined) input[member.name] = value;
  }
};

const isScalar = (
  shape: ResolvedMember['target'],
): shape is Exclude<ResolvedMember['target'], { type: 'structure' | 'list' | 'map' }> =>
  shape.type !== 'structure' && shape.type !== 'list' && shape.type !== 'map';

/** A member in path, query or header. Empty and optional: absent. */
const readScalar = (member: ResolvedMember, text: string, failures: FailureList): unknown => {
  if (!isScalar(member.target))
    throw new Error(`\`${member.name}\` cannot travel in the ${member.location}`);
  if (text === '' && !member.isRequired) return undefined;
  failures.inMember(wireName(member));
  const value = decodeScalar(member.target, text, failures);
  failures.leave();
  return value;
};
