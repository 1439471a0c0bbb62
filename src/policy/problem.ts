/** What is wrong with a part of a policy. */
export interface Problem {
  /** Members that lead to the part, from the whole that was looked at: `['Condition', 'Bool']`. */
  readonly at: readonly string[];
  /** Behind "the policy" or "Statement 1 of the policy": `has a malformed Condition`. */
  readonly text: string;
}

export const problem = (text: string, ...at: string[]): Problem => ({ at, text });

const LONGEST = 80;

/** A value of the policy inside a text for people. */
export const quote = (value: string): string =>
  `\`${value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value}\``;

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A text, or a list of one or more. */
export const isTexts = (value: unknown): value is string | readonly string[] => {
  const texts = Array.isArray(value) ? value : [value];
  return texts.length > 0 && texts.every((text) => typeof text === 'string' && text !== '');
};

export const unknownMember = (value: object, known: readonly string[]): string | undefined =>
  Object.keys(value).find((key) => !known.includes(key));
