/** Where to connect to for a portal, as Node's clients want it. */
export const portalAddress = (
  portalUrl: string,
): { readonly host: string; readonly port: string } => {
  const { hostname, port } = new URL(portalUrl);
  return { host: hostname.replace(/^\[(.*)\]$/, '$1'), port };
};
