import { describe, expect, test } from 'vitest';
import { grpcMessage, grpcStatusOf, isGrpcContentType } from './grpc.ts';

describe('content types of gRPC', () => {
  test.each([
    ['application/grpc', true],
    ['application/grpc+proto', true],
    ['application/grpc; charset=utf-8', true],
    ['application/grpc-web', false],
    ['application/grpcx', false],
    ['application/json', false],
    ['', false],
  ])('%j: %j', (value, expected) => {
    expect(isGrpcContentType(value)).toBe(expected);
  });
});

test.each([
  [400, 13],
  [401, 16],
  [403, 7],
  [404, 12],
  [429, 14],
  [502, 14],
  [503, 14],
  [504, 14],
  [408, 2],
  [500, 2],
  [501, 2],
])('HTTP status %i is gRPC status %i', (statusCode, expected) => {
  expect(grpcStatusOf(statusCode)).toBe(expected);
});

describe('a message', () => {
  test.each([
    ['Not Found', 'Not Found'],
    ['100 %', '100 %25'],
    ['a\nb', 'a%0Ab'],
    ['~', '~'],
    [Buffer.from('é').toString('latin1'), '%C3%A9'],
  ])('%j is sent as %j', (text, expected) => {
    expect(grpcMessage(text)).toBe(expected);
    expect(decodeURIComponent(expected)).toBe(Buffer.from(text, 'latin1').toString());
  });
});
