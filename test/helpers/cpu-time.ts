/** Milliseconds of CPU time that this process takes for it: what else the machine is busy with counts hardly. */
export async function cpuTimeOf(run: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
