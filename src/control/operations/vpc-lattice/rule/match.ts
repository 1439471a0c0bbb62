import type { HttpMatch, Rule } from '../../../../lattice/resources.ts';
import { invalidField } from '../../../errors.ts';
import type { Input } from '../shapes.ts';

/**
 * The match to store: what was sent, nothing added and in the order sent, for clients compare it
 * member by member. Only an empty method, which Terraform sends for none, is left out.
 *
 * @throws ValidationException when nothing is to be matched
 */
export const acceptMatch = (sent: Input<'CreateRule'>['match']): NonNullable<Rule['match']> => {
  const { method, pathMatch, headerMatches } = sent.httpMatch;
  const httpMatch: HttpMatch = {
    ...(method ? { method } : {}),
    ...(pathMatch ? { pathMatch } : {}),
    ...(headerMatches?.length ? { headerMatches } : {}),
  };
  if (Object.keys(httpMatch).length === 0) {
    throw invalidField(
      'match.httpMatch',
      'At least one of method, pathMatch and headerMatches is required.',
    );
  }
  return { httpMatch };
};
