/** Where to connect to for a portal, as Node's clients want it. */
export const portalAddress = (
  portalUrl: string,
): { readonly host: string; readonly port: string } => {
  const { hostname, port } = new URL(portalUrl);
  return { host: hostname.replace(/^\[(.*)\]$/, '$1'), port };
};

/** The field that tells a portal where in its VPC the client is, as name and value; none when its URL does not say. */
export const portalCredentials = (portalUrl: string): readonly string[] => {
  const { username, password } = new URL(portalUrl);
  if (username === '') return [];
  const credentials = Buffer.from(`${decodeURIComponent(username)}:${password}`).toString('base64');
  return ['proxy-authorization', `Basic ${credentials}`];
};
