import type {
  GetExplanationResponse,
  SimulateRequest,
  SimulateResponse,
} from '../protocol/generated/pergola.ts';
import type { ApiClient } from './api-client.ts';

/** Why a request was refused. @throws ApiError with status 404 for an id that is not known */
export const askExplanation = (
  client: ApiClient,
  requestId: string,
): Promise<GetExplanationResponse> =>
  client.call('pergola', 'GET', '/explanations', { query: { requestId } });

/** What would happen to a request. @throws ApiError for one that cannot be */
export const askSimulation = (
  client: ApiClient,
  request: SimulateRequest,
): Promise<SimulateResponse> => client.call('pergola', 'POST', '/simulations', { body: request });
