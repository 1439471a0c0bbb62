import { encodeUri, wireBytes } from './encode-uri.ts';
import type { PathForm } from './signed-request.ts';

/** The path as a signature covers it (AWS: "Create a canonical request", CanonicalUri). */
export const canonicalPath = (rawPath: string, form: PathForm): string => {
  const path = form.normalize ? normalizePath(rawPath) : rawPath || '/';
  if (!form.doubleEncode) return path;
  return path
    .split('/')
    .map((segment) => encodeUri(wireBytes(segment)))
    .join('/');
};

const normalizePath = (path: string): string => {
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') kept.pop();
    else kept.push(segment);
  }
  if (kept.length === 0) return '/';
  return `/${kept.join('/')}${path.endsWith('/') ? '/' : ''}`;
};
