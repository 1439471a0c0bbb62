import { formatEndpoint } from '../../src/cli/endpoint.ts';
import { table } from '../../src/cli/table.ts';
import { check, heading, say } from '../storefront/narrator.ts';
import { explainClosed } from './explain-closed.ts';
import type { Machine } from './machines.ts';
import type { Service } from './network.ts';
import { callAll } from './run-client.ts';
import type { Outcome, Seen } from './seen.ts';
import type { Stage } from './stage.ts';
import { TARGET_PORT } from './topology.ts';

interface Call extends Outcome {
  readonly from: Machine;
  readonly to: Service;
}

/** What of a call programs are told. */
interface CallFacts {
  readonly from: { readonly vpc: string; readonly address: string };
  readonly url: string;
  readonly answer?: Seen;
  /** Why there is none, by `pergola explain`. */
  readonly because?: string;
}

/** Everybody calls every service but its own. */
export const tellCalls = async (stage: Stage): Promise<readonly CallFacts[]> => {
  heading('Who reached what');
  const { services, targets, shop, lobby } = stage;
  const callers = [shop, lobby, ...targets.slice(0, 1)];
  const calls = (
    await Promise.all(
      callers.map(async (from): Promise<Call[]> => {
        const others = services.filter(({ name }) => name !== from.plan.name);
        const outcomes = await callAll(
          stage,
          from,
          others.map(({ host }) => host),
        );
        return outcomes.map((outcome, index) => ({ ...outcome, from, to: others[index]! }));
      }),
    )
  ).flat();
  say(
    table(
      ['FROM', 'CALLED', 'ANSWERED BY', 'AT', 'WHICH SAW', 'FOR'],
      calls.map(({ from, to, seen, failure }) => [
        `${from.plan.name} ${from.address}`,
        to.name,
        ...(seen === undefined
          ? [`nobody: ${failure}`]
          : [seen.name, formatEndpoint(seen.address, seen.port), seen.peer, seen.forwardedFor]),
      ]),
      { indent: '  ' },
    ),
  );
  const inside = calls.filter(({ from }) => from === shop);
  check(
    inside.every((call) => isRight(stage, call)),
    'each call from shop was answered by the target in the VPC that was meant, on behalf of the client',
  );
  const outside = calls.filter(({ from }) => from !== shop);
  check(
    outside.every(({ failure }) => failure !== undefined),
    'nobody else reached anything, having names and addresses: their VPCs are not in the network',
  );
  say();
  return tellReasons(stage, calls);
};

/** Where, and what a target sees, is only with netns what it is on AWS. */
const isRight = ({ underlay, targets }: Stage, { from, to, seen }: Call): boolean => {
  const target = targets.find(({ plan }) => plan.name === to.name);
  if (seen?.name !== to.name || seen.forwardedFor !== from.address) return false;
  if (underlay === 'loopback') return seen.address === '127.0.0.1' && seen.port === target?.port;
  const isService = /^(?:169\.254\.171\.|fd00:ec2:80:)/.test(seen.peer);
  return isService && seen.address === target?.address && seen.port === TARGET_PORT;
};

const tellReasons = async (
  { client }: Stage,
  calls: readonly Call[],
): Promise<readonly CallFacts[]> => {
  heading('Why not, says pergola explain');
  const facts: CallFacts[] = [];
  const reasons = new Map<Machine, string>();
  for (const { from, to, seen } of calls) {
    const url = `http://${to.host}/`;
    const because =
      seen === undefined ? await explainClosed(client, from.instanceId, url) : undefined;
    if (because !== undefined) reasons.set(from, because);
    facts.push({
      from: { vpc: from.plan.name, address: from.address },
      url,
      ...(seen && { answer: seen }),
      ...(because !== undefined && { because }),
    });
  }
  const rows = [...reasons].map(([{ plan, address }, because]) => [
    `${plan.name} ${address}`,
    because,
  ]);
  say(table(['FROM', 'BECAUSE'], rows, { indent: '  ' }));
  check(
    rows.every(([, because]) => because?.startsWith('association of the VPC: ')),
    'the association is what is missing',
  );
  return facts;
};
