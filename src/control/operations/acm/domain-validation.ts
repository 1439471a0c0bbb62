import { createHash } from 'node:crypto';
import type { Certificate } from '../../../lattice/certificate.ts';
import type { DomainValidation } from '../../../protocol/generated/acm.ts';

/** Whom AWS writes to (ACM user guide, "Email validation"). */
const MAILBOXES = ['admin', 'administrator', 'hostmaster', 'postmaster', 'webmaster'] as const;

/**
 * What the owner of each name would have to do, and has done: nobody is asked here. The record of a
 * name is always the same for one account, and a wildcard's is that of its parent, as on AWS.
 */
export const domainValidations = (certificate: Certificate): DomainValidation[] =>
  certificate.names.map((name) => {
    const domain = name.replace(/^\*\./, '');
    const base = { DomainName: name, ValidationStatus: 'SUCCESS' } as const;
    return certificate.validationMethod === 'EMAIL'
      ? {
          ...base,
          ValidationDomain: domain,
          ValidationMethod: 'EMAIL',
          ValidationEmails: MAILBOXES.map((mailbox) => `${mailbox}@${domain}`),
        }
      : {
          ...base,
          ValidationDomain: name,
          ValidationMethod: 'DNS',
          ResourceRecord: {
            Name: `_${label(certificate.accountId, 'name', domain)}.${domain}.`,
            Type: 'CNAME',
            Value: `_${label(certificate.accountId, 'value', domain)}.${ZONE}`,
          },
        };
  });

const ZONE = 'jkddzztszm.acm-validations.aws.';

const label = (...what: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(what)).digest('hex').slice(0, 32);
