/** An action that a person cannot do; the message says why. */
export class PhoneError extends Error {}
