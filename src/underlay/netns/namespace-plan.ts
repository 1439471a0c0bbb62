/** A namespace as it is to be: what two plans have in common stays as it is. */
export interface NamespacePlan {
  readonly name: string;
  /** Routers have the links of members: they are set up first. */
  readonly role: 'router' | 'member';
  /** Whom programs in it are told to ask for names; absent: nobody. */
  readonly resolver?: string;
  /** Files below /proc/sys/net and what is in them, before anything else is done. */
  readonly settings: Readonly<Record<string, string>>;
  /** By what they are for, in the order in which they are to be made. */
  readonly parts: ReadonlyMap<string, PlanPart>;
}

/** Lines for `ip -batch`; one that begins with `-6 ` is for `ip -6 -batch`, after all others. */
export interface PlanPart {
  /** The namespace of the other end, for a link: what is at both ends goes with either. */
  readonly linkedTo?: string;
  readonly add: readonly string[];
  readonly remove: readonly string[];
}
