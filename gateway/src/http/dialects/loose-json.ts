/** A value of JSON that is read by the names in it; what is not there is undefined. */
export type LooseValue = ReturnType<typeof JSON.parse>

/** A protobuf message as JSON: one of a hundred types, and each of its fields may be missing. */
export type LooseJson = Record<string, LooseValue>
