import { authorize, type PolicyLayer } from '../../src/policy/authorize.ts';
import type { PolicyRequest } from '../../src/policy/request.ts';
import { layersOf, requestTo } from '../policy-question.ts';
import { median } from '../statistics.ts';

export interface EvaluationRow {
  /** Of each of the two policies. */
  readonly statements: number;
  readonly allowedNs: number;
  /** With the reasons that a refusal carries. */
  readonly deniedNs: number;
}

const SIZES = [1, 10, 100];
const BATCHES = 60;
const DECISIONS_A_BATCH = 2_000;

/** A decision by the policies of a network and a service, by how many statements each has. */
export const evaluationTimes = (): readonly EvaluationRow[] =>
  SIZES.map((size) => {
    const layers = layersOf(size);
    return {
      statements: size,
      allowedNs: nanoseconds(layers, requestTo('/api/items/42'), true),
      deniedNs: nanoseconds(layers, requestTo('/nothing'), false),
    };
  });

const nanoseconds = (
  layers: readonly PolicyLayer[],
  asked: PolicyRequest,
  isAllowed: boolean,
): number => {
  const runBatch = (): number => {
    let expected = 0;
    const start = process.hrtime.bigint();
    for (let i = 0; i < DECISIONS_A_BATCH; i += 1) {
      if (authorize({ layers, request: asked }).allowed === isAllowed) expected += 1;
    }
    const time = Number(process.hrtime.bigint() - start);
    if (expected !== DECISIONS_A_BATCH) throw new Error('an unexpected decision');
    return time / DECISIONS_A_BATCH;
  };
  for (let i = 0; i < BATCHES / 4; i += 1) runBatch();
  return median(Array.from({ length: BATCHES }, runBatch));
};
