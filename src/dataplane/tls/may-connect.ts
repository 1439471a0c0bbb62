import type { NetworkRuntime, ServiceRuntime } from '../state.ts';

/**
 * Whether a connection may be passed through: what its client is cannot be seen, so policies could
 * only allow `vpc-lattice-svcs:Connect` to anybody (VPC Lattice user guide, TLS listeners). They are
 * not evaluated for connections yet: what asks for authentication is closed rather than open.
 */
export const mayConnect = (network: NetworkRuntime, service: ServiceRuntime): boolean =>
  network.part.authType === 'NONE' && service.part.authType === 'NONE';
