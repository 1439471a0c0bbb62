import { describe, expect, test } from 'vitest';
import { loadModel } from './load-model.ts';
import { restXmlProtocol } from './rest-xml.ts';
import { aRequest, refusal } from './sample-request.ts';
import { ServiceError } from './service-error.ts';
import { resolveModel } from './service-table.ts';

const protocol = restXmlProtocol(resolveModel(loadModel('route53')));

const CHANGE = `<?xml version="1.0" encoding="UTF-8"?>
<ChangeResourceRecordSetsRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><ChangeBatch><Comment>a &amp; b</Comment><Changes>
<Change><Action>CREATE</Action><ResourceRecordSet><Name>www.shop.example</Name><Type>A</Type><TTL> 60 </TTL><ResourceRecords><ResourceRecord><Value>10.0.0.1</Value></ResourceRecord><ResourceRecord><Value>10.0.0.2</Value></ResourceRecord></ResourceRecords></ResourceRecordSet></Change>
<Change><Action>UPSERT</Action><ResourceRecordSet><Name>shop.example</Name><Type>A</Type><AliasTarget><HostedZoneId>Z1</HostedZoneId><DNSName>x.on.aws</DNSName><EvaluateTargetHealth>false</EvaluateTargetHealth></AliasTarget><Unknown>1</Unknown></ResourceRecordSet></Change>
</Changes></ChangeBatch></ChangeResourceRecordSetsRequest>`;

describe('a request', () => {
  test.each(['/2013-04-01/hostedzone/Z1/rrset/', '/2013-04-01/hostedzone/Z1/rrset'])(
    'is read from path and body: %s',
    (rawPath) => {
      expect(protocol.parse(aRequest({ rawPath, body: CHANGE }))).toEqual({
        operation: 'ChangeResourceRecordSets',
        input: {
          HostedZoneId: 'Z1',
          ChangeBatch: {
            Comment: 'a & b',
            Changes: [
              {
                Action: 'CREATE',
                ResourceRecordSet: {
                  Name: 'www.shop.example',
                  Type: 'A',
                  TTL: 60,
                  ResourceRecords: [{ Value: '10.0.0.1' }, { Value: '10.0.0.2' }],
                },
              },
              {
                Action: 'UPSERT',
                ResourceRecordSet: {
                  Name: 'shop.example',
                  Type: 'A',
                  AliasTarget: {
                    HostedZoneId: 'Z1',
                    DNSName: 'x.on.aws',
                    EvaluateTargetHealth: false,
                  },
                },
              },
            ],
          },
        },
      });
    },
  );

  test('is read from the query', () => {
    const request = aRequest({
      method: 'GET',
      rawPath: '/2013-04-01/hostedzone/Z1/rrset',
      query: 'name=www.shop.example&type=A&maxitems=2',
    });
    expect(protocol.parse(request).input).toEqual({
      HostedZoneId: 'Z1',
      StartRecordName: 'www.shop.example',
      StartRecordType: 'A',
      MaxItems: '2',
    });
  });

  const refusals = [
    {
      name: 'a route that is not built',
      request: { method: 'GET', rawPath: '/2013-04-01/healthcheck' },
      code: 'UnsupportedOperationException',
      statusCode: 501,
      text: 'docs/coverage.md',
    },
    {
      name: 'XML that cannot be read',
      request: { rawPath: '/2013-04-01/hostedzone', body: '<CreateHostedZoneRequest>' },
      code: 'MalformedInput',
      statusCode: 400,
      text: 'not valid XML',
    },
    {
      name: 'members that are missing',
      request: { rawPath: '/2013-04-01/hostedzone', body: '<CreateHostedZoneRequest/>' },
      code: 'InvalidInput',
      statusCode: 400,
      text: "2 validation errors detected: Value null at 'name' failed to satisfy constraint: Member must not be null; Value null at 'callerReference'",
    },
    {
      name: 'a number that is none',
      request: {
        rawPath: '/2013-04-01/hostedzone/Z1/rrset/',
        body: CHANGE.replace(' 60 ', 'soon'),
      },
      code: 'InvalidInput',
      statusCode: 400,
      text: "Value 'soon' at 'changeBatch.changes.1.member.resourceRecordSet.tTL'",
    },
  ];
  for (const { name, request, code, statusCode, text } of refusals) {
    test(`with ${name} is refused`, () => {
      const error = refusal(() => protocol.parse(aRequest(request)));
      expect(error).toMatchObject({ code, statusCode });
      expect(error.message).toContain(text);
    });
  }
});

test('an answer is an element with the name of the output, and header fields', () => {
  const response = protocol.serialize(
    'CreateHostedZone',
    {
      HostedZone: { Id: '/hostedzone/Z1', Name: 'a&b.', CallerReference: 'r' },
      ChangeInfo: { Id: '/change/C1', Status: 'INSYNC', SubmittedAt: new Date(0) },
      Location: 'https://example.com/Z1',
    },
    'request-1',
  );
  expect([response.statusCode, response.headers]).toEqual([
    201,
    {
      location: 'https://example.com/Z1',
      'x-amzn-requestid': 'request-1',
      'content-type': 'text/xml',
    },
  ]);
  expect(response.body.toString()).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
      '<CreateHostedZoneResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/">' +
      '<HostedZone><Id>/hostedzone/Z1</Id><Name>a&amp;b.</Name><CallerReference>r</CallerReference></HostedZone>' +
      '<ChangeInfo><Id>/change/C1</Id><Status>INSYNC</Status><SubmittedAt>1970-01-01T00:00:00.000Z</SubmittedAt></ChangeInfo>' +
      '</CreateHostedZoneResponse>',
  );
});

test.each([
  ['NoSuchHostedZone', 404, 'NoSuchHostedZone', 404, 'Sender'],
  ['InternalServerException', 500, 'InternalFailure', 500, 'Receiver'],
])('the error %s is told in XML', (code, statusCode, told, status, type) => {
  const response = protocol.serializeError(new ServiceError(code, statusCode, 'a < b'), 'r');
  expect(response.statusCode).toBe(status);
  expect(response.body.toString()).toContain(
    `<Error><Type>${type}</Type><Code>${told}</Code><Message>a &lt; b</Message></Error><RequestId>r</RequestId>`,
  );
});
