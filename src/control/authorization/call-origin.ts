import type { RequestContext } from '../operation.ts';
import type { KeyValues } from './key-values.ts';

/** How a call came in. */
export interface CallOrigin {
  /** As the socket has it; absent where there is none. */
  readonly sourceAddress?: string | undefined;
  readonly userAgent?: string | undefined;
}

/** Where IAM is, whatever the region of everything else. */
const IAM_REGION = 'us-east-1';

/** Condition keys of when and how a call came in ("AWS global condition context keys"). */
export const originKeys = (
  service: string,
  { origin, now, settings }: Pick<RequestContext, 'origin' | 'now' | 'settings'>,
): KeyValues => ({
  'aws:RequestedRegion': service === 'iam' ? IAM_REGION : settings.region,
  'aws:SourceIp': origin?.sourceAddress?.replace(/^::ffff:(?=[\d.]+$)/i, ''),
  'aws:UserAgent': origin?.userAgent,
  // The API is served without TLS.
  'aws:SecureTransport': 'false',
  'aws:ViaAWSService': 'false',
  'aws:CurrentTime': now.toISOString(),
  'aws:EpochTime': String(Math.floor(now.getTime() / 1000)),
});
