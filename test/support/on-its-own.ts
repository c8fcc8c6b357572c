/**
 * Headers of a request that has a connection of its own. A kept one is closed by the server after some seconds without
 * a request: a test whose event loop was busy writes to it just then, and gets ECONNRESET.
 */
export const onItsOwn = { connection: 'close' }
