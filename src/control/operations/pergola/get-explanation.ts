import { isOperator } from '../../accounts.ts';
import { notFound } from '../../errors.ts';
import { NO_EXPLANATIONS } from '../../explanations.ts';
import { explanationFor } from './explanation-view.ts';
import { pergolaStaged } from './pergola-operation.ts';

/**
 * Why a request was refused: for the operator, and for accounts that have a part in the request. Of
 * several with the same id, the newest that the caller may see.
 */
export const getExplanation = pergolaStaged<'GetExplanation'>(
  async (store, { requestId }, { caller, explanations = NO_EXPLANATIONS }) => {
    const { accountId } = caller;
    const viewer = { accountId, isOperator: await store.read((tx) => isOperator(tx, accountId)) };
    const found = await explanations.ofRefusal(
      requestId,
      viewer.isOperator ? undefined : accountId,
    );
    const [explanation, ...others] = found.flatMap((one) => explanationFor(one, viewer) ?? []);
    // The same answer for what does not exist and what is somebody else's.
    if (explanation === undefined) {
      throw notFound(
        'RESOURCE',
        requestId,
        `no refused request with the id \`${requestId}\` is kept: it was not refused, it was too long ago, or it is none of this account's`,
      );
    }
    return { explanation, ...(others.length === 0 ? {} : { others: others.length }) };
  },
);
