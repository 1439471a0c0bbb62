import { quote } from '../problem.ts';

/** Where the same path has more than one spelling, what is left out by its spelling is not left out. */
const whatElse = (text: string): string =>
  `${quote(text)} is compared as the client spells the path, and targets may take other spellings for the same (\`//admin\`, \`/%61dmin\`); rather allow the paths that are meant`;

/**
 * A pattern for resources whose path decides who is refused.
 *
 * @param text of a `Resource` in a Deny, or of a `NotResource` in an Allow
 */
export const lintDeniedResource = (text: string): readonly string[] =>
  namesPath(pathOf(text)) ? [whatElse(text)] : [];

/** The same for a value of a condition on the path itself. */
export const lintDeniedPath = (text: string): readonly string[] =>
  namesPath(text) ? [whatElse(text)] : [];

/** More than stars. */
const namesPath = (path: string): boolean => /[^*?/]/.test(path);

/** What a pattern for `…:service/ID/PATH` wants of the path; one that begins with a star may be cut anywhere. */
const pathOf = (text: string): string => {
  const service = text.indexOf('service/');
  const slash = service < 0 ? text.indexOf('/') : text.indexOf('/', service + 'service/'.length);
  return slash < 0 ? '' : text.slice(slash);
};
