/** With what a private hosted zone begins on AWS: its name servers, which nobody asks, and its SOA. */
export const ZONE_NAME_SERVERS: readonly string[] = [
  'ns-1536.awsdns-00.co.uk',
  'ns-0.awsdns-00.com',
  'ns-1024.awsdns-00.org',
  'ns-512.awsdns-00.net',
];

/** Seconds. */
export const NAME_SERVERS_TTL = 172_800;
export const SOA_TTL = 900;

/** RFC 1035 §3.3.13. */
export const zoneAuthority = {
  mname: 'ns-1536.awsdns-00.co.uk',
  rname: 'awsdns-hostmaster.amazon.com',
  serial: 1,
  refresh: 7200,
  retry: 900,
  expire: 1_209_600,
  minimum: 86_400,
} as const;
