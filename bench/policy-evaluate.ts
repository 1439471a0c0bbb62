/**
 * How long policies take to decide about a request. Aim: two policies of 10 statements each, those of
 * a service network and of a service, in at most 2 µs. Run with `node bench/policy-evaluate.ts`.
 */
import { bench, do_not_optimize, group, run, summary } from 'mitata';
import { authorize } from '../src/policy/authorize.ts';
import { layersOf, requestTo } from './policy-question.ts';

const SIZES = [1, 10, 100];
const cases = {
  allowed: requestTo('/api/items/42'),
  'denied, with reasons': requestTo('/nothing'),
};

for (const [name, asked] of Object.entries(cases)) {
  group(`network and service policy, ${name}`, () => {
    summary(() => {
      for (const size of SIZES) {
        const layers = layersOf(size);
        if (authorize({ layers, request: asked }).allowed !== (name === 'allowed')) {
          throw new Error(`unexpected decision with ${size} statements`);
        }
        bench(`${size} statements each`, () => {
          do_not_optimize(authorize({ layers, request: asked }));
        }).baseline(size === 10);
      }
    });
  });
}

group('compile', () => {
  bench('two policies of 10 statements', () => {
    do_not_optimize(layersOf(10));
  });
});

await run();
