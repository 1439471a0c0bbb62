/** What `work` answers, or false when that takes longer than `ms`; then it goes on unattended. */
export const within = (ms: number, work: Promise<boolean>): Promise<boolean> => {
  const limit = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => limit.resolve(false), ms);
  return Promise.race([work, limit.promise]).finally(() => clearTimeout(timer));
};
