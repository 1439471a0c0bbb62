/** The region of a store, in every ARN and every host name in it: one document, whose `id` is its name. */
export interface Region {
  readonly id: string;
  /** Empty: it is no account's own. */
  readonly accountId: string;
  readonly createdAt: string;
  readonly lastUpdatedAt: string;
}
