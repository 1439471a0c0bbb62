import { createHash } from 'node:crypto';
import { ID_PREFIXES, type IdKind } from '../../../lattice/ids.ts';

/**
 * Id of something that has no document of its own because it follows from another resource: the
 * main route table's association of a VPC, the network ACL's association of a subnet. Always the
 * same for the same `source`.
 */
export const derivedId = (kind: IdKind, source: string): string =>
  `${ID_PREFIXES[kind]}0${createHash('sha256').update(`${kind}/${source}`).digest('hex').slice(0, 16)}`;
