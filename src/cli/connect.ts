import { ApiClient } from './api-client.ts';
import { loadCredentials } from './credentials.ts';
import { dataFolder } from './data-folder.ts';
import { findInstance, type Instance } from './instance.ts';

export interface DataOption {
  readonly data?: string;
  readonly account?: string;
}

export interface Connection {
  readonly instance: Instance;
  readonly client: ApiClient;
}

/** Finds the running instance and signs as one of its accounts; `default` when none is named. */
export const connect = (options: DataOption): Connection => {
  const instance = findInstance(dataFolder(options.data));
  const credentials = loadCredentials(instance.credentialsFile, options.account ?? 'default');
  return {
    instance,
    client: new ApiClient({ api: instance.api, region: instance.region, credentials }),
  };
};
