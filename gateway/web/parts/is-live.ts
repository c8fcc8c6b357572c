import { createContext } from 'preact'

/** Whether the gateway answers. As long as it does not, the buttons that send are disabled. */
export const IsLive = createContext(true)
