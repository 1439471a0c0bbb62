import { type Flushable, TurnEnd } from '../../http2/turn-end.ts';

const turnEnd = new TurnEnd();

/** All sessions of a process are flushed together, behind what one turn of the event loop has read. */
export const flushSoon = (session: Flushable): void => turnEnd.add(session);
