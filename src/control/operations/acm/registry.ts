import type { AcmOperationName } from '../../../protocol/generated/acm.ts';
import { withNote } from '../../operation.ts';
import { deleteCertificate } from './delete-certificate.ts';
import { describeCertificate } from './describe-certificate.ts';
import { getCertificate } from './get-certificate.ts';
import { importCertificate } from './import-certificate.ts';
import { listCertificates } from './list-certificates.ts';
import { requestCertificate } from './request-certificate.ts';
import {
  addTagsToCertificate,
  listTagsForCertificate,
  removeTagsFromCertificate,
} from './tag-operations.ts';

export const acmOperations = {
  AddTagsToCertificate: addTagsToCertificate,
  DeleteCertificate: deleteCertificate,
  DescribeCertificate: describeCertificate,
  GetCertificate: getCertificate,
  ImportCertificate: importCertificate,
  ListCertificates: listCertificates,
  ListTagsForCertificate: listTagsForCertificate,
  RemoveTagsFromCertificate: removeTagsFromCertificate,
  RequestCertificate: withNote(
    requestCertificate,
    'issued at once by the authority of this installation, nobody is asked',
  ),
} satisfies Record<AcmOperationName, unknown>;
