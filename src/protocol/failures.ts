import { shortened } from './shortened.ts';
import { protocolLimits } from './wire.ts';

/** One member of a request that was refused. */
export interface FieldFailure {
  readonly kind: 'missing' | 'type' | 'constraint';
  /** Where: `targets.1.member.id`, or in EC2's style `IpPermissions.1.FromPort`. */
  readonly path: string;
  /** The value as an error text may show it; undefined for values that must not be shown or are not there. */
  readonly value: string | undefined;
  /** `must have length less than or equal to 40` */
  readonly constraint: string;
}

/** How a protocol calls the places inside a request. */
export interface PathStyle {
  member(name: string): string;
  listItem(index: number): string;
}

/** `tags.1.member.value`: as in the error texts of most AWS services, also of those that call it `Tags`. */
export const memberPaths: PathStyle = {
  member: (name) => `${name.charAt(0).toLowerCase()}${name.slice(1)}`,
  listItem: (index) => `${index + 1}.member`,
};

/** `IpPermissions.1.FromPort`: as the parameters are called. */
export const parameterPaths: PathStyle = {
  member: (name) => name,
  listItem: (index) => `${index + 1}`,
};

/** Deeper than any place in a model that does not contain itself. */
const PATH_CHARACTERS = 500;

/** Collects what is wrong with one request, and knows where in the request it is being read. */
export class FailureList {
  readonly failures: FieldFailure[] = [];
  readonly #style: PathStyle;
  readonly #path: string[] = [];

  constructor(style: PathStyle) {
    this.#style = style;
  }

  inMember(name: string): void {
    this.#path.push(this.#style.member(name));
  }

  /** The caller chose it: it is shortened. */
  inKey(name: string): void {
    this.#path.push(shortened(name, protocolLimits.echoedCharacters));
  }

  inItem(index: number): void {
    this.#path.push(this.#style.listItem(index));
  }

  leave(): void {
    this.#path.pop();
  }

  /** `value` is shown, shortened; leave it out for a sensitive value. */
  add(kind: FieldFailure['kind'], constraint: string, value?: unknown): void {
    if (this.failures.length >= protocolLimits.failures) return;
    this.failures.push({
      kind,
      path: shortened(this.#path.join('.'), PATH_CHARACTERS),
      value: value === undefined ? undefined : shown(value),
      constraint,
    });
  }

  /** Enough for an answer: reading on would only cost time. */
  get isFull(): boolean {
    return this.failures.length >= protocolLimits.failures;
  }
}

const shown = (value: unknown): string =>
  shortened(
    typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value)),
    protocolLimits.echoedCharacters,
  );

/** `Value 'x' at 'name' failed to satisfy constraint: Member must …`, as AWS words it. */
export const failureMessage = (failure: FieldFailure): string => {
  const value =
    failure.kind === 'missing'
      ? 'Value null'
      : failure.value === undefined
        ? 'Value'
        : `Value '${failure.value}'`;
  return `${value} at '${failure.path}' failed to satisfy constraint: Member ${failure.constraint}`;
};

/** `2 validation errors detected: …; …`; of more than fit into an answer, the first. */
export const failuresMessage = (failures: readonly FieldFailure[]): string =>
  `${failures.length} validation error${failures.length === 1 ? '' : 's'} detected: ${listed(
    failures,
  )
    .map(failureMessage)
    .join('; ')}`;

/** The failures that an answer has room to list one by one; at least one. */
export const listed = (failures: readonly FieldFailure[]): readonly FieldFailure[] => {
  let characters = 0;
  const first = failures.findIndex((failure) => {
    characters += failureMessage(failure).length;
    return characters > protocolLimits.errorCharacters - 100;
  });
  return first < 0 ? failures : failures.slice(0, Math.max(1, first));
};
