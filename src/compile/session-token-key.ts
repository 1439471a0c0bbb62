import type { SessionTokenKeyPart } from '../snapshot/parts.ts';
import type { DocumentIndex } from './document-index.ts';

export const compileSessionTokenKey = (
  index: DocumentIndex,
  id: string,
): SessionTokenKeyPart | undefined => {
  const key = index.get('sessionTokenKey', id);
  return key && { kind: 'sessionTokenKey', id, secret: key.secret };
};
