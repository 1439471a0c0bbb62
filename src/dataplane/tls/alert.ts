/** Descriptions of alerts that are sent before a handshake begins (RFC 8446 §6). */
export const ALERTS = {
  decodeError: 50,
  internalError: 80,
  unrecognizedName: 112,
} as const;

export type Alert = keyof typeof ALERTS;

/** A fatal alert in the clear, as it is sent as long as there are no keys. */
export const alertRecord = (alert: Alert): Buffer =>
  Buffer.from([21, 3, 3, 0, 2, 2, ALERTS[alert]]);
