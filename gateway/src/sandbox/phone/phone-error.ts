/** What a person tries to do and cannot; the message says why. */
export class PhoneError extends Error {}
