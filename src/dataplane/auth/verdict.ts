import type { Decision, Question } from '../../policy/authorize.ts';
import type { CallerLayer } from '../../policy/caller-layers.ts';
import type { Verification } from '../../sigv4/service-request.ts';
import type { Caller } from './caller.ts';

/** Layers of policies, by the names that refusals have; listed in the order in which they are reported. */
export type AuthLayer = 'network-based policy' | 'service-based policy' | CallerLayer;

/** Who sends a request: a caller whose signature was verified, nobody in particular, or one whose signature failed. */
export type Identity = Caller | 'anonymous' | 'unverified';

/** Whether a request may pass, where its service network or its service asks for authentication. */
export interface Verdict {
  readonly identity: Identity;
  /** Absent: the request may pass. */
  readonly refusal: Refusal | undefined;
}

/** Values of the access log's `authDeniedReason` (VPC Lattice user guide, access logs). */
export type AuthDeniedReason = 'Network' | 'Service' | 'Identity';

/** Why a request is answered with 403, and all that it takes to explain it. */
export type Refusal = SignatureRefusal | PolicyRefusal;

interface Refused {
  /** Body of the answer: AWS's name of the error and its text. */
  readonly message: string;
}

/** The request claims to be signed, and is not by anybody known. Policies were not asked. */
export interface SignatureRefusal extends Refused {
  readonly by: 'signature';
  readonly verification: Extract<Verification<Caller>, { readonly valid: false }>;
}

/** A policy denies, or a layer has none that allows. */
export interface PolicyRefusal extends Refused {
  readonly by: 'policy';
  /** Absent for anonymous callers. */
  readonly caller: Caller | undefined;
  /** Stays valid; asks the very policies that refused. */
  readonly question: Question<AuthLayer>;
  readonly decision: Decision<AuthLayer>;
  readonly authDeniedReason: AuthDeniedReason;
}
