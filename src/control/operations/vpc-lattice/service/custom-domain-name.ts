import { invalidField } from '../../../errors.ts';

/** RFC 1123 host name of two or more labels, without wildcard; underscores occur in real zones. */
const DOMAIN =
  /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

/** @throws ValidationException when the text is no domain name. */
export const requireDomainName = (name: string): void => {
  if (!DOMAIN.test(name)) {
    throw invalidField('customDomainName', `${name} is not a valid domain name.`);
  }
};
