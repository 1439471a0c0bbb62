import type { Listener } from '../lattice/resources.ts';
import type { ListenerPart } from '../snapshot/parts.ts';
import { compileAction } from './action.ts';
import type { DocumentIndex } from './document-index.ts';
import { oldestFirst } from './grouped.ts';
import type { Report } from './problem.ts';
import { compileRules } from './rule.ts';

/** Listeners of a service, ascending by port. */
export const compileListeners = (
  index: DocumentIndex,
  serviceId: string,
  report: Report,
): ListenerPart[] => {
  const byPort = new Map<number, Listener>();
  for (const listener of oldestFirst(index.listenersByService.of(serviceId))) {
    const holder = byPort.get(listener.port);
    if (holder) {
      report(
        'duplicatePort',
        listener.id,
        `listener \`${listener.id}\` has port ${listener.port} of the older listener \`${holder.id}\` and is left out`,
      );
    } else {
      byPort.set(listener.port, listener);
    }
  }
  return [...byPort.values()]
    .sort((a, b) => a.port - b.port)
    .map((listener) => ({
      id: listener.id,
      port: listener.port,
      protocol: listener.protocol,
      rules: compileRules(index, listener, report),
      defaultAction: compileAction(
        index,
        listener.defaultAction,
        listener.protocol,
        listener.id,
        report,
      ),
    }));
};
