/** Numbers, for a small image knows no names. */
export interface WorkerUser {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Gives up root on all threads, with its groups and capabilities, and for good. `folder` becomes the
 * working directory first: those above it may be closed to the user, who reaches it as `.` only.
 * From then on other processes of the user cannot look into this one (prctl(2), PR_SET_DUMPABLE).
 * @throws Error when this process may not do that.
 */
export const leaveRoot = ({ uid, gid }: WorkerUser, folder: string): void => {
  process.chdir(folder);
  process.setgroups!([]);
  process.setgid!(gid);
  process.setuid!(uid);
};
