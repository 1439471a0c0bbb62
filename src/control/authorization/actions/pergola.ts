import type { PergolaOperations } from '../../../protocol/generated/pergola.ts';
import type { RequiredActions } from '../required-action.ts';

/** Pergola's own API: `pergola:GetStatus` and so on, each on `*`. */
export const pergolaActions: RequiredActions<PergolaOperations> = {
  CreateAccount: {},
  DeleteAddressMapping: {},
  ExplainPath: {},
  GetExplanation: {},
  GetStatus: {},
  ListAccounts: {},
  ListAddressMappings: {},
  ListDirectory: {},
  ListPortals: {},
  PutAddressMapping: {},
  Simulate: {},
};
