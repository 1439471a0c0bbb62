import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { issueCertificate } from '../../../certificates/issue-certificate.ts';
import { openLattice } from '../vpc-lattice/lattice-fixture.ts';
import { Acm, OTHER_ACCOUNT } from './acm-fixture.ts';

const read = (name: string) =>
  readFileSync(new URL(`../../../certificates/testdata/${name}.pem`, import.meta.url));
const SELF_SIGNED = { Certificate: read('self-signed.cert'), PrivateKey: read('self-signed.key') };
const CHAINED = {
  Certificate: read('leaf.cert'),
  PrivateKey: read('leaf.key'),
  CertificateChain: Buffer.concat([read('intermediate.cert'), read('root.cert')]),
};
const UNKNOWN = 'arn:aws:acm:us-west-2:111122223333:certificate/c0ffee';

/** A self-signed EC certificate for these names, to import. */
const ecCertificate = (...serverNames: string[]) => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const name = { organization: 'Test' };
  const certificate = issueCertificate(
    {
      subject: name,
      publicKey,
      notBefore: new Date('2026-12-31'),
      notAfter: new Date('2027-12-31'),
      use: { serverNames },
    },
    { name, publicKey, privateKey },
  );
  return {
    Certificate: Buffer.from(certificate),
    PrivateKey: Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' })),
  };
};

describe('ImportCertificate', () => {
  test('keeps a certificate, and shows what it says', async () => {
    const acm = await Acm.open();
    const arn = await acm.imported(SELF_SIGNED);
    expect(arn).toMatch(/^arn:aws:acm:us-west-2:111122223333:certificate\/[0-9a-f-]{36}$/);
    expect(await acm.describe(arn)).toEqual({
      CertificateArn: arn,
      DomainName: 'shop.example',
      SubjectAlternativeNames: ['shop.example', '*.shop.example'],
      Serial: expect.stringMatching(/^[0-9a-f:]+$/),
      Subject: 'C=DE,O=Example,CN=shop.example',
      Issuer: 'Example',
      CreatedAt: acm.now,
      ImportedAt: acm.now,
      NotBefore: expect.any(Date),
      NotAfter: expect.any(Date),
      Status: 'ISSUED',
      Type: 'IMPORTED',
      KeyAlgorithm: 'RSA_2048',
      SignatureAlgorithm: 'SHA256WITHRSA',
      KeyUsages: [{ Name: 'DIGITAL_SIGNATURE' }, { Name: 'KEY_ENCIPHERMENT' }],
      ExtendedKeyUsages: [
        { Name: 'TLS_WEB_SERVER_AUTHENTICATION', OID: '1.3.6.1.5.5.7.3.1' },
        { Name: 'TLS_WEB_CLIENT_AUTHENTICATION', OID: '1.3.6.1.5.5.7.3.2' },
        { Name: 'CUSTOM', OID: '1.2.3.4' },
      ],
      InUseBy: [],
      RenewalEligibility: 'INELIGIBLE',
      Options: { CertificateTransparencyLoggingPreference: 'DISABLED', Export: 'DISABLED' },
    });
  });

  test('with a chain answers both, and takes the common name where there is no other', async () => {
    const acm = await Acm.open();
    const arn = await acm.imported(CHAINED);
    expect(await acm.call('GetCertificate', { CertificateArn: arn })).toEqual({
      Certificate: CHAINED.Certificate.toString(),
      CertificateChain: CHAINED.CertificateChain.toString(),
    });
    expect(await acm.describe(arn)).toMatchObject({
      DomainName: 'legacy.example',
      SubjectAlternativeNames: ['legacy.example'],
      KeyUsages: [],
      ExtendedKeyUsages: [],
    });
  });

  test('counts its common name among its names, whether it stands there or not', async () => {
    const acm = await Acm.open();
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const authority = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    const dates = { notBefore: new Date('2026-12-31'), notAfter: new Date('2027-12-31') };
    const name = { commonName: 'Authority' };
    const signer = { name, ...authority };
    const leaf = {
      subject: { commonName: 'shop.example' },
      publicKey,
      ...dates,
      use: { serverNames: ['api.shop.example'] },
    };
    const chain = {
      subject: name,
      publicKey: authority.publicKey,
      ...dates,
      use: 'authority' as const,
    };
    const arn = await acm.imported({
      Certificate: Buffer.from(issueCertificate(leaf, signer)),
      CertificateChain: Buffer.from(issueCertificate(chain, signer)),
      PrivateKey: Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    });
    const names = ['shop.example', 'api.shop.example'];
    expect((await acm.describe(arn)).SubjectAlternativeNames).toEqual(names);
    expect(await acm.call('ListCertificates', {})).toMatchObject({
      CertificateSummaryList: [{ SubjectAlternativeNameSummaries: names }],
    });
  });

  test.each([
    {
      name: 'a chain that does not verify',
      input: { ...CHAINED, CertificateChain: read('root.cert') },
      says: 'ValidationException: Could not validate the certificate with the certificate chain.',
    },
    {
      name: 'a chain out of order',
      input: { ...CHAINED, CertificateChain: read('leaf.cert') },
      says: 'ValidationException: Unable to validate certificate chain. The certificate chain must start with the immediate signing certificate, followed by any intermediaries in order. The index within the chain of the invalid certificate is: 0',
    },
    {
      name: 'a key of another certificate',
      input: { ...SELF_SIGNED, PrivateKey: CHAINED.PrivateKey },
      says: 'ValidationException: The private key does not match the certificate.',
    },
    {
      name: 'a reserved tag',
      input: { ...SELF_SIGNED, Tags: [{ Key: 'aws:x' }] },
      says: 'InvalidTagException: aws: prefixed tag key names are not allowed for external use.',
    },
    {
      name: 'more tags than a resource can have',
      input: { ...SELF_SIGNED, Tags: [{ Key: 'a' }, { Key: 'b' }] },
      says: 'TooManyTagsException: A resource can have at most 1 tags.',
    },
  ])('is refused for $name', async ({ input, says }) => {
    const acm = await Acm.open({ tagsPerResource: 1 });
    expect(await acm.refusal('ImportCertificate', input)).toBe(says);
  });

  test('is refused beyond the quota', async () => {
    const acm = await Acm.open({ certificatesPerRegion: 1 });
    await acm.imported(SELF_SIGNED);
    expect(await acm.refusal('ImportCertificate', SELF_SIGNED)).toMatch(
      /^LimitExceededException: You have reached the maximum number of certificates \(1\)\./,
    );
    acm.accountId = OTHER_ACCOUNT;
    await acm.imported(SELF_SIGNED);
  });
});

describe('a certificate that is imported again', () => {
  test('keeps its ARN and tags, and has all else of the new one', async () => {
    const acm = await Acm.open();
    const old = acm.now;
    const arn = await acm.imported({ ...CHAINED, Tags: [{ Key: 'team', Value: 'shop' }] });
    acm.now = new Date('2027-02-01');
    expect(await acm.imported({ ...SELF_SIGNED, CertificateArn: arn })).toBe(arn);
    expect(await acm.describe(arn)).toMatchObject({
      DomainName: 'shop.example',
      CreatedAt: old,
      ImportedAt: acm.now,
    });
    expect(await acm.call('GetCertificate', { CertificateArn: arn })).toEqual({
      Certificate: SELF_SIGNED.Certificate.toString(),
      CertificateChain: undefined,
    });
    expect(await acm.call('ListTagsForCertificate', { CertificateArn: arn })).toEqual({
      Tags: [{ Key: 'team', Value: 'shop' }],
    });
  });

  test.each([
    {
      name: 'with tags',
      before: SELF_SIGNED,
      after: { ...SELF_SIGNED, Tags: [{ Key: 'a' }] },
      says: 'Tagging is not permitted on re-import.',
    },
    {
      name: 'with a key of another type',
      before: SELF_SIGNED,
      after: ecCertificate('shop.example'),
      says: 'The key type and size of certificate ARN cannot be changed: it is RSA_2048, not EC_prime256v1.',
    },
    {
      name: 'without the key usages that it had',
      before: SELF_SIGNED,
      after: CHAINED,
      says: 'You cannot remove existing Key Usage values from a certificate.',
    },
    {
      name: 'without any name',
      before: ecCertificate('shop.example'),
      after: ecCertificate(),
      says: 'You cannot remove all of the domain names from a certificate.',
    },
  ])('is refused $name', async ({ before, after, says }) => {
    const acm = await Acm.open();
    const arn = await acm.imported(before);
    const refusal = await acm.refusal('ImportCertificate', { ...after, CertificateArn: arn });
    expect(refusal).toBe(`ValidationException: ${says.replace('ARN', arn)}`);
  });

  test('is refused for one that was requested, and for one of another account', async () => {
    const acm = await Acm.open();
    const requested = await acm.requested({ DomainName: 'shop.example' });
    const again = { ...SELF_SIGNED, CertificateArn: requested };
    expect(await acm.refusal('ImportCertificate', again)).toBe(
      `ValidationException: Certificate ${requested} was not imported, so it cannot be imported again.`,
    );
    const arn = await acm.imported(SELF_SIGNED);
    acm.accountId = OTHER_ACCOUNT;
    expect(await acm.refusal('ImportCertificate', { ...SELF_SIGNED, CertificateArn: arn })).toBe(
      `ResourceNotFoundException: Could not find certificate ${arn} in account ${OTHER_ACCOUNT}.`,
    );
  });
});

test('a certificate that a service has is in use, and cannot be deleted', async () => {
  const lattice = await openLattice();
  const acm = await Acm.open({}, lattice.store);
  const CertificateArn = await acm.requested({ DomainName: '*.example.com' });
  const service = await lattice.call('CreateService', {
    name: 'cart',
    customDomainName: 'cart.example.com',
    certificateArn: CertificateArn,
  });
  expect(await acm.describe(CertificateArn)).toMatchObject({
    InUseBy: [service.arn],
    RenewalEligibility: 'ELIGIBLE',
  });
  const { CertificateSummaryList: summaries } = await acm.call('ListCertificates', {});
  expect(summaries).toMatchObject([{ InUse: true, RenewalEligibility: 'ELIGIBLE' }]);
  expect(await acm.refusal('DeleteCertificate', { CertificateArn })).toBe(
    `ResourceInUseException: Certificate ${CertificateArn} in account 111122223333 is in use.`,
  );
  const serviceIdentifier = service.id ?? '';
  await lattice.call('UpdateService', { serviceIdentifier, certificateArn: '' });
  await acm.call('DeleteCertificate', { CertificateArn });
});

describe('RequestCertificate', () => {
  test('issues a certificate that the authority vouches for', async () => {
    const acm = await Acm.open();
    const arn = await acm.requested({
      DomainName: 'shop.example',
      SubjectAlternativeNames: ['*.shop.example', 'shop.example'],
      ValidationMethod: 'DNS',
    });
    const { Certificate: pem = '', CertificateChain: chain = '' } = await acm.call(
      'GetCertificate',
      { CertificateArn: arn },
    );
    expect(chain).toBe(acm.authority.certificatePem);
    expect(new X509Certificate(pem).checkIssued(new X509Certificate(chain))).toBe(true);
    const detail = await acm.describe(arn);
    expect(detail).toMatchObject({
      DomainName: 'shop.example',
      SubjectAlternativeNames: ['shop.example', '*.shop.example'],
      Issuer: 'Pergola',
      IssuedAt: acm.now,
      Status: 'ISSUED',
      Type: 'AMAZON_ISSUED',
      KeyAlgorithm: 'RSA_2048',
      Options: { CertificateTransparencyLoggingPreference: 'ENABLED' },
    });
    expect(detail).not.toHaveProperty('ImportedAt');
    const record = {
      Name: expect.stringMatching(/^_[0-9a-f]{32}\.shop\.example\.$/),
      Type: 'CNAME',
      Value: expect.stringMatching(/^_[0-9a-f]{32}\.jkddzztszm\.acm-validations\.aws\.$/),
    };
    const validation = (DomainName: string) => ({
      DomainName,
      ValidationDomain: DomainName,
      ValidationStatus: 'SUCCESS',
      ValidationMethod: 'DNS',
      ResourceRecord: record,
    });
    const validations = detail.DomainValidationOptions;
    expect(validations).toEqual([validation('shop.example'), validation('*.shop.example')]);
    expect(validations?.[0]?.ResourceRecord).toEqual(validations?.[1]?.ResourceRecord);
  });

  test('by mail says whom AWS would have asked', async () => {
    const acm = await Acm.open();
    const arn = await acm.requested({ DomainName: '*.shop.example' });
    expect((await acm.describe(arn)).DomainValidationOptions).toEqual([
      {
        DomainName: '*.shop.example',
        ValidationDomain: 'shop.example',
        ValidationStatus: 'SUCCESS',
        ValidationMethod: 'EMAIL',
        ValidationEmails: expect.arrayContaining(['hostmaster@shop.example']),
      },
    ]);
  });

  test('with a token is one request for an hour', async () => {
    const acm = await Acm.open();
    const input = { DomainName: 'shop.example', IdempotencyToken: 'one' };
    const arn = await acm.requested(input);
    expect(await acm.requested(input)).toBe(arn);
    expect(await acm.requested({ ...input, IdempotencyToken: 'two' })).not.toBe(arn);
    const other = { ...input, DomainName: 'other.example' };
    expect(await acm.refusal('RequestCertificate', other)).toBe(
      'InvalidParameterException: The client token was used before with other parameters. Take a new token.',
    );
    acm.now = new Date(acm.now.getTime() + 60 * 60 * 1000);
    expect(await acm.requested(input)).not.toBe(arn);
  });

  test.each([
    {
      name: 'a first name that is too long for a common name',
      input: { DomainName: `${'a'.repeat(60)}.example` },
      says: /^InvalidParameterException: The domain name a+\.example is longer than 64 characters/,
    },
    {
      name: 'too many names',
      input: {
        DomainName: 'shop.example',
        SubjectAlternativeNames: Array.from({ length: 100 }, (_, i) => `a${i}.example`),
      },
      says: /^InvalidParameterException: A certificate can have at most 100 domain names/,
    },
    {
      name: 'a key that public certificates do not have',
      input: { DomainName: 'shop.example', KeyAlgorithm: 'RSA_4096' as const },
      says: /^ValidationException: The key algorithm RSA_4096 is not supported/,
    },
    {
      name: 'validation by HTTP',
      input: { DomainName: 'shop.example', ValidationMethod: 'HTTP' as const },
      says: /^InvalidParameterException: HTTP validation/,
    },
    {
      name: 'a private authority',
      input: {
        DomainName: 'shop.example',
        CertificateAuthorityArn: 'arn:aws:acm-pca:us-west-2:111122223333:certificate-authority/a',
      },
      says: /^InvalidArnException: Could not find certificate authority arn:aws:acm-pca/,
    },
    {
      name: 'a validation domain that is not above the name',
      input: {
        DomainName: 'shop.example',
        DomainValidationOptions: [{ DomainName: 'shop.example', ValidationDomain: 'hop.example' }],
      },
      says: /^InvalidDomainValidationOptionsException: The validation domain hop\.example/,
    },
  ])('is refused for $name', async ({ input, says }) => {
    const acm = await Acm.open();
    expect(await acm.refusal('RequestCertificate', input)).toMatch(says);
  });
});

describe('ListCertificates', () => {
  const openWithThree = async () => {
    const acm = await Acm.open();
    const arns: string[] = [];
    for (const DomainName of ['a.example', 'b.example', 'c.example']) {
      arns.push(await acm.requested({ DomainName }));
    }
    const list = async (input: Parameters<typeof acm.call<'ListCertificates'>>[1]) => {
      const answer = await acm.call('ListCertificates', input);
      const found = answer.CertificateSummaryList?.map(({ CertificateArn: arn = '' }) =>
        arns.indexOf(arn),
      );
      return { found, token: answer.NextToken };
    };
    return { acm, arns, list };
  };

  test('summarises', async () => {
    const acm = await Acm.open();
    const arn = await acm.imported(SELF_SIGNED);
    const { CertificateSummaryList: summaries } = await acm.call('ListCertificates', {});
    expect(summaries).toEqual([
      {
        CertificateArn: arn,
        DomainName: 'shop.example',
        SubjectAlternativeNameSummaries: ['shop.example', '*.shop.example'],
        HasAdditionalSubjectAlternativeNames: false,
        Status: 'ISSUED',
        Type: 'IMPORTED',
        KeyAlgorithm: 'RSA_2048',
        KeyUsages: ['DIGITAL_SIGNATURE', 'KEY_ENCIPHERMENT'],
        ExtendedKeyUsages: [
          'TLS_WEB_SERVER_AUTHENTICATION',
          'TLS_WEB_CLIENT_AUTHENTICATION',
          'CUSTOM',
        ],
        ExportOption: 'DISABLED',
        InUse: false,
        RenewalEligibility: 'INELIGIBLE',
        CreatedAt: acm.now,
        ImportedAt: acm.now,
        NotBefore: expect.any(Date),
        NotAfter: expect.any(Date),
      },
    ]);
  });

  test('pages in order of creation, and in the other', async () => {
    const { list } = await openWithThree();
    const first = await list({ MaxItems: 2 });
    expect(first.found).toEqual([0, 1]);
    expect(await list({ MaxItems: 2, NextToken: first.token ?? '' })).toEqual({ found: [2] });
    const newest = { SortBy: 'CREATED_AT', SortOrder: 'DESCENDING', MaxItems: 2 } as const;
    const last = await list(newest);
    expect(last.found).toEqual([2, 1]);
    expect(await list({ ...newest, NextToken: last.token ?? '' })).toEqual({ found: [0] });
  });

  test('takes no token of another order, and no order without what to sort by', async () => {
    const { acm, list } = await openWithThree();
    const { token = '' } = await list({ MaxItems: 2 });
    const newest = { SortBy: 'CREATED_AT', SortOrder: 'DESCENDING' } as const;
    expect(await acm.refusal('ListCertificates', { ...newest, NextToken: token })).toMatch(
      /^ValidationException: The nextToken is invalid/,
    );
    expect(await acm.refusal('ListCertificates', { SortOrder: 'ASCENDING' })).toMatch(
      /^ValidationException: SortBy and SortOrder/,
    );
  });

  test('leaves out other keys than RSA unless they are asked for', async () => {
    const { acm, list } = await openWithThree();
    const elliptic = await acm.imported(ecCertificate('ec.example'));
    expect((await list({})).found).toEqual([0, 1, 2]);
    const includes = { keyTypes: ['EC_prime256v1'] } as const;
    const found = await acm.call('ListCertificates', { Includes: includes });
    expect(found.CertificateSummaryList).toMatchObject([{ CertificateArn: elliptic }]);
  });

  test('filters by status and by what the key may be used for', async () => {
    const { acm, list } = await openWithThree();
    expect((await list({ CertificateStatuses: ['EXPIRED'] })).found).toEqual([]);
    expect((await list({ Includes: { keyUsage: ['CRL_SIGNING'] } })).found).toEqual([]);
    const server = { extendedKeyUsage: ['TLS_WEB_SERVER_AUTHENTICATION'] } as const;
    expect((await list({ Includes: server })).found).toEqual([0, 1, 2]);
    acm.now = new Date('2028-01-01');
    expect((await list({ CertificateStatuses: ['EXPIRED'] })).found).toEqual([0, 1, 2]);
    expect((await list({ CertificateStatuses: ['ISSUED'] })).found).toEqual([]);
  });

  test('shows an account its own only', async () => {
    const { acm, list } = await openWithThree();
    acm.accountId = OTHER_ACCOUNT;
    expect(await list({})).toEqual({ found: [] });
  });
});

test('tags are added, listed and removed, by value where one is given', async () => {
  const acm = await Acm.open();
  const CertificateArn = await acm.imported(SELF_SIGNED);
  const Tags = [{ Key: 'a', Value: '1' }, { Key: 'b', Value: '2' }, { Key: 'c' }];
  await acm.call('AddTagsToCertificate', { CertificateArn, Tags });
  const gone = [{ Key: 'a' }, { Key: 'b', Value: 'other' }, { Key: 'never' }];
  await acm.call('RemoveTagsFromCertificate', { CertificateArn, Tags: gone });
  expect(await acm.call('ListTagsForCertificate', { CertificateArn })).toEqual({
    Tags: [
      { Key: 'b', Value: '2' },
      { Key: 'c', Value: '' },
    ],
  });
  await acm.call('DeleteCertificate', { CertificateArn });
  expect(await acm.store.read((tx) => tx.count('tagSet'))).toBe(0);
});

test.each([
  'DeleteCertificate',
  'DescribeCertificate',
  'GetCertificate',
  'ListTagsForCertificate',
] as const)(
  '%s knows no certificate of others, none that is gone, and no other ARN',
  async (name) => {
    const acm = await Acm.open();
    const arn = await acm.imported(SELF_SIGNED);
    expect(await acm.refusal(name, { CertificateArn: UNKNOWN })).toBe(
      `ResourceNotFoundException: Could not find certificate ${UNKNOWN} in account 111122223333.`,
    );
    const other = 'arn:aws:acm:us-west-2:111122223333:account/c0ffee';
    expect(await acm.refusal(name, { CertificateArn: other })).toMatch(/^InvalidArnException: /);
    acm.accountId = OTHER_ACCOUNT;
    expect(await acm.refusal(name, { CertificateArn: arn })).toMatch(
      /^ResourceNotFoundException: /,
    );
  },
);
