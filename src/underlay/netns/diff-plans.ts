import type { NamespacePlan, PlanPart } from './namespace-plan.ts';

export type Plans = ReadonlyMap<string, NamespacePlan>;

/** What is to be done, in this order. */
export interface PlanChanges {
  readonly make: readonly NamespacePlan[];
  /** First those of routers, then those of the others, which have their links by then. */
  readonly batches: readonly {
    readonly name: string;
    readonly role: NamespacePlan['role'];
    readonly lines: readonly string[];
  }[];
  readonly remove: readonly string[];
}

/** From the namespaces that are there to those that are wanted. */
export const diffPlans = (present: Plans, wanted: Plans): PlanChanges => {
  const batches = [...wanted.values()].flatMap(({ name, role, parts }) => {
    const lines = diffParts(present.get(name)?.parts ?? NONE, parts);
    return lines.length === 0 ? [] : [{ name, role, lines }];
  });
  return {
    make: [...wanted.values()].filter(({ name }) => !present.has(name)),
    batches: [
      ...batches.filter(({ role }) => role === 'router'),
      ...batches.filter(({ role }) => role === 'member'),
    ],
    remove: [...present.keys()].filter((name) => !wanted.has(name)),
  };
};

const NONE: ReadonlyMap<string, PlanPart> = new Map();

const diffParts = (
  present: ReadonlyMap<string, PlanPart>,
  wanted: ReadonlyMap<string, PlanPart>,
): string[] => {
  const isKept = (key: string) => isSame(present.get(key), wanted.get(key));
  const gone = [...present].filter(([key]) => !isKept(key));
  const come = [...wanted].filter(([key]) => !isKept(key));
  // The last that was made goes first.
  return [
    ...gone.toReversed().flatMap(([, { remove }]) => remove),
    ...come.flatMap(([, { add }]) => add),
  ];
};

const isSame = (one: PlanPart | undefined, other: PlanPart | undefined): boolean =>
  one !== undefined && other !== undefined && one.add.join('\n') === other.add.join('\n');
