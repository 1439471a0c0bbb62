import type { InstanceTypeInfo } from '../../../../protocol/generated/ec2.ts';
import { ec2Read } from '../ec2-operation.ts';
import { applyFilters, type FilterTable } from '../filters.ts';
import { cutPage } from '../page.ts';

/**
 * Types of instances. Whatever is asked for by name is there, since nothing of an instance here
 * depends on its type; who asks for all gets the common small ones.
 */
export const describeInstanceTypes = ec2Read<'DescribeInstanceTypes'>(
  async (tx, input, context) => {
    const names = input.InstanceTypes?.length ? input.InstanceTypes : COMMON;
    const all = [...new Set(names)].map(toInfo);
    const matching = await applyFilters(tx, all, input.Filters, FILTERS);
    const page = cutPage(
      matching,
      ({ InstanceType: name }) => name!,
      'DescribeInstanceTypes',
      input,
      context,
    );
    return { InstanceTypes: page.rows, NextToken: page.nextToken };
  },
);

const COMMON: readonly string[] = ['t3.micro', 't3.small', 'm5.large', 'm7i.large'];

const FILTERS: FilterTable<InstanceTypeInfo> = {
  'bare-metal': ({ BareMetal }) => BareMetal,
  'burstable-performance-supported': (info) => info.BurstablePerformanceSupported,
  'current-generation': ({ CurrentGeneration }) => CurrentGeneration,
  'instance-type': ({ InstanceType: name }) => name,
  'processor-info.supported-architecture': () => 'x86_64',
};

const toInfo = (name: string): InstanceTypeInfo => ({
  InstanceType: name,
  CurrentGeneration: true,
  FreeTierEligible: false,
  SupportedUsageClasses: ['on-demand'],
  SupportedRootDeviceTypes: ['ebs'],
  SupportedVirtualizationTypes: ['hvm'],
  BareMetal: false,
  Hypervisor: 'nitro',
  ProcessorInfo: { SupportedArchitectures: ['x86_64'] },
  VCpuInfo: { DefaultVCpus: 1, DefaultCores: 1, DefaultThreadsPerCore: 1 },
  InstanceStorageSupported: false,
  NetworkInfo: {
    MaximumNetworkInterfaces: 1,
    MaximumNetworkCards: 1,
    DefaultNetworkCardIndex: 0,
    Ipv4AddressesPerInterface: 1,
    Ipv6AddressesPerInterface: 1,
    Ipv6Supported: true,
    EnaSupport: 'required',
  },
  HibernationSupported: false,
  // Credits would be another thing to ask about, and nobody spends any here.
  BurstablePerformanceSupported: false,
  DedicatedHostsSupported: false,
  AutoRecoverySupported: false,
});
