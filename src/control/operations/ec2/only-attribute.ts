import { invalidParameterCombination } from './errors.ts';

/**
 * The one attribute that a Modify…Attribute call sets: the API takes one a call.
 *
 * @throws InvalidParameterCombination for none or several.
 */
export const onlyAttribute = <Attributes extends Readonly<Record<string, unknown>>>(
  attributes: Attributes,
): { readonly [Name in keyof Attributes]?: NonNullable<Attributes[Name]> } => {
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined);
  if (given.length === 0) throw invalidParameterCombination('No attributes specified.');
  if (given.length > 1) {
    throw invalidParameterCombination('Fields for multiple attribute types specified');
  }
  return Object.fromEntries(given) as {
    [Name in keyof Attributes]?: NonNullable<Attributes[Name]>;
  };
};
