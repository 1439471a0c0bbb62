import { PREFACE } from '../../http2/frames.ts';

/** How far the first bytes of a connection are what HTTP/2 begins with (prior knowledge, RFC 9113 §3.3 and §3.4). */
export const matchPreface = (received: Buffer): 'whole' | 'part' | 'none' => {
  // Told by the first letter, mostly.
  if (received[0] !== PREFACE[0]) return 'none';
  const length = Math.min(received.length, PREFACE.length);
  if (received.compare(PREFACE, 0, length, 0, length) !== 0) return 'none';
  return length === PREFACE.length ? 'whole' : 'part';
};
