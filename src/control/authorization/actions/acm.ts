import { certificateArn } from '../../../lattice/arn.ts';
import { certificateIdOf } from '../../../lattice/certificate.ts';
import type { AcmOperations } from '../../../protocol/generated/acm.ts';
import { tagsOf } from '../../operations/acm/certificate-tags.ts';
import { readTags } from '../../tags.ts';
import { requestTags, resourceTags } from '../key-values.ts';
import type { AskedResource, CallScope, RequiredActions } from '../required-action.ts';

/** A certificate by its ARN; what is not there, or another account's, has no tags. */
export const certificateResource = async (
  arn: string,
  { tx, context }: CallScope,
): Promise<AskedResource> => {
  const certificate = await tx.get('certificate', certificateIdOf(arn));
  const isOwn = certificate?.arn === arn && certificate.accountId === context.caller.accountId;
  return isOwn ? { arn, keys: resourceTags(await readTags(tx, arn)) } : { arn };
};

const certificate = async (
  { CertificateArn: arn }: { readonly CertificateArn: string },
  scope: CallScope,
) => [await certificateResource(arn, scope)];

/** "Actions, resources, and condition keys for AWS Certificate Manager". */
export const acmActions: RequiredActions<AcmOperations> = {
  AddTagsToCertificate: { on: certificate, keys: ({ Tags }) => requestTags(tagsOf(Tags)) },
  DeleteCertificate: { on: certificate },
  DescribeCertificate: { on: certificate },
  GetCertificate: { on: certificate },
  ImportCertificate: {
    on: async ({ CertificateArn: arn }, scope) => {
      const { caller, settings } = scope.context;
      return arn === undefined
        ? [{ arn: certificateArn(settings, caller.accountId, '*') }]
        : [await certificateResource(arn, scope)];
    },
    keys: ({ Tags }) => requestTags(tagsOf(Tags)),
  },
  ListCertificates: {},
  ListTagsForCertificate: { on: certificate },
  RemoveTagsFromCertificate: { on: certificate, keys: ({ Tags }) => requestTags(tagsOf(Tags)) },
  RequestCertificate: {
    keys: (input) => ({
      'acm:CertificateAuthority': input.CertificateAuthorityArn,
      'acm:CertificateTransparencyLogging': input.Options?.CertificateTransparencyLoggingPreference,
      'acm:DomainNames': [input.DomainName, ...(input.SubjectAlternativeNames ?? [])].map((name) =>
        name.toLowerCase(),
      ),
      'acm:KeyAlgorithm': input.KeyAlgorithm,
      'acm:ValidationMethod': input.ValidationMethod,
      ...requestTags(tagsOf(input.Tags)),
    }),
  },
};
