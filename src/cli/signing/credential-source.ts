import type { Credentials } from '../credentials.ts';

/** Where a signer takes credentials from, once a request: what they are may change meanwhile. */
export interface CredentialSource {
  current(): Promise<Credentials>;
}

export interface TemporaryCredentials extends Credentials {
  readonly expiresAt: Date;
}

/** New ones are fetched this long before the old ones end, as AWS's SDKs do. */
const REFRESH_BEFORE_MS = 5 * 60_000;

export const fixedCredentials = (credentials: Credentials): CredentialSource => ({
  current: async () => credentials,
});

/**
 * Temporary credentials, fetched when first asked for and anew before they end, once for all who ask
 * meanwhile. Those at hand are used on when fetching fails, as long as they are good.
 */
export const refreshingCredentials = (
  fetchNew: () => Promise<TemporaryCredentials>,
  now: () => Date,
): CredentialSource => {
  let held: TemporaryCredentials | undefined;
  let fetching: Promise<TemporaryCredentials> | undefined;
  const leftMs = () => (held === undefined ? 0 : held.expiresAt.getTime() - now().getTime());
  const refresh = (): Promise<TemporaryCredentials> => {
    fetching ??= fetchNew().finally(() => {
      fetching = undefined;
    });
    return fetching;
  };
  return {
    current: async () => {
      if (held !== undefined && leftMs() > REFRESH_BEFORE_MS) return held;
      try {
        held = await refresh();
      } catch (error) {
        if (held === undefined || leftMs() <= 0) throw error;
      }
      return held;
    },
  };
};
