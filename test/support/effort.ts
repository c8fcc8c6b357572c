/** How long this process keeps a core busy for something, in milliseconds: on a busy machine the same as on an idle one. */
export async function cpuMsOf(work: () => unknown): Promise<number> {
	const before = process.cpuUsage()
	await work()
	const { user, system } = process.cpuUsage(before)
	return (user + system) / 1000
}
