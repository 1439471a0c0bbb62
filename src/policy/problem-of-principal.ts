import { isObject, isTexts, type Problem, problem, quote, unknownMember } from './problem.ts';

const TYPES = ['AWS', 'Service', 'Federated', 'CanonicalUser'];

/** ARNs of accounts, users, roles and their sessions, and ids that IAM gives to what was deleted. */
const AWS_NAMES = [
  /^\*$/,
  /^\d{12}$/,
  /^arn:[\w-]+:iam::\d{12}:(root|(user|role)\/[^*?]+)$/,
  /^arn:[\w-]+:sts::\d{12}:(assumed-role\/[^*?/]+\/[^*?/]+|federated-user\/[^*?]+)$/,
  /^[A-Z0-9]{16,128}$/,
];

/** @param element the value of `name`, `Principal` or `NotPrincipal` */
export const problemOfPrincipal = (name: string, element: unknown): Problem | undefined => {
  if (element === '*') return undefined;
  if (!isObject(element) || Object.keys(element).length === 0) {
    return problem(
      `has a malformed ${name}; write "*", or an object with AWS, Service or Federated`,
      name,
    );
  }
  const unknown = unknownMember(element, TYPES);
  if (unknown !== undefined)
    return problem(`has a ${name} of an unknown type ${quote(unknown)}`, name);
  for (const [type, names] of Object.entries(element)) {
    if (!isTexts(names)) return problem(`has a malformed ${name}.${type}`, name, type);
    if (type === 'CanonicalUser') {
      return problem(`has a ${name} of type CanonicalUser, which only S3 knows`, name, type);
    }
    const wrong = type === 'AWS' ? [names].flat().find((text) => !isAwsName(text)) : undefined;
    if (wrong !== undefined) {
      return problem(
        `has a ${name}.AWS ${quote(wrong)}, which is no account, user, role or role session; a * stands alone`,
        name,
        type,
      );
    }
  }
  return undefined;
};

const isAwsName = (text: string): boolean => AWS_NAMES.some((form) => form.test(text));
