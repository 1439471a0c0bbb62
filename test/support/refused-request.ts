import { decide } from '../../src/dataplane/decide/decide.ts';
import type { RefusedRequest } from '../../src/dataplane/explain/explain-refusal.ts';
import type { Http1RequestHead } from '../../src/dataplane/http1/request-head.ts';
import type { Source } from '../../src/dataplane/request-head.ts';
import { aDelta, aSnapshot, aSource } from '../../src/dataplane/sample-parts.ts';
import { DataPlaneState } from '../../src/dataplane/state.ts';
import type { Part } from '../../src/snapshot/parts.ts';
import { aSignedHead, callerParts, NOW_MS, type SampleRequest } from './sample-callers.ts';

/** The usual snapshot with the callers of callers.json, and parts in place of its own. */
export const aGuardedState = (...parts: readonly Part[]): DataPlaneState => {
  const state = new DataPlaneState({ now: () => NOW_MS });
  state.apply(aDelta([...aSnapshot(), ...callerParts(), ...parts]));
  return state;
};

/** A request as the data plane decides it. `change` is what happens to it between signer and here. */
export const aRefusedRequest = async (
  state: DataPlaneState,
  request: SampleRequest,
  options: {
    readonly source?: Partial<Source>;
    readonly change?: (head: Http1RequestHead) => void;
  } = {},
): Promise<RefusedRequest> => {
  const head = await aSignedHead(request);
  options.change?.(head);
  const source = aSource(options.source);
  const decision = decide(head, source, state, NOW_MS);
  if (decision.type !== 'reply' || decision.refusal === undefined) {
    throw new Error(`the request was not refused: ${request.request}`);
  }
  const { refusal } = decision;
  return { head, source, nowMs: NOW_MS, decision, refusal, callers: state.callers };
};
