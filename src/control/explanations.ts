import type {
  ExplainPathRequest,
  Explanation,
  PathExplanation,
  SimulateRequest,
} from '../protocol/generated/pergola.ts';
import { ServiceError } from '../protocol/service-error.ts';

/** Why requests were refused, or would be, as the data plane tells it. The composition root gives it. */
export interface Explanations {
  /**
   * Of the last refusals with this request id, the newest first; with an account, of those only in
   * which it has a part. May hold what is not for that account to see.
   */
  ofRefusal(requestId: string, accountId: string | undefined): Promise<readonly Explanation[]>;
  ofSimulation(simulation: SimulateRequest): Promise<
    | { readonly explanation: Explanation }
    /** It cannot be made: `there is no principal …`. */
    | { readonly problem: string }
  >;
  /** One for each address of the place. May hold what is not for the caller to see. */
  ofPath(
    path: ExplainPathRequest & {
      readonly vpcId: string;
      /** Whether clients have their addresses rather than declare them. */
      readonly isOfMachines: boolean;
    },
  ): Promise<
    | { readonly paths: readonly PathExplanation[] }
    /** It begins nowhere: the address is not one of the VPC. */
    | { readonly problem: string }
  >;
}

/** 503. */
export const noWorkerAnswers = (): ServiceError =>
  new ServiceError(
    'ServiceUnavailableException',
    503,
    'No worker of the data plane answered in time. Try again later.',
  );

/** Where there is no data plane. */
export const NO_EXPLANATIONS: Explanations = {
  ofRefusal: () => Promise.reject(noWorkerAnswers()),
  ofSimulation: () => Promise.reject(noWorkerAnswers()),
  ofPath: () => Promise.reject(noWorkerAnswers()),
};
