/** Of one write. */
export const FLOW_BYTES = 256 * 1024;
