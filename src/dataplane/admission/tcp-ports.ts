interface Traffic {
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
}

/** The ports of TCP that a rule speaks of; undefined for a rule about other protocols. */
export const tcpPorts = ({
  protocol,
  fromPort,
  toPort,
}: Traffic): Pick<Traffic, 'fromPort' | 'toPort'> | undefined => {
  if (protocol === '-1') return ALL_PORTS;
  return protocol === 'tcp' || protocol === '6' ? { fromPort, toPort } : undefined;
};

const ALL_PORTS = { fromPort: 0, toPort: 65_535 };
