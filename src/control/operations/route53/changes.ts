import { randomBytes } from 'node:crypto';
import type { ChangeInfo } from '../../../protocol/generated/route53.ts';
import type { RequestContext } from '../../operation.ts';

const TIME_DIGITS = 9;

/**
 * What is told of a change: it is in force when it is answered. Its id holds when that was, so
 * nothing has to be kept for GetChange.
 */
export const newChange = (
  { now }: Pick<RequestContext, 'now'>,
  comment: string | undefined,
): ChangeInfo => {
  const time = now.getTime().toString(36).padStart(TIME_DIGITS, '0');
  const id = `C${time}${randomBytes(5).toString('hex')}`.toUpperCase();
  return changeInfo(id, now, comment);
};

/** Undefined for what is no id of a change. */
export const changeWithId = (text: string): ChangeInfo | undefined => {
  const id = text.replace(/^\/change\//, '');
  const time = /^C([0-9A-Z]{9})[0-9A-F]{10}$/.exec(id)?.[1];
  if (time === undefined) return undefined;
  const at = new Date(Number.parseInt(time, 36));
  return Number.isNaN(at.getTime()) || at.getUTCFullYear() > 9999
    ? undefined
    : changeInfo(id, at, undefined);
};

const changeInfo = (id: string, at: Date, comment: string | undefined): ChangeInfo => ({
  Id: `/change/${id}`,
  Status: 'INSYNC',
  SubmittedAt: at,
  Comment: comment,
});
