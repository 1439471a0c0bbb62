import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * What the namespaces of a data folder are called. Two instances of Pergola on one machine have
 * two data folders and never touch each other's.
 *
 * @param dataDir Absolute; by whatever links, it is the same folder.
 */
export const namespacePrefix = (dataDir: string): string =>
  `pergola-${createHash('sha256').update(withoutLinks(dataDir)).digest('hex').slice(0, 8)}-`;

/** It need not be there yet. */
const withoutLinks = (path: string): string => {
  try {
    return realpathSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return join(withoutLinks(dirname(path)), basename(path));
  }
};

/** Where clients "in the VPC" run that are no instance: what `pergola exec --vpc` enters. */
export const vpcNamespace = (prefix: string, vpcId: string): string => `${prefix}${vpcId}`;

/** What all machines of a VPC are linked to; the sockets of its network are there. */
export const routerNamespace = (prefix: string, vpcId: string): string =>
  `${prefix}${vpcId}-router`;

export const instanceNamespace = (prefix: string, instanceId: string): string =>
  `${prefix}${instanceId}`;

/** Names of links have 15 characters at most; an id ends in 16 random hex digits. */
export const linkName = (instanceId: string): string => `i${instanceId.slice(-14)}`;
