import { parseResourcePolicy } from '../../../../policy/policy-document.ts';
import { invalid } from '../../../errors.ts';

/**
 * The text to store: as it was sent, for clients compare it; only line breaks, which AWS's guide
 * does not want in a policy, are taken out with the rest of the white space between members.
 *
 * @param mostBytes of the policy without white space between members
 * @throws ValidationException when the text is no policy or too long
 */
export const acceptAuthPolicy = (text: string, mostBytes: number): string => {
  const parsed = parseResourcePolicy(text);
  if ('problem' in parsed) throw invalid(`${parsed.problem}.`);
  const minified = JSON.stringify(parsed.document);
  if (Buffer.byteLength(minified) > mostBytes) {
    throw invalid(`The policy must not be longer than ${mostBytes} bytes.`);
  }
  return /[\r\n]/.test(text) ? minified : text;
};
