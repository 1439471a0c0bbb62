import type { ControlPlane } from './control-plane.ts';
import { type Answer, signedFetch } from './signed-fetch.ts';
import type { Credentials } from './smithy-signer.ts';

export interface IamAnswer extends Answer {
  /** Text of the first element of this name, entities of XML undone. */
  readonly value: (element: string) => string | undefined;
  /** Texts of all elements of this name. */
  readonly values: (element: string) => readonly string[];
}

/** Calls of the iam API as a form, for which no client is installed. */
export const iamCaller =
  (control: Pick<ControlPlane, 'url' | 'credentials'>) =>
  async (
    action: string,
    parameters: Readonly<Record<string, string>> = {},
    options: {
      readonly credentials?: Credentials;
      readonly service?: string;
      readonly signedAt?: Date;
    } = {},
  ): Promise<IamAnswer> => {
    const service = options.service ?? 'iam';
    const version = service === 'sts' ? '2011-06-15' : '2010-05-08';
    const answer = await signedFetch({
      url: control.url,
      credentials: options.credentials ?? control.credentials,
      service,
      region: 'us-east-1',
      ...(options.signedAt === undefined ? {} : { signedAt: options.signedAt }),
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ Action: action, Version: version, ...parameters }).toString(),
    });
    const values = (element: string) =>
      [...answer.text.matchAll(new RegExp(`<${element}>(.*?)</${element}>`, 'gs'))].map(
        ([, text = '']) =>
          text
            .replaceAll('&quot;', '"')
            .replaceAll('&lt;', '<')
            .replaceAll('&gt;', '>')
            .replaceAll('&amp;', '&'),
      );
    return { ...answer, values, value: (element) => values(element)[0] };
  };

/** `CODE: text` of an error. */
export const refusalOf = ({ value }: IamAnswer): string => `${value('Code')}: ${value('Message')}`;
