/** What loopback cannot express of all this, each with the reason. */
export const LOOPBACK_LIMITS: readonly { readonly limit: string; readonly reason: string }[] = [
  {
    limit: 'targets see a peer 127.0.0.1 and not an address of services',
    reason: 'they are processes of this machine, which the address map names for each VPC',
  },
  {
    limit: 'the addresses of services lead nowhere; clients enter their VPC by its portal',
    reason: 'a machine without privileges has one network, and everybody the same',
  },
  {
    limit: 'a client says by itself which address of the VPC it has',
    reason: 'all of them come from 127.0.0.1; it is the user name of their proxy',
  },
  {
    limit: 'IPv6 between client, Pergola and target is IPv4 in truth',
    reason: 'only what is declared has the family that it has in the VPC',
  },
  {
    limit: 'nothing runs on an instance',
    reason: 'it is a record; with netns it is a namespace of its own',
  },
];
