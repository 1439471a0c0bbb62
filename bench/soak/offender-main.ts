/** Commits one offence for a while: the plan is in the first argument, what came of it is printed, both as JSON. */
import { connect, type Socket } from 'node:net';
import { setPriority } from 'node:os';
import { OFFENCES } from './offences.ts';
import { LOWEST_PRIORITY, type OffenderPlan, type OffenderResult } from './offender.ts';

/** How soon one that was cut off is back. */
const RETURN_MS = 250;

const plan = JSON.parse(process.argv[2] ?? '') as OffenderPlan;
const offence = OFFENCES.find(({ name }) => name === plan.offence);
if (offence === undefined) throw new Error(`there is no offence \`${plan.offence}\``);
setPriority(LOWEST_PRIORITY);

const sockets = new Set<Socket>();
let isOver = false;
let connected = 0;
let cutOff = 0;
let sentBytes = 0;

const offend = (): void => {
  if (isOver) return;
  const socket = connect(plan.port, '127.0.0.1', () => {
    connected++;
    socket.resume();
    offence.run(socket, plan.host);
  });
  sockets.add(socket);
  socket.on('error', () => {});
  socket.on('close', () => {
    sockets.delete(socket);
    sentBytes += socket.bytesWritten;
    if (isOver) return;
    cutOff++;
    setTimeout(offend, RETURN_MS);
  });
};
for (let i = 0; i < offence.connections; i++) offend();
setTimeout(() => {
  isOver = true;
  const result: OffenderResult = {
    connected,
    cutOff,
    sentBytes: [...sockets].reduce((sum, socket) => sum + socket.bytesWritten, sentBytes),
  };
  for (const socket of sockets) socket.destroy();
  process.stdout.write(`${JSON.stringify(result)}\n`);
}, plan.seconds * 1000);
