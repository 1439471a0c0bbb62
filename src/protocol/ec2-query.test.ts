import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadModel } from './load-model.ts';
import { protocolFor } from './protocol.ts';
import { aRequest, refusal } from './sample-request.ts';
import { ServiceError } from './service-error.ts';

const ec2 = protocolFor(loadModel('ec2'));

const form = (parameters: Readonly<Record<string, string>>) =>
  aRequest({
    body: new URLSearchParams({ Version: '2016-11-15', ...parameters }).toString(),
  });

describe('reading requests', () => {
  test.each([
    {
      name: 'filters are numbered lists of structures',
      parameters: {
        Action: 'DescribeVpcs',
        'Filter.1.Name': 'vpc-id',
        'Filter.1.Value.1': 'vpc-1',
        'Filter.1.Value.2': 'vpc-2',
        'Filter.2.Name': 'is Default',
        MaxResults: '5',
      },
      input: {
        Filters: [{ Name: 'vpc-id', Values: ['vpc-1', 'vpc-2'] }, { Name: 'is Default' }],
        MaxResults: 5,
      },
    },
    {
      name: 'items go by number, not by order or by being without gaps',
      parameters: {
        Action: 'DescribeVpcs',
        'VpcId.10': 'vpc-c',
        'VpcId.9': 'vpc-b',
        'VpcId.2': 'vpc-a',
      },
      input: { VpcIds: ['vpc-a', 'vpc-b', 'vpc-c'] },
    },
    {
      name: 'wire names differ from member names and start with a capital',
      parameters: {
        Action: 'AuthorizeSecurityGroupIngress',
        GroupId: 'sg-1',
        'IpPermissions.1.IpProtocol': 'tcp',
        'IpPermissions.1.FromPort': '-1',
        'IpPermissions.1.IpRanges.1.CidrIp': '10.0.0.0/8',
        'IpPermissions.1.Groups.1.GroupId': 'sg-2',
        'TagSpecification.1.ResourceType': 'security-group-rule',
        'TagSpecification.1.Tag.1.Key': 'Name',
        'TagSpecification.1.Tag.1.Value': '',
      },
      input: {
        GroupId: 'sg-1',
        IpPermissions: [
          {
            IpProtocol: 'tcp',
            FromPort: -1,
            IpRanges: [{ CidrIp: '10.0.0.0/8' }],
            UserIdGroupPairs: [{ GroupId: 'sg-2' }],
          },
        ],
        TagSpecifications: [
          { ResourceType: 'security-group-rule', Tags: [{ Key: 'Name', Value: '' }] },
        ],
      },
    },
    {
      name: 'a boolean inside a structure',
      parameters: {
        Action: 'ModifyVpcAttribute',
        VpcId: 'vpc-1',
        'EnableDnsSupport.Value': 'false',
      },
      input: { VpcId: 'vpc-1', EnableDnsSupport: { Value: false } },
    },
    {
      name: 'unknown parameters are ignored',
      parameters: { Action: 'DescribeVpcs', Colour: 'green', 'Filter.x': '1' },
      input: { Filters: [] },
    },
  ])('$name', ({ parameters, input }) => {
    expect(ec2.parse(form(parameters)).input).toEqual(input);
  });

  test('a GET carries the parameters in its query', () => {
    expect(
      ec2.parse(
        aRequest({ method: 'GET', query: 'Action=DescribeVpcs&Version=2016-11-15&VpcId.1=vpc-1' }),
      ),
    ).toEqual({ operation: 'DescribeVpcs', input: { VpcIds: ['vpc-1'] } });
  });
});

describe('refusals', () => {
  test.each([
    { name: 'no action', parameters: {}, code: 'MissingAction', says: 'Action' },
    {
      name: 'an unknown action',
      parameters: { Action: 'constructor' },
      code: 'InvalidAction',
      says: 'constructor',
    },
    {
      name: 'another version',
      parameters: { Action: 'DescribeVpcs', Version: '2014-10-01' },
      code: 'NoSuchVersion',
      says: '2016-11-15',
    },
    {
      name: 'a missing parameter',
      parameters: { Action: 'CreateSecurityGroup', GroupName: 'web' },
      code: 'MissingParameter',
      says: 'The request must contain the parameter GroupDescription',
    },
    {
      name: 'an enum value',
      parameters: { Action: 'CreateVpc', InstanceTenancy: 'mine' },
      code: 'InvalidParameterValue',
      says: 'Value (mine) for parameter InstanceTenancy is invalid',
    },
    {
      name: 'a range',
      parameters: { Action: 'DescribeVpcs', MaxResults: '2' },
      code: 'InvalidParameterValue',
      says: 'Value (2) for parameter MaxResults',
    },
    {
      name: 'a word for a number',
      parameters: { Action: 'DescribeVpcs', MaxResults: 'two' },
      code: 'InvalidParameterValue',
      says: 'integer',
    },
    {
      name: 'a word for a boolean',
      parameters: { Action: 'DescribeVpcs', DryRun: 'perhaps' },
      code: 'InvalidParameterValue',
      says: 'Value (perhaps) for parameter DryRun',
    },
    {
      name: 'a place in a list',
      parameters: { Action: 'AuthorizeSecurityGroupIngress', 'IpPermissions.1.FromPort': 'x' },
      code: 'InvalidParameterValue',
      says: 'IpPermissions.1.FromPort',
    },
    {
      name: 'text for a list',
      parameters: { Action: 'DescribeVpcs', VpcId: 'vpc-1' },
      code: 'InvalidParameterValue',
      says: 'VpcId',
    },
    {
      name: 'a list for text',
      parameters: { Action: 'DeleteVpc', 'VpcId.1': 'vpc-1' },
      code: 'InvalidParameterValue',
      says: 'VpcId',
    },
  ])('$name', ({ parameters, code, says }) => {
    const error = refusal(() => ec2.parse(form(parameters)));
    expect(error).toMatchObject({ code, statusCode: 400 });
    expect(error.message).toContain(says);
  });

  test.each([
    { name: 'a parameter twice', body: 'Action=DescribeVpcs&Action=DescribeVpcs' },
    { name: 'a broken escape', body: 'Action=%' },
    { name: 'invalid UTF-8', body: Buffer.from([0x41, 0xff]) },
    { name: 'a name that nests without end', body: `Action=DescribeVpcs&${'a.'.repeat(9999)}=1` },
    { name: 'too many parameters', body: 'a=1&'.repeat(20_000) },
  ])('$name is a malformed query', ({ body }) => {
    expect(refusal(() => ec2.parse(aRequest({ body })))).toMatchObject({
      code: 'MalformedQueryString',
      statusCode: 400,
    });
  });

  test('an operation that is not built says so, in EC2 words', () => {
    const error = refusal(() => ec2.parse(form({ Action: 'RunScheduledInstances' })));
    expect(error.message).toContain('`RunScheduledInstances` of EC2 is not built');
    const response = ec2.serializeError(error, 'r');
    expect(response.statusCode).toBe(501);
    expect(response.body.toString()).toContain('<Code>UnsupportedOperation</Code>');
  });

  test('whatever the parameters are, parsing answers or refuses with a ServiceError', () => {
    const step = fc.constantFrom(
      'Filter',
      'IpPermissions',
      '1',
      '2',
      'Value',
      'Name',
      'GroupId',
      '',
    );
    const name = fc.array(step, { maxLength: 5 }).map((steps) => steps.join('.'));
    fc.assert(
      fc.property(fc.dictionary(name, fc.string()), (parameters) => {
        try {
          ec2.parse(form({ ...parameters, Action: 'AuthorizeSecurityGroupIngress' }));
        } catch (error) {
          expect(error).toBeInstanceOf(ServiceError);
        }
      }),
    );
  });
});

describe('answers', () => {
  test('members by their names on the wire, lists of items, empty lists, no undefined members', () => {
    const output = {
      Vpcs: [
        {
          VpcId: 'vpc-1',
          IsDefault: false,
          OwnerId: undefined,
          Tags: [{ Key: 'a&b', Value: '<"c">\r' }],
          CidrBlockAssociationSet: [],
        },
      ],
    };
    expect(ec2.serialize('DescribeVpcs', output, 'request-1')).toEqual({
      statusCode: 200,
      headers: { 'content-type': 'text/xml;charset=UTF-8', 'x-amzn-requestid': 'request-1' },
      body: Buffer.from(
        '<?xml version="1.0" encoding="UTF-8"?>\n' +
          '<DescribeVpcsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">' +
          '<requestId>request-1</requestId><vpcSet><item><cidrBlockAssociationSet/><isDefault>false</isDefault>' +
          '<tagSet><item><key>a&amp;b</key><value>&lt;&quot;c&quot;&gt;&#13;</value></item></tagSet>' +
          '<vpcId>vpc-1</vpcId></item></vpcSet></DescribeVpcsResponse>',
      ),
    });
  });

  test('an operation without an output answers true', () => {
    const text = ec2.serialize('CreateTags', undefined, 'r').body.toString();
    expect(text).toContain('<return>true</return>');
  });

  test.each([
    {
      code: 'InvalidVpcID.NotFound',
      status: 400,
      answers: 'InvalidVpcID.NotFound',
      statusCode: 400,
    },
    { code: 'InvalidSignatureException', status: 403, answers: 'AuthFailure', statusCode: 401 },
    {
      code: 'AccessDeniedException',
      status: 403,
      answers: 'UnauthorizedOperation',
      statusCode: 403,
    },
    { code: 'InternalServerException', status: 500, answers: 'InternalError', statusCode: 500 },
  ])('the error $code is $answers', ({ code, status, answers, statusCode }) => {
    const response = ec2.serializeError(new ServiceError(code, status, 'no & never'), 'request-3');
    expect(response.statusCode).toBe(statusCode);
    expect(response.body.toString()).toBe(
      `<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error><Code>${answers}</Code>` +
        '<Message>no &amp; never</Message></Error></Errors><RequestID>request-3</RequestID></Response>',
    );
  });
});
