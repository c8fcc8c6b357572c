import { busyPort, listeningGateway } from '../support/set-up.ts'
import { set, type Broken } from './broken.ts'

const MIB = 1024 ** 2
const NO_NAME = 'no-such-host.invalid'
const KEY = 'f'.repeat(8) + '0'.repeat(56)

/** Settings, the machine, and what stands before the gateway. */
export const settings: Broken[] = [
	{
		what: 'an old Node',
		make: () => ({ machine: { nodeVersion: '22.1.0' } }),
		check: 'node',
		state: 'wrong',
		says: /^This is Node 22\.1\.0, and the gateway needs Node 24 or later\.$/,
		advises: /nodejs\.org/,
	},
	{
		what: 'a port that is no number',
		make: set({ PORT: 'abc' }),
		check: 'settings',
		state: 'wrong',
		says: /^PORT=abc cannot be used: it must be a number/,
	},
	{
		what: 'a host that others can reach, with a short key',
		make: set({ HOST: '0.0.0.0', ADMIN_KEY: 'short' }),
		check: 'settings',
		state: 'wrong',
		says: /^HOST=0\.0\.0\.0 can be reached from other machines: set ADMIN_KEY/,
	},
	{
		what: 'a dialect that does not exist',
		make: set({ DIALECTS: 'klingon' }),
		check: 'settings',
		state: 'wrong',
		says: /^DIALECTS contains klingon\. Known are all, none, wask/,
	},
	{
		what: 'a public URL that is none',
		make: set({ PUBLIC_URL: 'example.com' }),
		check: 'settings',
		state: 'wrong',
		says: /^PUBLIC_URL=example\.com cannot be used/,
	},
	{
		what: 'a public URL that is none, which leaves its check nothing to look at',
		make: set({ PUBLIC_URL: 'example.com' }),
		check: 'public_url',
		state: 'unknown',
		says: /^This was not checked, as PUBLIC_URL cannot be used\.$/,
	},
	{
		what: 'little memory',
		make: () => ({ machine: { memory: 128 * MIB } }),
		check: 'memory',
		state: 'warning',
		says: /^The gateway may use only 128 MB of memory/,
		advises: /256 MB or more/,
	},
	{
		what: 'a port that another program holds',
		make: async (t) => ({ env: { PORT: String(await busyPort(t)) } }),
		check: 'port',
		state: 'wrong',
		says: /^Port \d+ is in use by another program\.$/,
		advises: /PORT=3100/,
	},
	{
		what: 'a port of a gateway with another DATA_DIR',
		make: async (t) => ({ env: { PORT: String((await listeningGateway(t)).port) } }),
		check: 'port',
		state: 'warning',
		says: /^Port \d+ is in use by a gateway that has another DATA_DIR\.$/,
	},
	{
		what: 'an address of another machine',
		make: set({ HOST: '203.0.113.7', ADMIN_KEY: KEY }),
		check: 'port',
		state: 'wrong',
		says: /^203\.0\.113\.7 is not an address of this machine\.$/,
	},
	{
		what: 'a host name without an address',
		make: set({ HOST: NO_NAME, ADMIN_KEY: KEY }),
		check: 'port',
		state: 'wrong',
		says: /^The name no-such-host\.invalid has no address/,
	},
	{
		what: 'an admin key from an example',
		make: set({ ADMIN_KEY: 'change-me-to-something-long' }),
		check: 'keys',
		state: 'warning',
		says: /^ADMIN_KEY is a word from an example/,
	},
	{
		what: 'a short admin key',
		make: set({ ADMIN_KEY: 'k3Zq9' }),
		check: 'keys',
		state: 'warning',
		says: /^ADMIN_KEY has only 5 characters\.$/,
	},
	{
		what: 'a MEDIA_DIR that is not there',
		make: set({ MEDIA_DIR: '/nowhere/media' }),
		check: 'media_dir',
		state: 'warning',
		says: /^MEDIA_DIR=\/nowhere\/media is no directory/,
	},
	{
		what: 'a proxy that is not trusted',
		make: set({ PUBLIC_URL: 'https://wa.example.com' }),
		check: 'trusted_proxies',
		state: 'warning',
		says: /^PUBLIC_URL is that of a proxy \(wa\.example\.com\), and TRUSTED_PROXIES is not set/,
	},
	{
		what: 'a proxy in the environment',
		make: set({ https_proxy: 'http://proxy:3128' }),
		check: 'proxy_environment',
		state: 'warning',
		says: /^https_proxy is set, and the gateway does not use it/,
	},
]
