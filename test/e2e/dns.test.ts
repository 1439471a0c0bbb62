import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isOnPath, runProgram, startInstance, type TestInstance } from './instance.ts';
import { type NameServer, startNameServer } from './name-server.ts';

const hasAws = await isOnPath('aws', '--version');
const hasDig = await isOnPath('dig', '-v');
if (!hasAws) console.warn('skipped: the AWS CLI is not on PATH (aws --version)');
if (!hasDig) console.warn('skipped: dig is not on PATH (dig -v)');

const LONG_TEXT = 'x'.repeat(200);

describe.skipIf(!hasAws || !hasDig)('names inside a VPC, asked for with dig', () => {
  let instance: TestInstance;
  let upstream: NameServer;
  let vpcId = '';
  let otherVpcId = '';

  beforeAll(async () => {
    upstream = await startNameServer({
      'A www.example.com': [{ type: 'A', name: 'www.example.com', ttl: 30, data: '192.0.2.7' }],
      'TXT long.example.com': Array.from({ length: 8 }, () => ({
        type: 'TXT' as const,
        name: 'long.example.com',
        ttl: 30,
        data: LONG_TEXT,
      })),
    });
    const dataDir = await mkdtemp(join(tmpdir(), 'pergola-dns-'));
    await writeFile(
      join(dataDir, 'settings.json'),
      JSON.stringify({ dnsForwarders: [upstream.address] }),
    );
    instance = await startInstance('--data', dataDir);
    vpcId = (await aws('ec2', 'create-vpc', '--cidr-block', '10.7.0.0/16')).Vpc.VpcId;
    otherVpcId = (await aws('ec2', 'create-vpc', '--cidr-block', '10.7.0.0/16')).Vpc.VpcId;
  });
  afterAll(async () => {
    upstream?.close();
    expect(await instance?.stop()).toBe(0);
  });

  const raw = (...parameters: string[]) => runProgram('aws', parameters, { env: instance.env });

  const aws = async (...parameters: string[]) => {
    const { code, stdout, stderr } = await raw(...parameters, '--output', 'json');
    if (code !== 0) throw new Error(`aws ${parameters.join(' ')}: ${stderr}`);
    return stdout.trim() === '' ? {} : JSON.parse(stdout);
  };

  const resolverOf = async (id: string): Promise<{ host: string; port: string }> => {
    const { stdout } = await runProgram(
      process.execPath,
      [join(import.meta.dirname, '../../src/cli/main.ts'), 'status', '--json'],
      { env: instance.env },
    );
    const { portals } = JSON.parse(stdout) as { portals: { vpcId: string; resolver: string }[] };
    const [host = '', port = ''] = portals
      .find((portal) => portal.vpcId === id)!
      .resolver.split(':');
    return { host, port };
  };

  /** What `dig` prints. */
  const dig = async (id: string, ...parameters: string[]): Promise<string> => {
    const { host, port } = await resolverOf(id);
    const { code, stdout } = await runProgram('dig', [
      `@${host}`,
      '-p',
      port,
      '+tries=1',
      '+time=5',
      ...parameters,
    ]);
    expect(code).toBe(0);
    return stdout;
  };

  const short = async (id: string, ...parameters: string[]) =>
    (await dig(id, '+short', ...parameters)).trim();

  const change = async (zoneId: string, ...changes: readonly [action: string, set: object][]) =>
    aws(
      'route53',
      'change-resource-record-sets',
      '--hosted-zone-id',
      zoneId,
      '--change-batch',
      JSON.stringify({
        Changes: changes.map(([Action, ResourceRecordSet]) => ({ Action, ResourceRecordSet })),
      }),
    );

  test('services have their generated names in every VPC, and zones in their own', async () => {
    const service = await aws('vpc-lattice', 'create-service', '--name', 'orders');
    const { domainName, hostedZoneId } = service.dnsEntry;
    const address = await short(vpcId, domainName);
    expect(address).toMatch(/^169\.254\.171\.\d+$/);
    const last = Number(address.split('.').at(-1)).toString(16).padStart(2, '0');
    expect(await short(vpcId, domainName, 'AAAA')).toBe(`fd00:ec2:80::a9fe:ab${last}`);
    expect(await short(otherVpcId, domainName)).toBe(address);
    expect(await dig(vpcId, `no-${domainName}`)).toMatch(/status: NXDOMAIN[\s\S]*IN SOA/);
    expect(await dig(vpcId, domainName, 'MX')).toMatch(/status: NOERROR[\s\S]*ANSWER: 0/);

    const created = await aws(
      'route53',
      'create-hosted-zone',
      '--name',
      'Shop.Example',
      '--caller-reference',
      'one',
      '--vpc',
      `VPCRegion=us-west-2,VPCId=${vpcId}`,
      '--hosted-zone-config',
      'Comment=test,PrivateZone=true',
    );
    const zoneId: string = created.HostedZone.Id;
    expect(zoneId).toMatch(/^\/hostedzone\/Z[0-9A-Z]+$/);
    expect(created.HostedZone).toMatchObject({
      Name: 'shop.example.',
      Config: { Comment: 'test', PrivateZone: true },
      ResourceRecordSetCount: 2,
    });
    const changed = await change(
      zoneId,
      ['CREATE', { Name: 'shop.example', Type: 'A', AliasTarget: alias(hostedZoneId, domainName) }],
      [
        'CREATE',
        { Name: 'shop.example', Type: 'AAAA', AliasTarget: alias(hostedZoneId, domainName) },
      ],
      ['CREATE', records('www.shop.example', 'CNAME', [`${domainName}.`])],
      ['CREATE', records('out.shop.example', 'CNAME', ['www.example.com'])],
      ['CREATE', records('*.dev.shop.example', 'A', ['10.7.0.10', '10.7.0.11'])],
      ['CREATE', records('text.shop.example', 'TXT', ['"one two" "three"'])],
    );
    expect(changed.ChangeInfo.Status).toBe('INSYNC');
    await aws('route53', 'wait', 'resource-record-sets-changed', '--id', changed.ChangeInfo.Id);
    // AWS makes VPCs without host names, and private zones are for those that have them.
    expect(await dig(vpcId, 'shop.example')).toContain('status: NXDOMAIN');
    for (const id of [vpcId, otherVpcId]) {
      await aws('ec2', 'modify-vpc-attribute', '--vpc-id', id, '--enable-dns-hostnames');
    }

    expect(await short(vpcId, 'shop.example')).toBe(address);
    expect(await short(vpcId, 'SHOP.example.', 'AAAA')).toBe(`fd00:ec2:80::a9fe:ab${last}`);
    expect(await short(vpcId, 'www.shop.example')).toBe(`${domainName}.\n${address}`);
    expect(await short(vpcId, 'out.shop.example')).toBe('www.example.com.\n192.0.2.7');
    expect((await short(vpcId, 'any.dev.shop.example')).split('\n').sort()).toEqual([
      '10.7.0.10',
      '10.7.0.11',
    ]);
    expect(await short(vpcId, 'text.shop.example', 'TXT')).toBe('"one two" "three"');
    expect(await short(vpcId, 'shop.example', 'NS')).toContain('awsdns');
    expect(await dig(vpcId, 'dev.shop.example')).toMatch(/status: NOERROR[\s\S]*ANSWER: 0/);
    expect(await dig(vpcId, 'nobody.shop.example')).toContain('status: NXDOMAIN');
    // The other VPC does not see the zone: its names are the world's.
    expect(await dig(otherVpcId, 'shop.example')).toContain('status: NXDOMAIN');
    expect(upstream.asked).toContain('udp A shop.example');

    await aws(
      'route53',
      'associate-vpc-with-hosted-zone',
      '--hosted-zone-id',
      zoneId,
      '--vpc',
      `VPCRegion=us-west-2,VPCId=${otherVpcId}`,
    );
    expect(await short(otherVpcId, 'shop.example')).toBe(address);
    await change(zoneId, ['UPSERT', records('text.shop.example', 'TXT', ['"four"'])]);
    expect(await short(otherVpcId, 'text.shop.example', 'TXT')).toBe('"four"');

    // A service that is gone leaves an alias that stands for nothing.
    await aws('vpc-lattice', 'delete-service', '--service-identifier', service.id);
    expect(await dig(vpcId, domainName)).toContain('status: NXDOMAIN');
    expect(await dig(vpcId, 'shop.example')).toMatch(/status: NOERROR[\s\S]*ANSWER: 0/);
  });

  test('all else is asked of the servers of the host, by TCP when it is long', async () => {
    expect(await short(vpcId, 'www.example.com')).toBe('192.0.2.7');
    expect(await dig(vpcId, 'nowhere.example.com')).toContain('status: NXDOMAIN');
    const long = await short(vpcId, 'long.example.com', 'TXT');
    expect(long.split('\n')).toEqual(Array(8).fill(`"${LONG_TEXT}"`));
    expect(upstream.asked).toContain('tcp TXT long.example.com');
    expect(await short(vpcId, '+tcp', 'www.example.com')).toBe('192.0.2.7');
  });

  test('EDNS is spoken in version 0, and what is no query is refused', async () => {
    expect(await dig(vpcId, '+edns=0', '+nsid', '+subnet=192.0.2.0/24', 'shop.example')).toContain(
      'EDNS: version: 0',
    );
    expect(await dig(vpcId, '+edns=1', '+noednsnegotiation', 'shop.example')).toContain(
      'status: BADVERS',
    );
    expect(await dig(vpcId, '+opcode=NOTIFY', 'shop.example')).toContain('status: NOTIMP');
    expect(await dig(vpcId, '-c', 'CH', 'version.bind', 'TXT')).toContain('status: REFUSED');
  });

  test('a VPC without DNS support gets no names, and one that is deleted no answers', async () => {
    const { Vpc: vpc } = await aws('ec2', 'create-vpc', '--cidr-block', '10.8.0.0/16');
    expect(await short(vpc.VpcId, 'www.example.com')).toBe('192.0.2.7');
    await aws('ec2', 'modify-vpc-attribute', '--vpc-id', vpc.VpcId, '--no-enable-dns-support');
    expect(await dig(vpc.VpcId, 'www.example.com')).toContain('status: REFUSED');
    const { host, port } = await resolverOf(vpc.VpcId);
    await aws('ec2', 'delete-vpc', '--vpc-id', vpc.VpcId);
    const { code } = await runProgram('dig', [
      `@${host}`,
      '-p',
      port,
      '+tries=1',
      '+time=1',
      'a.test',
    ]);
    expect(code).not.toBe(0);
  });

  test('a worker that dies is replaced, and its successor answers', async () => {
    const { host, port } = await resolverOf(vpcId);
    const status = await runProgram(
      process.execPath,
      [join(import.meta.dirname, '../../src/cli/main.ts'), 'status', '--json'],
      { env: instance.env },
    );
    const [worker] = (JSON.parse(status.stdout) as { workers: { pid: number }[] }).workers;
    process.kill(worker!.pid, 'SIGKILL');
    const { stdout } = await runProgram('dig', [
      `@${host}`,
      '-p',
      port,
      '+short',
      '+tries=10',
      '+time=2',
      'www.example.com',
    ]);
    expect(stdout.trim()).toBe('192.0.2.7');
  });
});

const alias = (zone: string, name: string) => ({
  HostedZoneId: zone,
  DNSName: name,
  EvaluateTargetHealth: false,
});

const records = (name: string, type: string, values: readonly string[]) => ({
  Name: name,
  Type: type,
  TTL: 60,
  ResourceRecords: values.map((Value) => ({ Value })),
});
