/** What the operator wrote cannot be used; the message says what and where. */
export class SettingsError extends Error {
  readonly code = 'SETTINGS';

  constructor(message: string) {
    super(message);
    this.name = 'SettingsError';
  }
}
