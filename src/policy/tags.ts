/**
 * Which of `keys` a policy means that names the tag `wanted`. Keys of tags are compared without regard
 * to case, as IAM does ("Controlling access to AWS resources using tags" in its user guide). Where there
 * are several, which AWS leaves open, the one that is written like that counts, or else the first.
 */
export const findTagKey = (keys: Iterable<string>, wanted: string): string | undefined => {
  const lowerCase = wanted.toLowerCase();
  let first: string | undefined;
  for (const key of keys) {
    if (key === wanted) return key;
    if (first === undefined && key.toLowerCase() === lowerCase) first = key;
  }
  return first;
};

type Tags = Readonly<Record<string, string>>;

/** Tags of a role and those of its session, which replace what has the same key in whatever case. */
export const mergeTags = (ofRole: Tags, ofSession: Tags = {}): ReadonlyMap<string, string> => {
  const taken = new Set(Object.keys(ofSession).map((key) => key.toLowerCase()));
  const kept = Object.entries(ofRole).filter(([key]) => !taken.has(key.toLowerCase()));
  return new Map([...kept, ...Object.entries(ofSession)]);
};
