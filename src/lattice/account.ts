/** An account; `id` and `accountId` are its twelve digits. */
export interface Account {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly createdAt: string;
  readonly lastUpdatedAt: string;
}

/** A long-term key; `id` is the access key id. The secret is needed as it is: SigV4 is an HMAC with it. */
export interface AccessKey {
  readonly id: string;
  readonly accountId: string;
  readonly secretAccessKey: string;
  readonly principalArn: string;
  /** Unique id of the user whose key it is; absent for a key of the account's root. */
  readonly userId?: string;
  readonly active: boolean;
  readonly createdAt: string;
  readonly lastUpdatedAt: string;
}
