import { invalidParameterValue } from '../errors.ts';

const ALLOWED = /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]*$/;
const ALLOWED_TEXT = 'a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*';

/** @throws InvalidParameterValue for names that AWS refuses in a VPC. */
export const assertGroupName = (name: string): void => {
  if (name.startsWith('sg-')) {
    throw invalidParameterValue(
      `Value (${name}) for parameter GroupName is invalid. Group names may not be in the format sg-*.`,
    );
  }
  if (name.toLowerCase() === 'default') {
    throw invalidParameterValue(`Cannot use reserved security group name: ${name}`);
  }
  assertAllowed(name, 'security group name', 'names');
};

/** @throws InvalidParameterValue */
export const assertGroupDescription = (description: string): void =>
  assertAllowed(description, 'security group description', 'descriptions');

/** @throws InvalidParameterValue */
export const assertRuleDescription = (description: string): void =>
  assertAllowed(description, 'rule description', 'descriptions');

const assertAllowed = (text: string, what: string, plural: string): void => {
  if (text.length <= 255 && ALLOWED.test(text)) return;
  throw invalidParameterValue(
    `Invalid ${what}. Valid ${plural} are strings less than 256 characters from the following set:  ${ALLOWED_TEXT}`,
  );
};
