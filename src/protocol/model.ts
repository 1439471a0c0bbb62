/**
 * The format of `models/*.json`: what a service's API looks like, as facts and nothing else. Routing,
 * validation, serialisation, the generated TypeScript types and docs/coverage.md all come from it.
 * `tools/compact-model.ts` makes these files from a botocore `service-2.json`; they may also be written
 * by hand. An example, complete:
 *
 * ```json
 * {
 *   "service": {
 *     "serviceId": "Pergola", "apiVersion": "2026-11-01", "protocol": "rest-json",
 *     "signingName": "pergola"
 *   },
 *   "operations": {
 *     "CreateThing": {
 *       "http": { "method": "POST", "uri": "/things", "code": 201 },
 *       "input": "CreateThingRequest", "output": "CreateThingResponse",
 *       "errors": ["ValidationException"]
 *     },
 *     "GetThing": {
 *       "http": { "method": "GET", "uri": "/things/{thingId}", "code": 200 },
 *       "input": "GetThingRequest", "output": "CreateThingResponse"
 *     }
 *   },
 *   "shapes": {
 *     "CreateThingRequest": {
 *       "type": "structure", "required": ["name"],
 *       "members": { "name": { "shape": "ThingName" }, "ports": { "shape": "Ports" } }
 *     },
 *     "GetThingRequest": {
 *       "type": "structure", "required": ["thingId"],
 *       "members": { "thingId": { "shape": "ThingName", "location": "uri", "locationName": "thingId" } }
 *     },
 *     "CreateThingResponse": { "type": "structure", "members": { "name": { "shape": "ThingName" } } },
 *     "ThingName": { "type": "string", "min": 1, "max": 20, "pattern": "[a-z0-9-]+" },
 *     "Ports": { "type": "list", "member": { "shape": "Port" }, "max": 5 },
 *     "Port": { "type": "integer", "min": 1, "max": 65535 },
 *     "Message": { "type": "string" },
 *     "ValidationException": {
 *       "type": "structure", "required": ["message"], "members": { "message": { "shape": "Message" } },
 *       "error": { "httpStatus": 400 }
 *     }
 *   }
 * }
 * ```
 */
export interface Model {
  readonly service: ServiceFacts;
  /** The operations that this file describes, by name. */
  readonly operations: Readonly<Record<string, OperationFacts>>;
  /** Operations that the service has on AWS and this file leaves out: they answer "not built". */
  readonly otherOperations?: readonly string[];
  readonly shapes: Readonly<Record<string, Shape>>;
}

export type WireProtocol = 'rest-json' | 'rest-xml' | 'json' | 'query' | 'ec2';

export interface ServiceFacts {
  /** `VPC Lattice` */
  readonly serviceId: string;
  /** `2022-11-30` */
  readonly apiVersion: string;
  readonly protocol: WireProtocol;
  /** The service's name in the credential scope of a signature: `vpc-lattice`. */
  readonly signingName: string;
  /** `json` only: what stands before the dot in X-Amz-Target. */
  readonly targetPrefix?: string;
  /** `json` only: `1.1` */
  readonly jsonVersion?: string;
  /** The protocols with XML only. */
  readonly xmlNamespace?: string;
}

export interface OperationFacts {
  readonly http: {
    readonly method: string;
    /** Labels are whole path segments: `/services/{serviceIdentifier}`. */
    readonly uri: string;
    /** Status of a successful answer; 204 has no body. */
    readonly code: number;
  };
  /** Names of structures in `shapes`. Absent: takes, or answers, nothing. */
  readonly input?: string;
  readonly output?: string;
  /** `query` only: the element that wraps the output. */
  readonly resultWrapper?: string;
  readonly errors?: readonly string[];
}

export type Shape =
  | StructureShape
  | ListShape
  | MapShape
  | StringShape
  | NumberShape
  | BlobShape
  | SimpleShape;

export interface StructureShape {
  readonly type: 'structure';
  readonly members: Readonly<Record<string, Member>>;
  readonly required?: readonly string[];
  /** Exactly one member is present. */
  readonly union?: true;
  /** Set on errors. `code` only where the code on the wire is not the shape's name. */
  readonly error?: { readonly httpStatus: number; readonly code?: string };
}

export interface Member {
  readonly shape: string;
  /** `rest-json` and `rest-xml` only: where the member travels; absent: in the body. */
  readonly location?: 'uri' | 'querystring' | 'header';
  /** Name on the wire where it is not the member's. */
  readonly locationName?: string;
  /** `ec2` only: name in requests, in place of the capitalised `locationName`. */
  readonly queryName?: string;
  readonly idempotencyToken?: true;
  /** An empty string means "make it empty" here; elsewhere in `rest-json` it means "absent". */
  readonly keepEmpty?: true;
}

interface ListShape {
  readonly type: 'list';
  readonly member: { readonly shape: string; readonly locationName?: string };
  readonly min?: number;
  readonly max?: number;
  /** `query` only: items follow each other without an enclosing `member`. */
  readonly flattened?: true;
}

/** Keys are strings. */
interface MapShape {
  readonly type: 'map';
  readonly key: { readonly shape: string };
  readonly value: { readonly shape: string };
  readonly min?: number;
  readonly max?: number;
}

interface StringShape {
  readonly type: 'string';
  /** Length in Unicode characters. */
  readonly min?: number;
  readonly max?: number;
  /** A JavaScript regular expression for the whole value: compiled as `^(?:…)$`, no flags. */
  readonly pattern?: string;
  readonly enum?: readonly string[];
  /** Its value never appears in an error text or a log. */
  readonly sensitive?: true;
}

interface NumberShape {
  /** `integer` has 32 bits; `long` goes to 2^53-1. */
  readonly type: 'integer' | 'long' | 'float' | 'double';
  readonly min?: number;
  readonly max?: number;
}

/** Bytes; never repeated in an error text. */
interface BlobShape {
  readonly type: 'blob';
  readonly min?: number;
  readonly max?: number;
}

interface SimpleShape {
  readonly type: 'boolean' | 'timestamp';
  /** Timestamps only; absent: epoch seconds in `json`, ISO-8601 in the others. */
  readonly timestampFormat?: 'iso8601' | 'unixTimestamp';
}
