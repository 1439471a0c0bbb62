import { ec2QueryProtocol } from './ec2-query.ts';
import { jsonRpcProtocol } from './json-rpc.ts';
import type { Model } from './model.ts';
import { queryProtocol } from './query.ts';
import { restJsonProtocol } from './rest-json.ts';
import { restXmlProtocol } from './rest-xml.ts';
import type { ServiceProtocol } from './service-protocol.ts';
import { resolveModel } from './service-table.ts';

/**
 * The wire protocol of a service, made from its model: routes, validates and decodes requests, encodes
 * answers and errors. Making one takes a few milliseconds; keep it. Throws an Error for a model that
 * contradicts itself.
 */
export const protocolFor = (model: Model): ServiceProtocol => {
  const table = resolveModel(model);
  switch (model.service.protocol) {
    case 'rest-json':
      return restJsonProtocol(table);
    case 'rest-xml':
      return restXmlProtocol(table);
    case 'json':
      return jsonRpcProtocol(table);
    case 'query':
      return queryProtocol(table);
    case 'ec2':
      return ec2QueryProtocol(table);
    default:
      return model.service.protocol satisfies never;
  }
};
