import type { Instance, MetadataOptions } from '../../../../lattice/vpc.ts';
import type {
  InstanceMetadataOptionsRequest,
  InstanceMetadataOptionsResponse,
} from '../../../../protocol/generated/ec2.ts';
import { invalidParameterValue } from '../errors.ts';

/** API reference, InstanceMetadataOptionsRequest: HttpPutResponseHopLimit is from 1 to 64. */
const MOST_HOPS = 64;

/**
 * What a call says of the metadata service; what it does not say is left out.
 *
 * @throws InvalidParameterValue
 */
export const parseMetadataOptions = (input: InstanceMetadataOptionsRequest): MetadataOptions => {
  const { HttpPutResponseHopLimit: hops, HttpEndpoint, HttpProtocolIpv6, HttpTokens } = input;
  if (hops !== undefined && (hops < 1 || hops > MOST_HOPS)) {
    throw invalidParameterValue(
      `Value (${hops}) for parameter HttpPutResponseHopLimit is invalid. The hop limit must be between 1 and ${MOST_HOPS}.`,
    );
  }
  return {
    ...(HttpEndpoint !== undefined && { httpEndpoint: HttpEndpoint }),
    ...(HttpProtocolIpv6 !== undefined && { httpProtocolIpv6: HttpProtocolIpv6 }),
    ...(hops !== undefined && { httpPutResponseHopLimit: hops }),
    ...(HttpTokens !== undefined && { httpTokens: HttpTokens }),
    ...(input.InstanceMetadataTags !== undefined && {
      instanceMetadataTags: input.InstanceMetadataTags,
    }),
  };
};

/** Who has not asked for a metadata service is told that there is none. */
export const toMetadataOptionsAnswer = (
  { metadataOptions = {} }: Instance,
  state: 'applied' | 'pending',
): InstanceMetadataOptionsResponse => ({
  State: state,
  HttpTokens: metadataOptions.httpTokens ?? 'required',
  HttpPutResponseHopLimit: metadataOptions.httpPutResponseHopLimit ?? 2,
  HttpEndpoint: metadataOptions.httpEndpoint ?? 'disabled',
  HttpProtocolIpv6: metadataOptions.httpProtocolIpv6 ?? 'disabled',
  InstanceMetadataTags: metadataOptions.instanceMetadataTags ?? 'disabled',
});
