import type { NetworkAclPart } from '../../snapshot/parts.ts';
import { AccessTables } from './access-tables.ts';
import { tcpPorts } from './tcp-ports.ts';

/** A network ACL in the form in which connections are judged. */
export const aclAccess = ({ entries }: NetworkAclPart): AccessTables =>
  new AccessTables((isEgress) =>
    entries
      .filter((entry) => entry.isEgress === isEgress)
      .flatMap((entry) => {
        const ports = tcpPorts(entry);
        if (ports === undefined) return [];
        return [{ ...ports, cidr: entry.cidr, isAllowed: entry.action === 'allow' }];
      }),
  );
