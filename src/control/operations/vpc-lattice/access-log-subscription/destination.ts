import { parseArn } from '../../../../lattice/arn.ts';
import { invalidField } from '../../../errors.ts';

/** What stands where in the ARNs of the destinations that AWS delivers access logs to. */
const DESTINATIONS: Readonly<
  Record<string, { readonly words: string; readonly resource: RegExp }>
> = {
  logs: { words: 'CloudWatch Logs', resource: /^log-group:[\w./#-]{1,512}(:\*)?$/ },
  s3: { words: 'S3', resource: /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/.*)?$/ },
  firehose: { words: 'Firehose', resource: /^deliverystream\/[\w.-]{1,64}$/ },
};

/**
 * The type of a destination, in words: a resource may have one subscription of each.
 * @throws ValidationException when the ARN is not of a destination
 */
export const destinationType = (destinationArn: string): string => {
  const arn = parseArn(destinationArn);
  const known =
    arn !== undefined && Object.hasOwn(DESTINATIONS, arn.service)
      ? DESTINATIONS[arn.service]
      : undefined;
  if (arn === undefined || known === undefined || !known.resource.test(arn.resource)) {
    throw invalidField(
      'destinationArn',
      'Destination must be the ARN of a CloudWatch Logs log group, an S3 bucket or a Firehose delivery stream.',
    );
  }
  return known.words;
};
