import type { Target, TargetGroup } from '../../../../lattice/resources.ts';

/** What a Lambda function, which has no port, has in its place. */
const NO_PORT = 0;

/** The port of a target as registered: its own, or else the group's. */
export const portOf = (group: TargetGroup, sent: number | undefined): number =>
  group.type === 'LAMBDA' ? NO_PORT : (sent ?? group.config.port ?? NO_PORT);

/** A target as answers name it. */
export const targetAnswer = ({ targetId, port }: Pick<Target, 'targetId' | 'port'>) => ({
  id: targetId,
  ...(port === NO_PORT ? {} : { port }),
});
