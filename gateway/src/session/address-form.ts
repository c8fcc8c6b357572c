/** By which of a person's names messages go to them. */
export type AddressForm = 'phone' | 'lid'
