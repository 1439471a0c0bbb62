import { ServiceError } from '../../protocol/service-error.ts';
import type { Store } from '../../store/store.ts';
import type { Operation, RequestContext } from '../operation.ts';

/** What the fixtures of the services share. Runs an operation as the dispatcher does, without asking who may. */
export const runOperation = async <I, O>(
  operation: Operation<I, O>,
  store: Store,
  input: I,
  context: RequestContext,
): Promise<O> => {
  switch (operation.kind) {
    case 'staged':
      return operation.run(store, input, context);
    case 'read':
      return store.read((tx) => operation.run(tx, input, context));
    case 'write':
      return (await store.write((tx) => operation.run(tx, input, context))).value;
  }
};

/** `CODE: text` of the error with which a call ends, which must have changed nothing. */
export const refusalOf = async (
  store: Store,
  name: string,
  call: () => Promise<unknown>,
): Promise<string> => {
  const before = store.revision();
  try {
    await call();
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    if (store.revision() !== before) throw new Error(`${name} failed but changed something`);
    return `${error.code}: ${error.message}`;
  }
  throw new Error(`${name} did not fail`);
};
