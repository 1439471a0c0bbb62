import { check, heading, say } from '../storefront/narrator.ts';
import { explainClosed } from './explain-closed.ts';
import { changeCallersRule } from './network.ts';
import { type Load, startLoad } from './run-client.ts';
import type { Outcome } from './seen.ts';
import type { Stage } from './stage.ts';

export interface ChangeFacts {
  readonly answeredBefore: number;
  readonly refusedMeanwhile: number;
  readonly answeredAfter: number;
  readonly because: string | undefined;
}

/** Enough of them to believe it. One that nobody answers takes a second, four at a time. */
const ANSWERED = 50;
const REFUSED = 8;

const isAnswered = ({ seen }: Outcome): boolean => seen !== undefined;

const now = (): number => performance.timeOrigin + performance.now();

/** A rule of the association's security group goes and comes back while a client asks on. */
export const tellChange = async (stage: Stage): Promise<ChangeFacts> => {
  heading('A security group changes while shop calls stock, with a new connection each time');
  const { shop, services } = stage;
  const host = services.find(({ name }) => name === 'stock')?.host ?? '';
  const load = startLoad(stage, shop, host);
  try {
    return await change(stage, load, host);
  } finally {
    await load.stop();
  }
};

const change = async (
  { client, shop, callersGroupId }: Stage,
  load: Load,
  host: string,
): Promise<ChangeFacts> => {
  await load.until(isAnswered, ANSWERED);
  const before = [...load.outcomes];
  await changeCallersRule(client, callersGroupId, 'RevokeSecurityGroupIngress');
  const goneAt = now();
  // What was asked for while the API was being called may have come before or after.
  const isAfter = (moment: number) => (outcome: Outcome) => outcome.at > moment;
  await load.until(isAfter(goneAt), REFUSED);
  const meanwhile = load.outcomes.filter(isAfter(goneAt));
  const because = await explainClosed(client, shop.instanceId, `http://${host}/`);
  await changeCallersRule(client, callersGroupId, 'AuthorizeSecurityGroupIngress');
  const backAt = now();
  await load.until(isAfter(backAt), ANSWERED);
  const after = load.outcomes.filter(isAfter(backAt));

  const refused = meanwhile.filter((outcome) => !isAnswered(outcome));
  checkAll(before, before.filter(isAnswered), 'were answered as long as the rule was there');
  checkAll(meanwhile, refused, 'stayed without an answer from the moment on that it was gone');
  say(`      ${because}`);
  checkAll(after, after.filter(isAnswered), 'were answered from the moment on that it was back');
  return {
    answeredBefore: before.length,
    refusedMeanwhile: refused.length,
    answeredAfter: after.length,
    because,
  };
};

const checkAll = (all: readonly Outcome[], right: readonly Outcome[], text: string): void =>
  check(all.length > 0 && right.length === all.length, `${right.length} of ${all.length} ${text}`);
