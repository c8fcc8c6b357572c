/**
 * Timers of our own, for what sets one at every message. The global `setTimeout` looks whether Baileys has called it
 * (`session/connection/unref-timers.ts`), which costs 5 to 20 µs.
 */
export { setTimeout, clearTimeout } from 'node:timers'
