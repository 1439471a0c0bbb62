import type { Status } from '../../../lattice/resources.ts';
import { conflict, type ResourceType } from '../../errors.ts';

interface WithStatus {
  readonly id: string;
  readonly status: Status;
}

/** Whether the resource has a change behind it that is not finished. */
const isInProgress = ({ status }: WithStatus): boolean => status.endsWith('_IN_PROGRESS');

/** @throws ConflictException while the resource is being created, updated or deleted. */
export const requireSettled = (resource: WithStatus, type: ResourceType): void => {
  if (isInProgress(resource)) throw wrongStatus(resource, type);
};

/** @throws ConflictException unless the resource can be used. */
export const requireActive = (resource: WithStatus, type: ResourceType): void => {
  if (resource.status !== 'ACTIVE') throw wrongStatus(resource, type);
};

/** AWS's Kubernetes controller retries when it finds the status in the message. */
const wrongStatus = ({ id, status }: WithStatus, type: ResourceType) =>
  conflict(
    type,
    id,
    `Invalid resource status for this operation, resource id ${id}, status: ${status}.`,
  );

const IN_PROGRESS_WORDS: Partial<Record<Status, string>> = {
  CREATE_IN_PROGRESS: 'Creation',
  UPDATE_IN_PROGRESS: 'Update',
  DELETE_IN_PROGRESS: 'Deletion',
};

/** As `requireSettled`, in the words that associations use. */
export const requireSettledAssociation = (association: WithStatus, type: ResourceType): void => {
  const words = IN_PROGRESS_WORDS[association.status];
  if (words !== undefined) throw conflict(type, association.id, `${words} is in progress.`);
};
