import type { PergolaOperationName } from '../../../protocol/generated/pergola.ts';
import { createAccount } from './create-account.ts';
import { deleteAddressMapping } from './delete-address-mapping.ts';
import { explainPath } from './explain-path.ts';
import { getExplanation } from './get-explanation.ts';
import { getStatus } from './get-status.ts';
import { listAccounts } from './list-accounts.ts';
import { listAddressMappings } from './list-address-mappings.ts';
import { listDirectory } from './list-directory.ts';
import { listPortals } from './list-portals.ts';
import { putAddressMapping } from './put-address-mapping.ts';
import { simulate } from './simulate.ts';

export const pergolaOperations = {
  CreateAccount: createAccount,
  DeleteAddressMapping: deleteAddressMapping,
  ExplainPath: explainPath,
  GetExplanation: getExplanation,
  GetStatus: getStatus,
  ListAccounts: listAccounts,
  ListAddressMappings: listAddressMappings,
  ListDirectory: listDirectory,
  ListPortals: listPortals,
  PutAddressMapping: putAddressMapping,
  Simulate: simulate,
} satisfies Record<PergolaOperationName, unknown>;
