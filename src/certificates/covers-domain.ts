/**
 * Whether one of a certificate's names stands for a domain. A wildcard is a whole first label and
 * stands for exactly one (VPC Lattice user guide, "Bring your own certificate"; RFC 9525 §6.3).
 * Both are compared without case and final dot.
 */
export const coversDomain = (names: readonly string[], domain: string): boolean => {
  const wanted = normal(domain);
  const parent = wanted.slice(wanted.indexOf('.') + 1);
  return names.some((name) => {
    const offered = normal(name);
    return offered === wanted || (offered === `*.${parent}` && parent !== wanted);
  });
};

const normal = (name: string): string => name.toLowerCase().replace(/\.$/, '');
