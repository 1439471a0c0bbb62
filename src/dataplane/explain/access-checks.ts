import { parseArn } from '../../lattice/arn.ts';
import { type Address, formatAddress } from '../../lattice/cidr.ts';
import { prefixListName } from '../../lattice/prefix-list.ts';
import { SERVICE_BLOCKS } from '../../lattice/service-address.ts';
import type { ExplainedCheck } from '../../snapshot/explanation.ts';
import type { VpcPart } from '../../snapshot/parts.ts';
import type { Admission, ClientAttempt, Place } from '../admission/admission.ts';
import { DIALLING, FRONT_PORT } from '../admission/front-addresses.ts';
import { explainAclEntry, explainGroupRule, type RuleQuestion } from './access-rule-words.ts';

/** The checks that `Admission.admitsClient` makes, in the same order, one by one and with their reasons. */
export const clientChecks = (
  admission: Admission,
  vpc: VpcPart,
  client: Place,
  { front, port, listenerPort }: ClientAttempt,
): readonly ExplainedCheck[] => {
  const checks = new AccessChecks(admission, vpc);
  return [
    checks.groups('security groups of the client', client.securityGroupIds, {
      isEgress: true,
      port: listenerPort,
      address: front,
      isWithServices: true,
    }),
    checks.acl("network ACL of the client's subnet, outbound", client.networkAclId, {
      isEgress: true,
      port: listenerPort,
      address: front,
    }),
    checks.groups('security groups of the association', vpc.securityGroupIds, {
      isEgress: false,
      port: listenerPort,
      address: client.address,
      securityGroupIds: client.securityGroupIds,
    }),
    checks.acl(
      "network ACL of the client's subnet, inbound, for what comes back",
      client.networkAclId,
      {
        isEgress: false,
        port,
        address: front,
        isAnswer: true,
      },
    ),
  ];
};

/** The checks that `Admission.admitsTarget` makes. */
export const targetChecks = (
  admission: Admission,
  vpc: VpcPart,
  target: Place,
  port: number,
): readonly ExplainedCheck[] => {
  const checks = new AccessChecks(admission, vpc);
  const address = DIALLING[target.address?.version ?? 4];
  return [
    checks.acl("network ACL of the target's subnet, inbound", target.networkAclId, {
      isEgress: false,
      port,
      address,
    }),
    checks.groups('security groups of the target', target.securityGroupIds, {
      isEgress: false,
      port,
      address,
      isWithServices: true,
    }),
    checks.acl(
      "network ACL of the target's subnet, outbound, for the answers",
      target.networkAclId,
      {
        isEgress: true,
        port: FRONT_PORT,
        address,
        isAnswer: true,
      },
    ),
  ];
};

interface Traffic {
  readonly isEgress: boolean;
  readonly port: number;
  readonly address: Address | undefined;
  readonly securityGroupIds?: readonly string[];
  /** The other end is an address of services; network ACLs see nothing else. */
  readonly isWithServices?: boolean;
  /** `port` is one of those that are chosen for a connection. */
  readonly isAnswer?: boolean;
}

class AccessChecks {
  readonly #admission: Admission;
  readonly #vpc: VpcPart;

  constructor(admission: Admission, vpc: VpcPart) {
    this.#admission = admission;
    this.#vpc = vpc;
  }

  groups(check: string, ids: readonly string[], traffic: Traffic): ExplainedCheck {
    const { accountId } = this.#vpc;
    if (ids.length === 0) {
      return { check, accountId, passes: true, message: 'there are none', rules: [], advice: [] };
    }
    const groups = ids.flatMap((id) => this.#admission.group(id) ?? []);
    const question = this.#question(traffic);
    const rules = groups.flatMap((group) =>
      group.rules
        .filter(({ isEgress }) => isEgress === traffic.isEgress)
        .map((rule) => explainGroupRule(group, rule, question)),
    );
    const found = rules.find(({ applies }) => applies);
    const names = ids.join(', ');
    const what = describe(traffic);
    return {
      check,
      accountId: groups[0]?.accountId ?? accountId,
      passes: found !== undefined,
      message:
        found === undefined ? `no rule of ${names} allows ${what}` : `${found.name} ${found.text}`,
      rules,
      advice:
        found === undefined ? [`add a rule to ${names} that allows ${this.#ruleFor(traffic)}`] : [],
    };
  }

  acl(check: string, id: string, traffic: Traffic): ExplainedCheck {
    const acl = this.#admission.acl(id);
    const accountId = acl?.accountId ?? this.#vpc.accountId;
    const what = describe(traffic);
    if (acl === undefined) {
      const message = `${id} does not exist, so nothing passes`;
      return { check, accountId, passes: false, message, rules: [], advice: [] };
    }
    const question = this.#question(traffic);
    const entries = acl.entries.filter(({ isEgress }) => isEgress === traffic.isEgress);
    const all = entries.map((entry) => explainAclEntry(acl, entry, question));
    const decisive = all.findIndex(({ applies }) => applies);
    const entry = entries[decisive];
    const passes = entry?.action === 'allow';
    const place = entry === undefined ? '' : ` with a number below ${entry.ruleNumber}`;
    return {
      check,
      accountId,
      passes,
      message:
        entry === undefined
          ? `no entry of ${id} allows ${what}`
          : `${all[decisive]!.name} ${all[decisive]!.text}`,
      rules: entry === undefined ? all : all.slice(0, decisive + 1),
      advice: passes ? [] : [`add an entry to ${id}${place} that allows ${entryFor(traffic)}`],
    };
  }

  /** Which address of services it is says nothing, and others may come: so AWS has lists to be named in rules. */
  #ruleFor(traffic: Traffic): string {
    const { address, isWithServices = false } = traffic;
    if (!isWithServices) return describe(traffic);
    const region = parseArn(this.#vpc.arn)?.region ?? '';
    return describe(traffic, `the prefix list ${prefixListName(region, address?.version ?? 4)}`);
  }

  #question({ address, port, securityGroupIds = [] }: Traffic): RuleQuestion {
    return { address, port, securityGroupIds, within: this.#vpc.cidrs[0]! };
  }
}

/** Entries of network ACLs cannot name prefix lists. The ports are those of AWS's recommendation. */
const entryFor = (traffic: Traffic): string => {
  const { address, isAnswer = false } = traffic;
  const block = SERVICE_BLOCKS[address?.version ?? 4];
  return isAnswer ? describe(traffic, block, 'ports 1024-65535') : describe(traffic, block);
};

const describe = (
  { isEgress, port, address }: Traffic,
  other = address === undefined ? 'all of the VPC' : formatAddress(address),
  ports = `port ${port}`,
): string => `tcp ${ports} ${isEgress ? 'to' : 'from'} ${other}`;
