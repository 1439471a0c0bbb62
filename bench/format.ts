/** Numbers as the reports show them. */

export const thousands = (value: number): string => Math.round(value).toLocaleString('en-US');

export const us = (value: number): string =>
  value < 1000 ? `${value.toFixed(0)} µs` : `${(value / 1000).toFixed(2)} ms`;

export const ms = (value: number, digits = 2): string => `${value.toFixed(digits)} ms`;

export const nanoseconds = (value: number | undefined): string =>
  value === undefined ? '-' : `${value.toFixed(0)} ns`;

/** Of a million bytes. */
export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;

export const times = (value: number | undefined): string =>
  value === undefined ? '-' : `${value.toFixed(2)}x`;

/** Of a share from 0 to 1. */
export const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
