import {
  type PolicyDocument,
  type PolicyStatement,
  parseResourcePolicy,
  statementsOf,
} from '../../../../policy/policy-document.ts';
import { invalid } from '../../../errors.ts';

/** IAM's default, which AWS writes into what it stores. */
const DEFAULT_VERSION = '2008-10-17';

/**
 * The text to store, in the form in which AWS gives it back: without white space between members,
 * with a Version, with a list of statements, and the elements of a statement in AWS's order. Values
 * stay as they were sent, for clients compare them.
 *
 * @param mostBytes of the policy as it was sent, without white space between members
 * @throws ValidationException when the text is no policy or too long
 */
export const acceptAuthPolicy = (text: string, mostBytes: number): string => {
  const parsed = parseResourcePolicy(text);
  if ('problem' in parsed) throw invalid(`${parsed.problem}.`);
  if (Buffer.byteLength(JSON.stringify(parsed.document)) > mostBytes) {
    throw invalid(`The policy must not be longer than ${mostBytes} bytes.`);
  }
  return JSON.stringify(normalise(parsed.document));
};

const normalise = ({ Version, Id, Statement }: PolicyDocument) => ({
  Version: Version ?? DEFAULT_VERSION,
  // Not there when it is undefined.
  Id,
  Statement: statementsOf({ Statement }).map(inOrder),
});

const ELEMENTS = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

// Sorted rather than picked: an element that the list lacks would be out of place, but not lost.
const inOrder = (statement: PolicyStatement): object =>
  Object.fromEntries(
    Object.entries(statement).toSorted(
      ([one], [other]) => ELEMENTS.indexOf(one) - ELEMENTS.indexOf(other),
    ),
  );
