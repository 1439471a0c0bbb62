import {
  type CertificateAuthority,
  certificateAuthority,
  newAuthorityKey,
  selfSigned,
} from './certificate-authority.ts';

/** For tests: an authority that is kept nowhere. */
export const sampleAuthority = async (now: Date): Promise<CertificateAuthority> => {
  const key = await newAuthorityKey();
  return certificateAuthority(key, selfSigned(key, now));
};
