import { ec2Error } from '../errors.ts';

export const noSuchInterface = (id: string) =>
  ec2Error('InvalidNetworkInterfaceID.NotFound', `The networkInterface ID '${id}' does not exist`);
