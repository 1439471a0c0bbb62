import type { Filter } from '../../../protocol/generated/ec2.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import { readTags, type Tags } from '../../tags.ts';
import { ec2Error, invalidParameterValue } from './errors.ts';
import { compileWildcards, isLiteral } from './wildcard.ts';

export type FilterValue = string | number | boolean | undefined;

/** What each filter of an operation looks at; a filter matches when any of the values does. */
export type FilterTable<Row> = Readonly<
  Record<string, (row: Row) => FilterValue | readonly FilterValue[]>
>;

interface CheckedFilter {
  readonly name: string;
  readonly matches: (text: string) => boolean;
}

/** "Error codes for the Amazon EC2 API", FilterLimitExceeded. Values are counted over the whole call. */
const MOST_FILTERS = 50;
const MOST_VALUES = 200;

/**
 * The rows that match all filters. Tags are read only when a filter asks for them.
 *
 * @param arnOf ARN under which the row's tags are kept; absent when rows have none.
 * @throws InvalidParameterValue for a filter that the operation does not have.
 */
export const applyFilters = async <Row>(
  tx: ReadTransaction,
  rows: readonly Row[],
  filters: readonly Filter[] | undefined,
  table: FilterTable<Row>,
  arnOf?: (row: Row) => string,
): Promise<readonly Row[]> => {
  const checked = checkFilters(filters, table);
  const ofTable = checked.filter(({ name }) => Object.hasOwn(table, name));
  const ofTags = checked.filter(({ name }) => !Object.hasOwn(table, name));
  const matching = rows.filter((row) =>
    ofTable.every(({ name, matches }) => {
      const found = table[name]!(row);
      const all = Array.isArray(found) ? (found as readonly FilterValue[]) : [found as FilterValue];
      return all.some((value) => value !== undefined && matches(String(value)));
    }),
  );
  if (ofTags.length === 0) return matching;
  const kept: Row[] = [];
  for (const row of matching) {
    const tags = arnOf ? await readTags(tx, arnOf(row)) : {};
    if (ofTags.every((filter) => matchesTags(filter, tags))) kept.push(row);
  }
  return kept;
};

/** The one value that the filter names, when it names one: lets a caller look in an index. */
export const onlyValue = (
  filters: readonly Filter[] | undefined,
  name: string,
): string | undefined => {
  const values = filters?.find((filter) => filter.Name === name)?.Values;
  const [value] = values ?? [];
  return values?.length === 1 && value !== undefined && isLiteral(value) ? value : undefined;
};

const checkFilters = (
  filters: readonly Filter[] | undefined = [],
  table: object,
): readonly CheckedFilter[] => {
  if (filters.length > MOST_FILTERS) {
    throw ec2Error(
      'FilterLimitExceeded',
      `The maximum number of filters specified on a single call is ${MOST_FILTERS}`,
    );
  }
  if (filters.flatMap(({ Values = [] }) => Values).length > MOST_VALUES) {
    throw ec2Error(
      'FilterLimitExceeded',
      `The maximum number of filter values specified on a single call is ${MOST_VALUES}`,
    );
  }
  return filters.map(({ Name: name, Values: values = [] }) => {
    if (name === undefined || !(Object.hasOwn(table, name) || isTagFilter(name))) {
      throw invalidParameterValue(`The filter '${name ?? 'null'}' is invalid`);
    }
    return { name, matches: compileWildcards(values) };
  });
};

const isTagFilter = (name: string): boolean => name === 'tag-key' || name.startsWith('tag:');

const matchesTags = ({ name, matches }: CheckedFilter, tags: Tags): boolean => {
  if (name === 'tag-key') return Object.keys(tags).some(matches);
  const key = name.slice('tag:'.length);
  return Object.hasOwn(tags, key) && matches(tags[key]!);
};
