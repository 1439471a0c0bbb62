/** Whose a request is, each by its account; absent where there is none or it is not known. */
export interface RequestParties {
  readonly source: Owned;
  readonly network?: Owned | undefined;
  readonly service?: Owned | undefined;
  readonly caller: Owned & { readonly kind: string };
}

interface Owned {
  readonly accountId?: string | undefined;
}

/**
 * The accounts that have a part in a request: the owners of the VPC, the service network and the
 * service, and of the caller once it is proven. Anybody can name the access key of somebody else.
 */
export const accountsIn = ({ source, network, service, caller }: RequestParties): string[] =>
  [source, network, service, caller.kind === 'verified' ? caller : undefined].flatMap(
    (one) => one?.accountId ?? [],
  );
