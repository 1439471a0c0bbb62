/** Names a target within its group: `<target id>/<port>`; port 0 for a Lambda function. */
export const targetKey = (targetId: string, port: number): string => `${targetId}/${port}`;

/** Id of the target's document. */
export const targetDocumentId = (targetGroupId: string, targetId: string, port: number): string =>
  `${targetGroupId}/${targetKey(targetId, port)}`;
