/** The head of a request as `decide` sees it, whatever the protocol was. */
export interface RequestHead {
  /** As received; methods are case-sensitive. */
  readonly method: string;
  /** Path and query exactly as received (origin form). */
  readonly target: string;
  /** `target` up to the first `?`. */
  readonly path: string;
  /** Host or :authority as received. */
  readonly authority: string;
  /** `authority` in lower case, without port and trailing dot. */
  readonly host: string;
  /** Names in lower case, in order of arrival; `values[i]` belongs to `names[i]`, without white space around it. */
  readonly names: readonly string[];
  readonly values: readonly string[];
}

/** Where a request came from: known when its connection was accepted. */
export interface Source {
  readonly vpcId: string;
  readonly address: string;
  readonly port: number;
  /** The port that the client connected to, as the service's listeners count. */
  readonly listenerPort: number;
  readonly protocol: 'http' | 'https';
  /** Of a connection over TLS. */
  readonly tls?: TlsFacts;
}

/** What the log says of TLS; empty where it is not known. */
export interface TlsFacts {
  /** Server name indication, lower case. */
  readonly serverName: string;
  /** OpenSSL's name, as `ECDHE-RSA-AES128-GCM-SHA256`. */
  readonly cipher: string;
  /** `TLSv1.2`, `TLSv1.3` */
  readonly version: string;
}
