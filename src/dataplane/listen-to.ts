import type { Socket } from 'node:net';

type Listener<Arguments extends unknown[]> = (...args: Arguments) => void;

/** What is heard of a socket. Whoever listens to `data` makes it flow. */
export interface SocketListeners {
  readonly data?: Listener<[chunk: Buffer]>;
  readonly drain?: Listener<[]>;
  readonly end?: Listener<[]>;
  readonly error?: Listener<[error: NodeJS.ErrnoException]>;
  readonly close?: Listener<[hadError: boolean]>;
}

/** Listens to several events of a socket; the answer ends that, for a socket that changes hands. */
export const listenTo = (socket: Socket, listeners: SocketListeners): (() => void) => {
  const entries = Object.entries(listeners) as [string, Listener<unknown[]>][];
  for (const [event, listener] of entries) socket.on(event, listener);
  return () => {
    for (const [event, listener] of entries) socket.off(event, listener);
  };
};
