import { queryErrorNames } from './common-errors.ts';
import type { ServiceError } from './service-error.ts';
import type { ServiceTable } from './service-table.ts';
import { element, escapeXml } from './xml.ts';

/** What is inside `ErrorResponse`, as the Query protocol and REST-XML write it, and its status. */
export const queryErrorContent = (
  table: ServiceTable,
  error: ServiceError,
  requestId: string,
): { readonly statusCode: number; readonly content: string } => {
  // A name that the service itself has for one of its errors stays.
  const [code, statusCode] = (!table.errors.has(error.code) && queryErrorNames[error.code]) || [
    error.code,
    error.statusCode,
  ];
  const detail =
    element('Type', statusCode < 500 ? 'Sender' : 'Receiver') +
    element('Code', escapeXml(code)) +
    element('Message', escapeXml(error.message));
  const content = element('Error', detail) + element('RequestId', escapeXml(requestId));
  return { statusCode, content };
};
