import type { Http2Session } from '../../http2/http2-session.ts';
import { TurnEnd } from '../../http2/turn-end.ts';

const turnEnd = new TurnEnd();

/** All sessions of a process are flushed together, behind what one turn of the event loop has read. */
export const flushSoon = (session: Http2Session): void => turnEnd.add(session);
